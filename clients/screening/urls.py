"""Pages of this room."""

from django.urls import path

from clients.screening.views import deciding, overriding, portal, staff

urlpatterns = [
    path("review/", staff.review_queue, name="review_queue"),
    path("clients/<uuid:uid>/screening/", staff.ask_screening, name="ask_screening"),
    path("clients/<uuid:uid>/clearance/", deciding.decide_clearance, name="decide_clearance"),
    path("clients/<uuid:uid>/clearance/sign/", deciding.sign_clearance, name="sign_clearance"),
    path("clients/<uuid:uid>/clearance/override/", overriding.ask_override, name="ask_override"),
    path("clearances/<uuid:uid>/letter-seen/", deciding.letter_seen, name="letter_seen"),
    path("overrides/<uuid:uid>/", overriding.override, name="override"),
    path("overrides/<uuid:uid>/answer/", overriding.answer_override, name="answer_override"),
    path("practice/overrides/", overriding.override_policy, name="override_policy"),
    path("screenings/<uuid:uid>/", staff.screening, name="screening"),
    path("screenings/<uuid:uid>/asked-in-person/", staff.clinician_asks, name="clinician_asks"),
    path("screenings/<uuid:uid>/cancel/", staff.cancel_screening, name="cancel_screening"),
    path("alerts/<uuid:uid>/", staff.safety_alert, name="safety_alert"),
    path("my/questions/<uuid:uid>/", portal.my_screening, name="my_screening"),
    path("my/questions/<uuid:uid>/<int:number>/", portal.my_question, name="my_question"),
    path("my/questions/<uuid:uid>/support/", portal.my_support, name="my_support"),
    path("my/questions/<uuid:uid>/see-a-doctor/", portal.my_doctor, name="my_doctor"),
]
