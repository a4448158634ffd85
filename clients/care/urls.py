"""Pages of this room."""

from django.urls import path

from clients.care import views

urlpatterns = [
    path("clients/<uuid:uid>/care-team/", views.care_team, name="care_team"),
    path("clients/<uuid:uid>/care-team/join/", views.join_care_team, name="join_care_team"),
    path("clients/<uuid:uid>/care-team/leave/", views.leave_care_team, name="leave_care_team"),
    path("clients/<uuid:uid>/care-team/hand-over/", views.hand_over, name="hand_over"),
    path("people/clients/", views.clients_and_clinicians, name="clients_and_clinicians"),
    path("people/clients/<uuid:uid>/", views.appoint_clinician, name="appoint_clinician"),
]
