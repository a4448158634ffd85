"""Pages of this room."""

from django.urls import path

from clients.portal import views

urlpatterns = [
    path("", views.portal_home, name="portal_home"),
    path("history/", views.portal_history, name="portal_history"),
    path("plan/", views.portal_plan, name="portal_plan"),
]
