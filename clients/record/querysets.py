"""Who sees which client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from practice.people.roles import Permission

if TYPE_CHECKING:
    from clients.record.models import Client  # noqa: F401 - named in the generic below
    from practice.people.models import Member


def under_care_of(member: Member, client: str = "client") -> Q:
    """Rows whose client, found along `client`, is in the member's care today; or is the member themself.

    `client` is a lookup path ("client", "session__client"), "" for the client table itself.
    """
    prefix = f"{client}__" if client else ""
    if not member.is_active:
        return Q(pk__in=[])
    if member.is_client:
        return Q(**{f"{prefix}member": member})
    return Q(**{f"{client}_id__in" if client else "pk__in": caseload_of(member)})


def caseload_of(member: Member) -> models.QuerySet[models.Model, int]:
    """The keys of the clients in the member's care today, as a subquery."""
    from clients.record.models import CareTeamMember  # noqa: PLC0415 - the models name this module

    today = timezone.localdate()
    return (
        CareTeamMember.objects.filter(member=member, since__lte=today)
        .filter(Q(until=None) | Q(until__gte=today))
        .values_list("client_id", flat=True)
    )


class ClientQuerySet(models.QuerySet["Client"]):
    def visible_to(self, member: Member) -> ClientQuerySet:
        """The member's care team; for those who keep bookings, names and contacts of all; a client, themself."""
        if member.is_active and not member.is_client and _sees_every_name(member):
            return self
        return self.in_care_of(member)

    def in_care_of(self, member: Member) -> ClientQuerySet:
        """Whose clinical record the member may open."""
        return self.filter(under_care_of(member, ""))

    def matching(self, words: str) -> ClientQuerySet:
        """Name or reference contains the words."""
        return self.filter(Q(name__icontains=words) | Q(reference__icontains=words))


def _sees_every_name(member: Member) -> bool:
    return member.may(Permission.REGISTER_CLIENT) and "reception" in member.roles
