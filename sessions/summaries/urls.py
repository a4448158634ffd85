"""Pages of this room."""

from django.urls import path

from sessions.summaries import views

urlpatterns = [
    path("summaries/", views.summaries, name="summaries"),
    path("clients/<uuid:uid>/summary/", views.ask_summary, name="ask_summary"),
    path("summaries/<uuid:uid>/", views.summary, name="summary"),
    path("summaries/<uuid:uid>/progress/", views.summary_progress, name="summary_progress"),
    path("summaries/<uuid:uid>/again/", views.retry_summary, name="retry_summary"),
    path("summaries/<uuid:uid>/pdf/", views.take_summary, name="take_summary"),
]
