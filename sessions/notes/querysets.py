"""Who sees which note: the care team, if the role reads notes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from clients.record.models import CareTeamMember
from clients.record.querysets import under_care_of
from practice.people.roles import Permission

if TYPE_CHECKING:
    from practice.people.models import Member
    from sessions.notes.models import Note  # noqa: F401 - named in the generic below


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, member: Member) -> NoteQuerySet:
        """Signed notes of the care team's clients, and one's own drafts."""
        if not member.may(Permission.READ_NOTES):
            return self.none()
        readable = Q(signed_at__isnull=False) | Q(author=member)
        return self.filter(under_care_of(member, "session__client")).filter(readable)

    def to_cosign(self, member: Member, day: date) -> NoteQuerySet:
        """Signed by others since the member began to supervise the care, and not co-signed yet."""
        parts = CareTeamMember.objects.on(day).filter(
            member=member,
            part="supervising",
            client=OuterRef("session__client"),
            since__lte=OuterRef("signed_day"),
        )
        signed = self.visible_to(member).filter(signed_at__isnull=False, cosigned_at=None)
        others = signed.exclude(author=member).exclude(signed_by=member)
        return others.annotate(signed_day=TruncDate("signed_at")).filter(Exists(parts))
