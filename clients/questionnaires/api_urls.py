"""Endpoints of this room."""

from django.urls import path

from clients.questionnaires import api

urlpatterns = [
    path("questionnaires/", api.Questionnaires.as_view(), name="api_questionnaires"),
    path("questionnaires/<slug:which>/", api.OneQuestionnaire.as_view(), name="api_questionnaire"),
    path("questionnaires/<slug:which>/on/", api.SwitchOn.as_view(), name="api_switch_on_questionnaire"),
    path("questionnaires/<slug:which>/away/", api.PutAway.as_view(), name="api_put_questionnaire_away"),
]
