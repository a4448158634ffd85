"""Pages of this room."""

from django.urls import path

from clients.invitations import views

urlpatterns = [
    path("clients/<uuid:uid>/portal/", views.open_portal, name="open_portal"),
    path("clients/<uuid:uid>/portal/confirm/", views.confirm_portal, name="confirm_portal"),
    path("clients/<uuid:uid>/portal/withdraw/", views.withdraw_invitation, name="withdraw_invitation"),
    path("welcome/<str:token>/", views.accept_invitation, name="accept_invitation"),
]
