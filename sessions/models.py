"""Gathers the rooms' models where Django looks for them."""

from sessions.booking.models import TherapySession
from sessions.emergency_card.models import Buddy, EmergencyPlaces
from sessions.notes.models import Addendum, Note
from sessions.onhold.models import HoldChoice
from sessions.routes.models import Route
from sessions.summaries.models import Summary

__all__ = ["Addendum", "Buddy", "EmergencyPlaces", "HoldChoice", "Note", "Route", "Summary", "TherapySession"]
