"""Pages of this room."""

from django.urls import path

from clients.seen import views

urlpatterns = [
    path("clients/<uuid:uid>/seen-by/", views.client_seen_by, name="client_seen_by"),
    path("my/seen-by/", views.my_seen_by, name="my_seen_by"),
]
