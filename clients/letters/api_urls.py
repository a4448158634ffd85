"""Endpoints of this room."""

from django.urls import path

from clients.letters import api

urlpatterns = [
    path("letters/", api.Letters.as_view(), name="api_letters"),
    path("letters/<uuid:uid>/", api.OneLetter.as_view(), name="api_letter"),
    path("letters/<uuid:uid>/read/", api.ReadLetter.as_view(), name="api_read_letter"),
]
