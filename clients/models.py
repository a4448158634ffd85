"""Gathers the rooms' models where Django looks for them."""

from clients.record.models import BreakGlass, CareTeamMember, Client, EmergencyContact
from clients.runs.models import RunLog
from clients.screening.models import Clearance, Response, SafetyAlert, Screening

__all__ = [
    "BreakGlass",
    "CareTeamMember",
    "Clearance",
    "Client",
    "EmergencyContact",
    "Response",
    "RunLog",
    "SafetyAlert",
    "Screening",
]
