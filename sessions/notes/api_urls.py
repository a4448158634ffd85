"""Endpoints of this room."""

from django.urls import path

from sessions.notes import api

urlpatterns = [
    path("sessions/<uuid:uid>/notes/", api.SessionNotes.as_view(), name="api_session_notes"),
    path("notes/<uuid:uid>/", api.OneNote.as_view(), name="api_note"),
    path("notes/<uuid:uid>/sign/", api.Sign.as_view(), name="api_sign_note"),
    path("notes/<uuid:uid>/co-sign/", api.Cosign.as_view(), name="api_cosign_note"),
    path("notes/<uuid:uid>/addenda/", api.Addenda.as_view(), name="api_addenda"),
]
