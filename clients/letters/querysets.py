"""Who reads letters: the care team, and the client those on their own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from clients.record.querysets import under_care_of

if TYPE_CHECKING:
    from clients.letters.models import Letter, Told  # noqa: F401 - named in the generics below
    from practice.people.models import Member


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, member: Member) -> LetterQuerySet:
        rows = self.filter(under_care_of(member))
        return rows.filter(way="portal") if member.is_client else rows


class ToldQuerySet(models.QuerySet["Told"]):
    def visible_to(self, member: Member) -> ToldQuerySet:
        return self.none() if member.is_client else self.filter(under_care_of(member))
