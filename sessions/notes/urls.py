"""Pages of this room."""

from django.urls import path

from sessions.notes import views

urlpatterns = [
    path("sessions/<uuid:uid>/note/", views.note, name="note"),
    path("sessions/<uuid:uid>/note/draft/", views.write_note, name="write_note"),
    path("sessions/<uuid:uid>/note/save/", views.save_note, name="save_note"),
    path("sessions/<uuid:uid>/note/sign/", views.sign_note, name="sign_note"),
    path("sessions/<uuid:uid>/note/co-sign/", views.cosign_note, name="cosign_note"),
    path("sessions/<uuid:uid>/note/addendum/", views.add_addendum, name="add_addendum"),
]
