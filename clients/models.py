"""Gathers the rooms' models where Django looks for them."""

from clients.record.models import CareTeamMember, Client, EmergencyContact
from clients.runs.models import RunLog
from clients.screening.models import Clearance, Response, SafetyAlert, Screening

__all__ = [
    "CareTeamMember",
    "Clearance",
    "Client",
    "EmergencyContact",
    "Response",
    "RunLog",
    "SafetyAlert",
    "Screening",
]
