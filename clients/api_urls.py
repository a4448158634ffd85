"""The endpoints of the client rooms, under /api/v1/."""

from django.urls import include, path

# The log comes first: it is asked for most, and doors are tried in this order.
urlpatterns = [
    path("", include("clients.runs.api_urls")),
    path("", include("clients.record.api_urls")),
    path("", include("clients.screening.api_urls")),
    path("", include("clients.intake.api_urls")),
    path("", include("clients.rescreening.api_urls")),
    path("", include("clients.letters.api_urls")),
    path("", include("clients.safety.api_urls")),
    path("", include("clients.consents.api_urls")),
    path("", include("clients.questionnaires.api_urls")),
    path("", include("clients.measures.api_urls")),
    path("", include("clients.lifecycle.api_urls")),
]
