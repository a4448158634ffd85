"""Who sees what was chosen for a session on hold: whoever sees the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from clients.record.querysets import under_care_of

if TYPE_CHECKING:
    from practice.people.models import Member
    from sessions.onhold.models import HoldChoice  # noqa: F401 - named in the generic below


class HoldChoiceQuerySet(models.QuerySet["HoldChoice"]):
    def visible_to(self, member: Member) -> HoldChoiceQuerySet:
        return self.filter(under_care_of(member, "session__client"))

    def standing(self) -> HoldChoiceQuerySet:
        """Nobody has taken them back."""
        return self.filter(undone_at=None)
