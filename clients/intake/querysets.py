"""Who sees what a client told about themself: the care team; of how to reach them, the desk too."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from clients.record.querysets import keeps_the_desk, under_care_of

if TYPE_CHECKING:
    from clients.intake.models import Draft, IntakeSheet, ResumeLink  # noqa: F401 - named in the generics below
    from practice.people.models import Member

OF_THE_DESK = ("reaching",)
"""Sections that whoever telephones and writes has to know."""


class IntakeSheetQuerySet(models.QuerySet["IntakeSheet"]):
    def visible_to(self, member: Member) -> IntakeSheetQuerySet:
        mine = under_care_of(member)
        return self.filter(mine | Q(section__in=OF_THE_DESK)) if keeps_the_desk(member) else self.filter(mine)


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, member: Member) -> DraftQuerySet:
        return self.filter(under_care_of(member))

    def unfinished(self) -> DraftQuerySet:
        """Begun, not handed in, not taken back, and something of it still there."""
        return self.filter(screening__submitted_at=None, screening__cancelled_at=None, erased_at=None)

    def erased_since(self, moment: datetime) -> DraftQuerySet:
        return self.filter(erased_at__gte=moment, screening__submitted_at=None, screening__cancelled_at=None)


class ResumeLinkQuerySet(models.QuerySet["ResumeLink"]):
    def visible_to(self, member: Member) -> ResumeLinkQuerySet:
        return self.filter(under_care_of(member))

    def to_send(self) -> ResumeLinkQuerySet:
        return self.filter(sent_at=None)
