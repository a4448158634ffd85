"""Endpoints of this room."""

from django.urls import URLPattern, path

from sessions.booking import api

urlpatterns: list[URLPattern] = [
    path("sessions/", api.Sessions.as_view(), name="api_sessions"),
    path("sessions/<uuid:uid>/", api.OneSession.as_view(), name="api_session"),
    path("sessions/<uuid:uid>/cancel/", api.Cancel.as_view(), name="api_cancel_session"),
    path("sessions/<uuid:uid>/complete/", api.Complete.as_view(), name="api_complete_session"),
    path("sessions/<uuid:uid>/no-show/", api.NoShow.as_view(), name="api_no_show_session"),
    path("sessions/<uuid:uid>/put-back/", api.PutBack.as_view(), name="api_put_back_session"),
]
