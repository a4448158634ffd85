"""The pages of the session rooms."""

from django.urls import include, path

urlpatterns = [
    path("today/", include("sessions.today.urls")),
    path("routes/", include("sessions.routes.urls")),
    path("", include("sessions.booking.urls")),
    path("", include("sessions.onhold.urls")),
    path("", include("sessions.notes.urls")),
    path("", include("sessions.summaries.urls")),
    path("", include("sessions.emergency_card.urls")),
]
