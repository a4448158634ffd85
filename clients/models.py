"""Gathers the rooms' models where Django looks for them."""

from clients.invitations.models import PortalInvitation
from clients.lifecycle.models import (
    ErasureRequest,
    Export,
    ExportPart,
    Hold,
    RetentionPolicy,
    Tombstone,
)
from clients.record.models import BreakGlass, CareTeamMember, Client, EmergencyContact
from clients.runs.models import RunLog
from clients.screening.models import (
    Clearance,
    LetterSeen,
    OverrideWish,
    Response,
    SafetyAlert,
    Screening,
)

__all__ = [
    "BreakGlass",
    "CareTeamMember",
    "Clearance",
    "Client",
    "EmergencyContact",
    "ErasureRequest",
    "Export",
    "ExportPart",
    "Hold",
    "LetterSeen",
    "OverrideWish",
    "PortalInvitation",
    "Response",
    "RetentionPolicy",
    "RunLog",
    "SafetyAlert",
    "Screening",
    "Tombstone",
]
