"""Which questionnaires are in use, and who sees results from elsewhere: the care team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from clients.record.querysets import under_care_of
from practice.people.roles import Permission

if TYPE_CHECKING:
    from clients.questionnaires.models import OutsideResult, PracticeInstrument  # noqa: F401 - named in the generics below
    from practice.people.models import Member


class PracticeInstrumentQuerySet(models.QuerySet["PracticeInstrument"]):
    def visible_to(self, member: Member) -> PracticeInstrumentQuerySet:
        """What is in use is no secret among staff; who said what about it is the owner's."""
        return self if member.may(Permission.KEEP_INSTRUMENTS) else self.none()

    def in_use(self) -> PracticeInstrumentQuerySet:
        return self.filter(put_away_at=None)


class OutsideResultQuerySet(models.QuerySet["OutsideResult"]):
    def visible_to(self, member: Member) -> OutsideResultQuerySet:
        return self.none() if member.is_client else self.filter(under_care_of(member))

    def standing(self) -> OutsideResultQuerySet:
        """Those that nobody has struck out."""
        return self.filter(struck_at=None)
