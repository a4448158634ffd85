"""The living style page."""

from django.urls import path

from practice.web.styleguide import views

urlpatterns = [path("", views.style, name="style")]
