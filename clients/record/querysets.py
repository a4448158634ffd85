"""Who sees which client: the one place that says so.

A clinical record belongs to its care team, not to the practice. Today's parts in the care team decide, and an
emergency access while it is open. Being an owner or sitting at the desk opens no record.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import BigIntegerField, BooleanField, Exists, F, Func, Q, Subquery, Value
from django.utils import timezone

from practice.database.once import is_looking_up_once, once
from practice.people.roles import Permission, Role

if TYPE_CHECKING:
    from clients.record.models import BreakGlass, CareTeamMember, Client  # noqa: F401 - named in generics
    from practice.people.models import Member

LEAST_PHONE_DIGITS = 4
TREATING_PARTS = ("primary", "covering")
SUPERVISING_PART = "supervising"
EMERGENCY = "emergency"
"""Stands beside the parts of a care team for an emergency access that is open."""


class Reach(Enum):
    """How far a member's hand goes: which parts of a care team count, and whether an emergency access does."""

    READ = (True, True)
    """Read the record: every part, and in an emergency."""
    CARE = (False, True)
    """Write notes and close safety alerts: those who treat, and in an emergency."""
    KEEP = (False, False)
    """Book, decide, ask, change details and the care team: those who treat."""
    HAND_OUT = (True, False)
    """Let something leave the record, a summary or an export: every part, never in an emergency."""

    def __init__(self, supervising: bool, emergencies: bool) -> None:  # noqa: FBT001 - the values above
        self.supervising = supervising
        self.emergencies = emergencies


def under_care_of(member: Member, client: str = "client", reach: Reach = Reach.READ) -> Q:
    """Rows whose client, found along `client`, is within the member's reach; or is the member themself.

    `client` is a lookup path ("client", "session__client"), "" for the client table itself.
    """
    if not member.is_active:
        return Q(pk__in=[])
    if member.is_client:
        return Q(**{f"{client}__member" if client else "member": member})
    if is_looking_up_once():
        return Q(AmongKeys(f"{client}_id" if client else "pk", keys_within_reach(member, reach)))
    key = f"{client}_id__in" if client else "pk__in"
    mine = Q(**{key: caseload_of(member, reach)})
    return mine | Q(**{key: emergencies_of(member)}) if _counts_emergencies(member, reach) else mine


class AmongKeys(Func):
    """A key is one of these: `= ANY` of one array, where Django's `in` would spell out a parameter for each."""

    template, arg_joiner = "(%(expressions)s))", " = ANY("
    output_field = BooleanField()

    def __init__(self, key: str, keys: Iterable[int], **extra: Any) -> None:
        super().__init__(F(key), Value(sorted(keys), output_field=ArrayField(BigIntegerField())), **extra)


def keys_within_reach(member: Member, reach: Reach) -> frozenset[int]:
    """The keys of the clients within a staff member's reach, by the rule of `under_care_of`; looked up once."""
    parts = set(_parts_of(member, reach)) | ({EMERGENCY} if reach.emergencies else set())
    held = once(("parts held", member.pk), lambda: _parts_held(member))
    return frozenset(client for client, part in held if part in parts)


def _parts_held(member: Member) -> list[tuple[int, str]]:
    """(key of the client, part) of every care team the member is in today and every emergency access that is open."""
    from clients.record.models import BreakGlass  # noqa: PLC0415 - the models name this module

    held = _teams_of(member, Reach.READ).values_list("client_id", "part")
    if _counts_emergencies(member, Reach.READ):
        opened = BreakGlass.objects.open_at(timezone.now()).filter(member=member)
        held = held.union(opened.values_list("client_id", Value(EMERGENCY)))
    return list(held)


def caseload_of(member: Member, reach: Reach = Reach.READ) -> models.QuerySet[models.Model, int]:
    """The keys of the clients in whose care team the member is today, as a subquery.

    Emergencies come from `emergencies_of`.
    """
    return _teams_of(member, reach).values_list("client_id", flat=True)


def _teams_of(member: Member, reach: Reach) -> CareTeamQuerySet:
    """The member's own parts in care teams that hold today and count for this reach.

    A part counts only with the role it needs: treating with clinician, supervising with supervisor or clinician.
    The days are the practice's own, first and last included.
    """
    from clients.record.models import CareTeamMember  # noqa: PLC0415 - the models name this module

    team = CareTeamMember.objects.on(timezone.localdate()).filter(member=member)
    parts = _parts_of(member, reach)
    if SUPERVISING_PART in parts:
        team = team.exclude(_where_clients_say_no())
    return team.filter(part__in=parts)


def _where_clients_say_no() -> Q:
    """Supervising parts in the teams of clients whose last word about a supervisor is no."""
    from clients.consents.models import Consent  # noqa: PLC0415 - the models name this module

    return Q(Exists(Consent.objects.refusals().filter(about="supervisor")), part=SUPERVISING_PART)


def emergencies_of(member: Member) -> models.QuerySet[models.Model, int]:
    """The keys of the clients whose record the member has opened in an emergency, as a subquery."""
    from clients.record.models import BreakGlass  # noqa: PLC0415 - the models name this module

    return (
        BreakGlass.objects.open_at(timezone.now()).filter(member=member).values_list("client_id", flat=True)
    )


def _parts_of(member: Member, reach: Reach) -> list[str]:
    """The parts of a care team that count for these roles. No clinical role, no part."""
    treats = Role.CLINICIAN in member.roles
    parts = list(TREATING_PARTS) if treats else []
    if reach.supervising and (treats or Role.SUPERVISOR in member.roles):
        parts.append(SUPERVISING_PART)
    return parts


def _counts_emergencies(member: Member, reach: Reach) -> bool:
    """Only for those who hold the right now: taking it away closes what is open."""
    return reach.emergencies and member.may(Permission.BREAK_GLASS)


class CareTeamQuerySet(models.QuerySet["CareTeamMember"]):
    def on(self, day: date) -> CareTeamQuerySet:
        """The parts that hold on a local day, first and last included, unless they were ended at once."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day, ended_at=None)

    def treating_on(self, day: date) -> CareTeamQuerySet:
        """The parts of those who treat on that day, and can: active clinicians, primary or covering."""
        able = self.filter(member__is_active=True, member__roles__contains=[Role.CLINICIAN])
        return able.on(day).filter(part__in=TREATING_PARTS)

    def not_over(self, day: date) -> CareTeamQuerySet:
        """The parts that hold on that day or begin later."""
        return self.filter(Q(until=None) | Q(until__gte=day), ended_at=None)

    def visible_to(self, member: Member) -> CareTeamQuerySet:
        """The care teams of the clients whose record the member may read."""
        return self.none() if member.is_client else self.filter(under_care_of(member))


class EmergencyQuerySet(models.QuerySet["BreakGlass"]):
    def visible_to(self, member: Member) -> EmergencyQuerySet:
        """One's own; for owners, all of them: they review."""
        if not member.is_active or member.is_client:
            return self.none()
        return self if member.may(Permission.KEEP_PEOPLE) else self.filter(member=member)

    def open_at(self, now: datetime) -> EmergencyQuerySet:
        """Opened, not ended and not run out."""
        return self.filter(ended_at=None, opened_at__lte=now, until__gt=now)

    def over_at(self, now: datetime) -> EmergencyQuerySet:
        return self.filter(Q(ended_at__isnull=False) | Q(until__lte=now))

    def unreviewed(self) -> EmergencyQuerySet:
        return self.filter(reviewed_at=None)

    def newest_first(self) -> EmergencyQuerySet:
        return self.order_by("-opened_at", "-pk")


class ClientQuerySet(models.QuerySet["Client"]):
    def visible_to(self, member: Member) -> ClientQuerySet:
        """The member's care team; for those who keep bookings, names and contacts of all; a client, themself."""
        if keeps_the_desk(member):
            return self
        return self.in_care_of(member)

    def in_care_of(self, member: Member, reach: Reach = Reach.READ) -> ClientQuerySet:
        """Whose clinical record the member may open; with another reach, may act on."""
        return self.filter(under_care_of(member, "", reach))

    def bookable_by(self, member: Member) -> ClientQuerySet:
        """For whom the member may keep bookings: the desk for all, a clinician for those they treat."""
        return self if keeps_the_desk(member) else self.in_care_of(member, Reach.KEEP)

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


def keeps_the_desk(member: Member) -> bool:
    """Sees every name, contact and booking of the practice: reception. It opens no clinical record."""
    return Role.RECEPTION in member.roles and member.may(Permission.REGISTER_CLIENT)
