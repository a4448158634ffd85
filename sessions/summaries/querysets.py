"""Who sees which summary: the care team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from clients.record.querysets import Reach, under_care_of

if TYPE_CHECKING:
    from practice.people.models import Member
    from sessions.summaries.models import Summary  # noqa: F401 - named in the generic below


class SummaryQuerySet(models.QuerySet["Summary"]):
    def visible_to(self, member: Member) -> SummaryQuerySet:
        """The care team's. An emergency access opens the record, not what leaves it."""
        return self.none() if member.is_client else self.filter(under_care_of(member, reach=Reach.HAND_OUT))

    def light(self) -> SummaryQuerySet:
        """Without the document and the bytes, which a list does not show; newest first."""
        return self.defer("snapshot", "pdf").select_related("client", "asked_by").order_by("-pk")
