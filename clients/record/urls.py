"""Pages of this room."""

from django.urls import path

from clients.record import views

urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("new/", views.register_client, name="register_client"),
    path("<uuid:uid>/", views.client, name="client"),
    path("<uuid:uid>/edit/", views.edit_client, name="edit_client"),
    path("<uuid:uid>/portal/", views.open_portal, name="open_portal"),
    path("<uuid:uid>/status/", views.set_status, name="set_status"),
    path("<uuid:uid>/care-team/", views.join_care_team, name="join_care_team"),
    path("<uuid:uid>/care-team/leave/", views.leave_care_team, name="leave_care_team"),
]
