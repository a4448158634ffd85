"""Endpoints of this room."""

from django.urls import path

from clients.intake import api

urlpatterns = [
    path("screenings/<uuid:uid>/tasks/", api.Tasks.as_view(), name="api_screening_tasks"),
    path("screenings/<uuid:uid>/tasks/<slug:task>/", api.OneTask.as_view(), name="api_screening_task"),
    path("screenings/<uuid:uid>/sections/", api.Tell.as_view(), name="api_tell"),
    path("screenings/<uuid:uid>/check/", api.CheckAnswers.as_view(), name="api_check_answers"),
    path("clients/<uuid:uid>/told/", api.ClientTold.as_view(), name="api_client_told"),
]
