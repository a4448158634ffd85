"""Who sees which log entry: the client all of their own; the care team what the client shares."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from clients.record.querysets import under_care_of

if TYPE_CHECKING:
    from clients.runs.models import RunLog  # noqa: F401 - named in the generic below
    from practice.people.models import Member


class RunLogQuerySet(models.QuerySet["RunLog"]):
    def visible_to(self, member: Member) -> RunLogQuerySet:
        mine = self.filter(under_care_of(member))
        return mine if member.is_client else mine.filter(Q(share=True) | Q(logged_by=member))

    def between(self, since: datetime, until: datetime) -> RunLogQuerySet:
        """Begun at or after `since` and before `until`."""
        return self.filter(started_at__gte=since, started_at__lt=until)
