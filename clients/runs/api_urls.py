"""Endpoints of this room."""

from django.urls import path

from clients.runs import api

urlpatterns = [
    path("runs/", api.Runs.as_view(), name="api_runs"),
    path("runs/<uuid:uid>/", api.OneRun.as_view(), name="api_run"),
]
