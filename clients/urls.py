"""The pages of the client rooms."""

from django.urls import include, path

urlpatterns = [
    path("clients/", include("clients.record.urls")),
    path("clients/", include("clients.measures.urls")),
    path("", include("clients.screening.urls")),
    path("my/", include("clients.portal.urls")),
    path("", include("clients.runs.urls")),
]
