"""Pages of this room."""

from django.urls import path

from clients.emergency import views

urlpatterns = [
    path("clients/<uuid:uid>/break-glass/", views.break_glass, name="break_glass"),
    path("break-glass/", views.break_glass_reviews, name="break_glass_reviews"),
    path("break-glass/<uuid:uid>/end/", views.end_break_glass, name="end_break_glass"),
    path("break-glass/<uuid:uid>/review/", views.review_break_glass, name="review_break_glass"),
]
