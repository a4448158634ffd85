"""What was asked and answered, and what clinicians decided."""

from clients.screening.models.answers import Response, SafetyAlert, Screening
from clients.screening.models.decisions import Clearance, LetterSeen
from clients.screening.models.overriding import OverrideWish

__all__ = ["Clearance", "LetterSeen", "OverrideWish", "Response", "SafetyAlert", "Screening"]
