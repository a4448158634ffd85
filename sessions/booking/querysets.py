"""Who sees which session."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from clients.record.querysets import Reach, keeps_the_desk, under_care_of
from sessions.booking.rules import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from practice.people.models import Member
    from sessions.booking.models import TherapySession  # noqa: F401 - named in the generic below


def day_begins(day: date) -> datetime:
    """The practice's local midnight at which the day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


class TherapySessionQuerySet(models.QuerySet["TherapySession"]):
    def visible_to(self, member: Member) -> TherapySessionQuerySet:
        """The care team's and one's own; those who keep the desk, all bookings; a client, their own."""
        if keeps_the_desk(member):
            return self
        in_care = under_care_of(member)
        return self.filter(in_care) if member.is_client else self.filter(in_care | Q(clinician=member))

    def kept_by(self, member: Member) -> TherapySessionQuerySet:
        """Whose booking the member may change: the desk all, a clinician those of clients they treat."""
        return self if keeps_the_desk(member) else self.filter(under_care_of(member, reach=Reach.KEEP))

    def between(self, since: datetime, until: datetime) -> TherapySessionQuerySet:
        """Starting at or after `since` and before `until`, in order."""
        return self.filter(starts_at__gte=since, starts_at__lt=until).order_by("starts_at", "pk")

    def on_days(self, first: date, last: date) -> TherapySessionQuerySet:
        """Starting on the practice's local days from `first` to `last`, both included, in order."""
        return self.between(day_begins(first), day_begins(last + timedelta(days=1)))

    def in_days(self, first: date | None, last: date | None) -> TherapySessionQuerySet:
        """Starting on local days from `first` to `last`, each included and each optional.

        Days beyond the calendar's years are read as its first and last.
        """
        rows = self.filter(starts_at__gte=day_begins(max(first, FIRST_DAY))) if first else self
        return (
            rows.filter(starts_at__lt=day_begins(min(last, LAST_DAY) + timedelta(days=1))) if last else rows
        )

    def with_people(self) -> TherapySessionQuerySet:
        """With everything that a line about a session says, in the same query."""
        return self.select_related("client", "clinician", "route", "clearance__letter")

    def standing(self) -> TherapySessionQuerySet:
        """Not cancelled."""
        return self.exclude(state="cancelled")

    def ahead(self, now: datetime) -> TherapySessionQuerySet:
        """Booked and not over yet, the next one first."""
        return self.filter(state="booked", ends_at__gt=now).order_by("starts_at", "pk")

    def on_hold(self) -> TherapySessionQuerySet:
        """On hold, the earliest first."""
        return self.filter(state="on_hold").order_by("starts_at", "pk")

    def left_open(self, now: datetime) -> TherapySessionQuerySet:
        """Over, and nobody has said yet whether it took place. Oldest first."""
        return self.filter(state="booked", ends_at__lte=now).order_by("starts_at", "pk")

    def unwritten(self) -> TherapySessionQuerySet:
        """Took place, and no signed note yet."""
        return self.filter(state="completed").filter(Q(note=None) | Q(note__signed_at=None))
