"""Gathers the rooms' models where Django looks for them."""

from clients.intake.models import Draft, IntakeSheet, ResumeLink
from clients.invitations.models import PortalInvitation
from clients.lifecycle.models import (
    ErasureRequest,
    Export,
    ExportPart,
    Hold,
    RetentionPolicy,
    Tombstone,
)
from clients.measures.models import MeasureOccasion, MeasurePlan
from clients.record.models import BreakGlass, CareTeamMember, Client, EmergencyContact
from clients.rescreening.models import Rescreen
from clients.runs.models import RunLog
from clients.safety.models import FirstAidNote, SafetyPlan
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
    "Draft",
    "EmergencyContact",
    "ErasureRequest",
    "Export",
    "ExportPart",
    "FirstAidNote",
    "Hold",
    "IntakeSheet",
    "LetterSeen",
    "MeasureOccasion",
    "MeasurePlan",
    "OverrideWish",
    "PortalInvitation",
    "Rescreen",
    "Response",
    "ResumeLink",
    "RetentionPolicy",
    "RunLog",
    "SafetyAlert",
    "SafetyPlan",
    "Screening",
    "Tombstone",
]
