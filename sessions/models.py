"""Gathers the rooms' models where Django looks for them."""

from sessions.booking.models import TherapySession
from sessions.notes.models import Addendum, Note
from sessions.routes.models import Route
from sessions.summaries.models import Summary

__all__ = ["Addendum", "Note", "Route", "Summary", "TherapySession"]
