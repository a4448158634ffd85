"""The endpoints of the session rooms, under /api/v1/."""

from django.urls import include, path

urlpatterns = [
    path("", include("sessions.routes.api_urls")),
    path("", include("sessions.booking.api_urls")),
    path("", include("sessions.onhold.api_urls")),
    path("", include("sessions.notes.api_urls")),
    path("", include("sessions.summaries.api_urls")),
]
