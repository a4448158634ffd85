"""Pages of this room."""

from django.urls import path

from sessions.emergency_card import views

urlpatterns = [
    path("sessions/<uuid:uid>/card/", views.emergency_card, name="emergency_card"),
    path("routes/<uuid:uid>/places/", views.route_places, name="route_places"),
    path("buddy/", views.my_buddy, name="my_buddy"),
]
