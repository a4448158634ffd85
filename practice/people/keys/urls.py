"""Pages of this room."""

from django.urls import path

from practice.people.keys import views

urlpatterns = [
    path("", views.api_keys, name="api_keys"),
    path("new/", views.make_key, name="make_key"),
    path("<uuid:uid>/end/", views.end_key, name="end_key"),
]
