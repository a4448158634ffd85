"""Endpoints of this room."""

from django.urls import path

from clients.screening import api, decision_api

urlpatterns = [
    path("screenings/", api.Screenings.as_view(), name="api_screenings"),
    path("screenings/<uuid:uid>/", api.OneScreening.as_view(), name="api_screening"),
    path("screenings/<uuid:uid>/answers/", api.Answers.as_view(), name="api_answers"),
    path("screenings/<uuid:uid>/safe-now/", api.SafeNow.as_view(), name="api_safe_now"),
    path("screenings/<uuid:uid>/submit/", api.Submit.as_view(), name="api_submit_screening"),
    path("screenings/<uuid:uid>/asked-in-person/", api.AskedInPerson.as_view(), name="api_asked_in_person"),
    path("clearances/", decision_api.Clearances.as_view(), name="api_clearances"),
    path("clearances/<uuid:uid>/letter-seen/", decision_api.Seen.as_view(), name="api_letter_seen"),
    path("clearances/<uuid:uid>/told/", decision_api.WhoWasTold.as_view(), name="api_told"),
    path("override-wishes/", decision_api.Wishes.as_view(), name="api_override_wishes"),
    path("override-wishes/<uuid:uid>/answer/", decision_api.WishAnswer.as_view(), name="api_answer_override"),
    path("alerts/", api.Alerts.as_view(), name="api_alerts"),
    path("alerts/<uuid:uid>/", api.OneAlert.as_view(), name="api_alert"),
    path("alerts/<uuid:uid>/close/", api.CloseAlert.as_view(), name="api_close_alert"),
]
