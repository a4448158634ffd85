"""Pages of this room."""

from django.urls import path

from clients.screening.views import portal, staff

urlpatterns = [
    path("review/", staff.review_queue, name="review_queue"),
    path("clients/<uuid:uid>/screening/", staff.ask_screening, name="ask_screening"),
    path("clients/<uuid:uid>/clearance/", staff.decide_clearance, name="decide_clearance"),
    path("screenings/<uuid:uid>/", staff.screening, name="screening"),
    path("screenings/<uuid:uid>/asked-in-person/", staff.clinician_asks, name="clinician_asks"),
    path("screenings/<uuid:uid>/cancel/", staff.cancel_screening, name="cancel_screening"),
    path("alerts/<uuid:uid>/", staff.safety_alert, name="safety_alert"),
    path("my/questions/<uuid:uid>/", portal.my_screening, name="my_screening"),
    path("my/questions/<uuid:uid>/<int:number>/", portal.my_question, name="my_question"),
    path("my/questions/<uuid:uid>/support/", portal.my_support, name="my_support"),
    path("my/questions/<uuid:uid>/see-a-doctor/", portal.my_doctor, name="my_doctor"),
]
