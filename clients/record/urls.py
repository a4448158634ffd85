"""Pages of this room."""

from django.urls import path

from clients.record import views

urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("new/", views.register_client, name="register_client"),
    path("<uuid:uid>/", views.client, name="client"),
    path("<uuid:uid>/edit/", views.edit_client, name="edit_client"),
    path("<uuid:uid>/status/", views.set_status, name="set_status"),
]
