"""Gathers the rooms' models where Django looks for them."""

from clients.consents.models import AgreementDraft, AgreementText, Consent, ConsentDraft
from clients.intake.models import Draft, IntakeSheet, ResumeLink
from clients.invitations.models import PortalInvitation
from clients.letters.models import Letter, Told
from clients.lifecycle.models import (
    ErasureRequest,
    Export,
    ExportPart,
    Hold,
    RetentionPolicy,
    Tombstone,
)
from clients.measures.models import MeasureOccasion, MeasurePlan
from clients.questionnaires.models import InstrumentVersion, OutsideResult, PracticeInstrument
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
    "AgreementDraft",
    "AgreementText",
    "BreakGlass",
    "CareTeamMember",
    "Clearance",
    "Client",
    "Consent",
    "ConsentDraft",
    "Draft",
    "EmergencyContact",
    "ErasureRequest",
    "Export",
    "ExportPart",
    "FirstAidNote",
    "Hold",
    "InstrumentVersion",
    "IntakeSheet",
    "Letter",
    "LetterSeen",
    "MeasureOccasion",
    "MeasurePlan",
    "OutsideResult",
    "OverrideWish",
    "PortalInvitation",
    "PracticeInstrument",
    "Rescreen",
    "Response",
    "ResumeLink",
    "RetentionPolicy",
    "RunLog",
    "SafetyAlert",
    "SafetyPlan",
    "Screening",
    "Told",
    "Tombstone",
]
