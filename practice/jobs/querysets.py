"""Questions about jobs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from practice.jobs.models import Job  # noqa: F401 - named in the generic below
    from practice.people.models import Member


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, member: Member) -> JobQuerySet:
        """A job is seen by whoever asked for it."""
        return self.filter(asked_by=member) if member.is_active else self.none()

    def to_do(self, now: datetime) -> JobQuerySet:
        """Waiting, or running on a lease that ran out because its worker died. Oldest first."""
        lost = Q(state="running", leased_until__lt=now)
        return self.filter(Q(state="waiting") | lost).order_by("asked_at", "pk")
