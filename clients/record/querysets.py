"""Who sees which client."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q, Subquery
from django.utils import timezone

from practice.people.roles import Permission

if TYPE_CHECKING:
    from clients.record.models import Client  # noqa: F401 - named in the generic below
    from practice.people.models import Member

LEAST_PHONE_DIGITS = 4


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
        """Name or reference contains the words, or the telephone number ends with them (four digits or more)."""
        found = Q(name__icontains=words) | Q(reference__icontains=words)
        digits = "".join(letter for letter in words if letter.isdecimal())
        if len(digits) >= LEAST_PHONE_DIGITS and not words.strip("+() -0123456789"):
            found |= Q(phone__iregex=r"\D*".join(digits) + r"\D*$")
        return self.filter(found)

    def by_name(self) -> ClientQuerySet:
        return self.order_by("name", "pk")

    def after(self, uid: UUID) -> ClientQuerySet:
        """By name, those who come after this client; none when there is no such client."""
        name, key = self._place_of(uid)
        return self.by_name().filter(Q(name__gt=name) | Q(name=name, pk__gt=key))

    def before(self, uid: UUID) -> ClientQuerySet:
        """Against the order of names, those who come before this client."""
        name, key = self._place_of(uid)
        return self.order_by("-name", "-pk").filter(Q(name__lt=name) | Q(name=name, pk__lt=key))

    def _place_of(self, uid: UUID) -> tuple[Subquery, Subquery]:
        """Where a client stands by name, looked up within the same query."""
        one = self.model._default_manager.filter(uid=uid)
        return Subquery(one.values("name")[:1]), Subquery(one.values("pk")[:1])


def _sees_every_name(member: Member) -> bool:
    return member.may(Permission.REGISTER_CLIENT) and "reception" in member.roles
