"""Endpoints of this room."""

from django.urls import path

from sessions.summaries import api

urlpatterns = [
    path("summaries/", api.Summaries.as_view(), name="api_summaries"),
    path("summaries/<uuid:uid>/", api.OneSummary.as_view(), name="api_summary"),
    path("summaries/<uuid:uid>/pdf/", api.SummaryPdf.as_view(), name="api_summary_pdf"),
]
