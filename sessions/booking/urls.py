"""Pages of this room."""

from django.urls import URLPattern, path

from sessions.booking import views

urlpatterns: list[URLPattern] = [
    path("calendar/", views.calendar, name="calendar"),
    path("sessions/new/", views.book_session, name="book_session"),
    path("sessions/<uuid:uid>/", views.session, name="session"),
    path("sessions/<uuid:uid>/move/", views.move_session, name="move_session"),
    path("sessions/<uuid:uid>/cancel/", views.cancel_session, name="cancel_session"),
    path("sessions/<uuid:uid>/complete/", views.complete_session, name="complete_session"),
    path("sessions/<uuid:uid>/no-show/", views.no_show_session, name="no_show_session"),
    path("sessions/<uuid:uid>/put-back/", views.put_back_session, name="put_back_session"),
]
