"""The living style page."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
