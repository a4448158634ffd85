"""The pages of the client rooms."""

from django.urls import include, path

urlpatterns = [
    path("clients/", include("clients.record.urls")),
    path("", include("clients.seen.urls")),
    path("", include("clients.care.urls")),
    path("", include("clients.invitations.urls")),
    path("", include("clients.emergency.urls")),
    path("", include("clients.consents.urls")),
    path("", include("clients.measures.urls")),
    path("", include("clients.intake.urls")),
    path("", include("clients.screening.urls")),
    path("", include("clients.letters.urls")),
    path("", include("clients.rescreening.urls")),
    path("my/", include("clients.portal.urls")),
    path("", include("clients.runs.urls")),
    path("", include("clients.questionnaires.urls")),
    path("", include("clients.lifecycle.urls")),
    path("", include("clients.safety.urls")),
]
