"""Endpoints of this room."""

from django.urls import path

from clients.rescreening import api

urlpatterns = [path("clients/<uuid:uid>/changes/", api.Changes.as_view(), name="api_changes")]
