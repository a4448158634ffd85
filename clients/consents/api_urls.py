"""Endpoints of this room."""

from django.urls import path

from clients.consents import api

urlpatterns = [
    path("agreement/", api.Agreement.as_view(), name="api_agreement"),
    path("consents/", api.Consents.as_view(), name="api_consents"),
    path("consents/standing/", api.Standing.as_view(), name="api_consent_standing"),
    path("consents/withdraw/", api.Withdraw.as_view(), name="api_withdraw_consent"),
    path("consents/<uuid:uid>/", api.OneConsent.as_view(), name="api_consent"),
]
