"""Who sees what is to be looked at again: the care team. A client sees what they have told themself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from clients.record.querysets import under_care_of
from clients.rescreening.rules import TOLD_BY_CLIENT

if TYPE_CHECKING:
    from clients.rescreening.models import Rescreen  # noqa: F401 - named in the generic below
    from practice.people.models import Member


class RescreenQuerySet(models.QuerySet["Rescreen"]):
    def visible_to(self, member: Member) -> RescreenQuerySet:
        rows = self.filter(under_care_of(member))
        return rows.filter(raised_by=member, kind__in=TOLD_BY_CLIENT) if member.is_client else rows

    def still_open(self) -> RescreenQuerySet:
        """No decision has closed them yet."""
        return self.filter(closed_at=None)

    def to_call_for(self) -> RescreenQuerySet:
        """Open without a name, and no owner was called yet: a safety answer has its alert.

        Without the words, which a damaged record might not give.
        """
        rows = self.still_open().filter(assigned_to=None, called_at=None).exclude(kind="safety")
        return rows.defer("why", "evidence").order_by("raised_at", "pk")

    def newest_first(self) -> RescreenQuerySet:
        return self.order_by("-raised_at", "-pk")
