"""Who reads which safety plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef

from clients.record.querysets import under_care_of
from practice.people.roles import Permission

if TYPE_CHECKING:
    from clients.record.models import Client
    from clients.safety.models import FirstAidNote, SafetyPlan  # noqa: F401 - named in the generics below
    from practice.people.models import Member


class SafetyPlanQuerySet(models.QuerySet["SafetyPlan"]):
    def visible_to(self, member: Member) -> SafetyPlanQuerySet:
        """The care team's; a client reads those versions of their own that were agreed with them."""
        if member.is_client:
            mine = self.filter(under_care_of(member), is_agreed=True)
            return mine if member.may(Permission.USE_PORTAL) else self.none()
        return self.filter(under_care_of(member)) if member.may(Permission.READ_RECORD) else self.none()

    def of(self, client: Client) -> SafetyPlanQuerySet:
        """The versions of one client, the newest first."""
        return self.filter(client=client).select_related("written_by", "looked_by").order_by("-version")

    def newest_of_each(self) -> SafetyPlanQuerySet:
        """Of each client the version that stands."""
        later = self.model._default_manager.filter(client=OuterRef("client"), version__gt=OuterRef("version"))
        return self.filter(~Exists(later))


class FirstAidQuerySet(models.QuerySet["FirstAidNote"]):
    def visible_to(self, member: Member) -> FirstAidQuerySet:
        """The care team's, and the client's own."""
        reads = Permission.USE_PORTAL if member.is_client else Permission.READ_RECORD
        return self.filter(under_care_of(member)) if member.may(reads) else self.none()
