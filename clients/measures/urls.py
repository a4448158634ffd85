"""Pages of this room."""

from django.urls import path

from clients.measures import views

urlpatterns = [path("<uuid:uid>/measures/", views.client_measures, name="client_measures")]
