"""Endpoints of this room."""

from django.urls import path

from practice.resources import api

urlpatterns = [
    path("resources/", api.Resources.as_view(), name="api_resources"),
    path("resources/<uuid:uid>/", api.OneResource.as_view(), name="api_resource"),
    path("resources/<uuid:uid>/confirm/", api.ConfirmResource.as_view(), name="api_confirm_resource"),
    path("resources/<uuid:uid>/archive/", api.ArchiveResource.as_view(), name="api_archive_resource"),
    path("resources/<uuid:uid>/restore/", api.RestoreResource.as_view(), name="api_restore_resource"),
]
