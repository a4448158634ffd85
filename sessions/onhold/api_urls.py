"""Endpoints of this room."""

from django.urls import URLPattern, path

from sessions.onhold import api

urlpatterns: list[URLPattern] = [
    path("clients/<uuid:uid>/sessions-on-hold/", api.OnHold.as_view(), name="api_sessions_on_hold"),
    path("sessions/<uuid:uid>/undo-choice/", api.UndoChoice.as_view(), name="api_undo_choice"),
]
