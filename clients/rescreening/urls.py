"""Pages of this room."""

from django.urls import path

from clients.rescreening import views

urlpatterns = [
    path("clients/<uuid:uid>/changes/", views.client_changes, name="client_changes"),
    path("clients/<uuid:uid>/changes/new/", views.tell_change, name="tell_change"),
    path("my/changes/", views.my_changes, name="my_changes"),
]
