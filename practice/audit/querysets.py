"""Questions about the trail."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from practice.people.roles import Permission

if TYPE_CHECKING:
    from practice.audit.models import AuditEvent, TrailCheck  # noqa: F401 - named in the generics below
    from practice.people.models import Member


class AuditQuerySet(models.QuerySet["AuditEvent"]):
    def visible_to(self, member: Member) -> AuditQuerySet:
        return self if member.may(Permission.READ_TRAIL) else self.none()

    def acts(self) -> AuditQuerySet:
        """What people did, without what the database wrote down by itself."""
        return self.filter(stream="act")

    def changes(self) -> AuditQuerySet:
        """What the database wrote down by itself: every row added, changed, removed."""
        return self.filter(stream="change")

    def about(self, *, reference: str, uid: UUID) -> AuditQuerySet:
        """What was done with one client's record."""
        return self.filter(client_reference=reference, client_uid=uid)

    def newest_first(self) -> AuditQuerySet:
        return self.order_by("-at", "-uid")

    def before(self, at: datetime, uid: UUID) -> AuditQuerySet:
        """In the order of `newest_first`, what comes after this place."""
        return self.filter(Q(at__lte=at) & (Q(at__lt=at) | Q(uid__lt=uid)))


class CheckQuerySet(models.QuerySet["TrailCheck"]):
    def visible_to(self, member: Member) -> CheckQuerySet:
        return self if member.may(Permission.READ_TRAIL) else self.none()

    def newest_first(self) -> CheckQuerySet:
        return self.order_by("-at", "-pk")
