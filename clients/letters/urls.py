"""Pages of this room."""

from django.urls import path

from clients.letters import views

urlpatterns = [
    path("letters/<uuid:uid>/", views.letter, name="letter"),
    path("letters/<uuid:uid>/told/", views.tell, name="letter_told"),
    path("clearances/<uuid:uid>/told/", views.decision_told, name="decision_told"),
    path("clearances/<uuid:uid>/told/new/", views.tell_of_decision, name="tell_of_decision"),
    path("my/letters/<uuid:uid>/", views.my_letter, name="my_letter"),
    path("my/letters/<uuid:uid>/read/", views.read_my_letter, name="read_my_letter"),
]
