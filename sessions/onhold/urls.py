"""Pages of this room."""

from django.urls import URLPattern, path

from sessions.onhold import views

urlpatterns: list[URLPattern] = [
    path("clients/<uuid:uid>/sessions-on-hold/", views.held_sessions, name="held_sessions"),
    path("clients/<uuid:uid>/sessions-on-hold/choose/", views.choose_held, name="choose_held"),
    path("sessions/<uuid:uid>/undo-choice/", views.undo_choice, name="undo_choice"),
]
