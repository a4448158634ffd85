"""Questions about people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from practice.people.models import ApiToken, Member  # noqa: F401 - named in the generics below


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, member: Member) -> MemberQuerySet:
        """Staff see their colleagues; a client sees only themself here."""
        if not member.is_active:
            return self.none()
        return self.filter(pk=member.pk) if member.is_client else self.exclude(roles=["client"])

    def treating(self) -> MemberQuerySet:
        """Active clinicians, by name."""
        return self.filter(is_active=True, roles__contains=["clinician"]).order_by("name", "pk")


class TokenQuerySet(models.QuerySet["ApiToken"]):
    def visible_to(self, member: Member) -> TokenQuerySet:
        return self.filter(member=member)
