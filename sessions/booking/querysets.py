"""Who sees which session."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from clients.record.querysets import under_care_of
from practice.people.roles import Permission

if TYPE_CHECKING:
    from practice.people.models import Member
    from sessions.booking.models import TherapySession  # noqa: F401 - named in the generic below


class TherapySessionQuerySet(models.QuerySet["TherapySession"]):
    def visible_to(self, member: Member) -> TherapySessionQuerySet:
        """The care team's and one's own; those who keep the desk, all bookings; a client, their own."""
        if member.may(Permission.BOOK_SESSION) and "reception" in member.roles:
            return self
        in_care = under_care_of(member)
        return self.filter(in_care) if member.is_client else self.filter(in_care | Q(clinician=member))

    def between(self, since: datetime, until: datetime) -> TherapySessionQuerySet:
        """Starting at or after `since` and before `until`, in order."""
        return self.filter(starts_at__gte=since, starts_at__lt=until).order_by("starts_at", "pk")

    def unwritten(self) -> TherapySessionQuerySet:
        """Took place, and no signed note yet."""
        return self.filter(state="completed").filter(Q(note=None) | Q(note__signed_at=None))
