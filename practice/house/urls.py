"""Pages about the practice as a whole."""

from django.urls import path

from practice.house import views

urlpatterns = [
    path("", views.keep_practice, name="keep_practice"),
    path("exit/", views.set_exit, name="set_exit"),
]
