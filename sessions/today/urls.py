"""Pages of this room."""

from django.urls import path

from sessions.today import views

urlpatterns = [path("", views.today, name="today")]
