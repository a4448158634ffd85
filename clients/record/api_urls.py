"""Endpoints of this room."""

from django.urls import path

from clients.record import api

urlpatterns = [
    path("clients/", api.Clients.as_view(), name="api_clients"),
    path("clients/<uuid:uid>/", api.OneClient.as_view(), name="api_client"),
]
