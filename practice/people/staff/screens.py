"""The people of the practice in words: what each may do, and how they sign in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, Max, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from practice.people.models import Member
from practice.people.querysets import MemberQuerySet
from practice.people.roles import Permission, Role
from practice.web.refusals import Words

RIGHTS: dict[str, Words] = {Permission.BREAK_GLASS: _("Emergency access")}
MEANS: dict[str, Words] = {
    Role.OWNER: _("Keeps people, settings and the trail. Opens no client’s record."),
    Role.CLINICIAN: _("Treats clients: everything about those in whose care team they are, nobody else."),
    Role.SUPERVISOR: _("Reads the records of the clients whose care they supervise, and co-signs notes."),
    Role.RECEPTION: _("Names, contacts and bookings of all clients. Not a word of a record."),
}
RIGHT_MEANS: dict[str, Words] = {
    Permission.BREAK_GLASS: _(
        "May open a record outside their care team for an hour. You are told at once, and the client sees it."
    )
}
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, kw_only=True)
class Person:
    """One colleague. `state` is a badge kind with its word; `seen_at` None has not signed in yet."""

    uid: str
    name: str
    email: str
    roles: Sequence[Words]
    rights: Sequence[Words]
    state: str
    state_word: Words
    is_active: bool
    is_invited: bool
    is_me: bool
    has_second_factor: bool
    seen_at: datetime | None


def people_of(rows: MemberQuerySet, me: Member) -> list[Person]:
    """Everybody in these rows, those who may sign in first. One query."""
    factors = Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    devices = UserSession.objects.filter(user=OuterRef("user")).order_by().values("user")
    told = rows.select_related("user").annotate(
        has_factor=Exists(factors),
        seen_at=Subquery(devices.annotate(last=Max("last_seen_at")).values("last")),
    )
    return [_person(member, me) for member in told.order_by("-is_active", "name", "pk")]


def _person(member: Member, me: Member) -> Person:
    state, word = _state(member)
    seen_at = getattr(member, "seen_at", None)
    return Person(
        uid=str(member.uid),
        name=member.name,
        email=member.user.email,
        roles=[Role(role).label for role in member.roles],
        rights=[RIGHTS[right] for right in member.rights],
        state=state,
        state_word=word,
        is_active=member.is_active,
        is_invited=is_invited(member),
        is_me=member.pk == me.pk,
        has_second_factor=bool(getattr(member, "has_factor", False)),
        seen_at=seen_at or member.user.last_login,
    )


def is_invited(member: Member) -> bool:
    """Let in, and has not chosen a password yet."""
    return member.is_active and not member.user.has_usable_password() and member.user.last_login is None


def _state(member: Member) -> tuple[str, Words]:
    if not member.is_active:
        return "plain", _("Deactivated")
    return ("due", _("Invited")) if is_invited(member) else ("clear", _("Active"))
