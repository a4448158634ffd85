"""Questions about the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from practice.people.roles import Permission

if TYPE_CHECKING:
    from practice.audit.models import AuditEvent  # noqa: F401 - named in the generic below
    from practice.people.models import Member


class AuditQuerySet(models.QuerySet["AuditEvent"]):
    def visible_to(self, member: Member) -> AuditQuerySet:
        return self if member.may(Permission.READ_TRAIL) else self.none()
