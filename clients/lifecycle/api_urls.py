"""Endpoints of this room."""

from django.urls import path

from clients.lifecycle import api

urlpatterns = [
    path("exports/", api.Exports.as_view(), name="api_exports"),
    path("exports/<uuid:uid>/", api.OneExport.as_view(), name="api_export"),
    path("exports/<uuid:uid>/take/", api.TakeExport.as_view(), name="api_take_export"),
]
