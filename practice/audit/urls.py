"""Pages of this room."""

from django.urls import path

from practice.audit import views

urlpatterns = [
    path("", views.trail, name="trail"),
    path("check/", views.check_trail, name="check_trail"),
    path("check/progress/", views.trail_check_progress, name="trail_check_progress"),
    path("printed/", views.note_print, name="note_print"),
    path("export/<slug:form>/", views.export_trail, name="export_trail"),
]
