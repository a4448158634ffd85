"""Endpoints of this room."""

from django.urls import path

from sessions.routes import api

urlpatterns = [
    path("routes/", api.Routes.as_view(), name="api_routes"),
    path("routes/<uuid:uid>/", api.OneRoute.as_view(), name="api_route"),
    path("routes/<uuid:uid>/archive/", api.ArchiveRoute.as_view(), name="api_archive_route"),
    path("routes/<uuid:uid>/restore/", api.RestoreRoute.as_view(), name="api_restore_route"),
]
