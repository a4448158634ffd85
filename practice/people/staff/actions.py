"""Invite a colleague, change what they may do, let them go and let them back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practice import contributions
from practice.audit import record
from practice.people.actions import admit_member
from practice.people.factors import take_all
from practice.people.models import Member, Practice
from practice.people.roles import EXTRA_RIGHTS, Permission, Role
from practice.people.staff.letters import tell_of_reset
from practice.web.refusals import Refused


class ResetBecause(models.TextChoices):
    """Why an owner takes a second step away."""

    LOST = "lost", _("They lost the phone or the key")
    NEW = "new", _("They have another phone or key now")
    STOLEN = "stolen", _("Somebody else may have it")
    OTHER = "other", _("Another reason")


STAFF_ROLES = (Role.OWNER, Role.CLINICIAN, Role.SUPERVISOR, Role.RECEPTION)
ALONE_AFTER = timedelta(days=14)
TREATING_ROLES = {Role.CLINICIAN, Role.SUPERVISOR}


class NoRole(Refused):
    code = "no_role"
    message = _("Choose at least one role.")
    field = "roles"


class NotARoleOfStaff(Refused):
    """Clients get their sign-in from their record, and are never staff as well."""

    code = "not_a_role_of_staff"
    message = _("That is not a role of somebody who works here.")
    field = "roles"


class NotStaff(Refused):
    code = "not_staff"
    message = _("This sign-in belongs to a client. It is kept from their record.")


class LastOwner(Refused):
    """Somebody must be able to let people in."""

    code = "last_owner"
    message = _("They are the only owner who can sign in. Make somebody else an owner first.")


class RightNeedsTreating(Refused):
    code = "right_needs_treating"
    message = _("Emergency access is for clinicians and supervisors.")
    field = "rights"


class UnknownRight(Refused):
    code = "unknown_right"
    message = _("That is not a right that can be given by name.")
    field = "rights"


class NotYourOwn(Refused):
    """Whoever is at an owner's keyboard does not free themself from the second step."""

    code = "not_your_own_second_factor"
    message = _("Your own second step is changed on your account page, or reset by another owner.")


class NoSecondFactor(Refused):
    code = "no_second_factor"
    message = _("They have no second step. They are asked for one when they sign in.")


class UnknownReason(Refused):
    code, field = "unknown_reset_reason", "reason"
    message = _("Say why the second step is reset.")


class LeavesClientsAlone(Refused):
    """Whoever goes alone with somebody's care is replaced first; or an owner says that it cannot wait."""

    code = "leaves_clients_alone"
    message = _("Nobody else treats some of their clients. Name somebody first, or say that it cannot wait.")
    field = "even_so"


class GivenByAnother(Refused):
    """What opens records is given by somebody else; else an owner would only have to want it."""

    code = "own_rights"
    message = _("Nobody gives themself what opens clients’ records. Another owner can.")
    field = "roles"
    status = 403


class MayNotKeepPeople(Refused):
    code = "may_not_keep_people"
    message = _("Only an owner keeps the people of the practice.")
    status = 403


@transaction.atomic
def invite_member(
    *, email: str, name: str, roles: Sequence[str], rights: Sequence[str] = (), by: Member, now: datetime
) -> Member:
    """Let a colleague in by name. They choose their own password by the letter that the door sends.

    Raises EmailTaken, NoRole, NotARoleOfStaff, RightNeedsTreating, UnknownRight, MayNotKeepPeople.
    """
    _check_keeper(by)
    _check(roles, rights)
    member = admit_member(email=email, name=name, roles=_in_order(roles), password=None, by=by, now=now)
    if rights:
        _set(member, member.roles, rights, by=by, now=now)
    return member


@transaction.atomic
def change_rights(
    *,
    member: Member,
    roles: Sequence[str],
    rights: Sequence[str],
    even_so: bool = False,
    by: Member,
    now: datetime,
) -> Member:
    """Change roles and extra rights. It holds from the next request on; new roles end every sign-in and token.

    Saying the same again changes nothing. Raises LastOwner, GivenByAnother and the refusals of `invite_member`, NotStaff,
    and LeavesClientsAlone for who treats no more, unless `even_so`.
    """
    _check_keeper(by)
    _check(roles, rights)
    member = _locked(member)
    if Role.OWNER not in roles:
        _check_not_the_last_owner(member)
    if (set(member.roles), set(member.rights)) == (set(roles), set(rights)):
        return member
    if Role.CLINICIAN not in roles and not even_so:
        _check_leaves_nobody_alone(member, now)
    if member.pk == by.pk:
        _check_opens_nothing_more(member, {*roles, *rights}, now)
    return _set(member, _in_order(roles), rights, by=by, now=now)


@transaction.atomic
def deactivate_member(*, member: Member, even_so: bool = False, by: Member, now: datetime) -> Member:
    """Let a colleague go: they may do nothing and see nothing from now on. What they wrote stays.

    Twice is as good as once. Raises LastOwner, NotStaff, MayNotKeepPeople; and LeavesClientsAlone where nobody else
    treats a client of theirs, unless `even_so`: a stolen sign-in cannot wait.
    """
    _check_keeper(by)
    member = _locked(member)
    _check_not_the_last_owner(member)
    if not even_so:
        _check_leaves_nobody_alone(member, now)
    return _set_active(member, is_active=False, action="member_deactivated", by=by, now=now)


@transaction.atomic
def reactivate_member(*, member: Member, by: Member, now: datetime) -> Member:
    """Let a colleague back in, with the roles they had. Raises NotStaff, MayNotKeepPeople."""
    _check_keeper(by)
    return _set_active(_locked(member), is_active=True, action="member_reactivated", by=by, now=now)


@transaction.atomic
def reset_second_factor(*, member: Member, reason: str, by: Member, now: datetime) -> Member:
    """Take a colleague's second step away: a phone was lost, or is not theirs any more (a ResetBecause).

    Every sign-in and key of theirs ends, and they read nothing before they have set up another. They and the other
    owners hear of it after commit. Raises NotYourOwn, NoSecondFactor, UnknownReason, NotStaff, MayNotKeepPeople.
    """
    _check_keeper(by)
    if reason not in ResetBecause.values:
        raise UnknownReason
    member = _locked(member)
    if member.pk == by.pk:
        raise NotYourOwn
    if not take_all(member.user):
        raise NoSecondFactor
    record("second_factor_reset", on=member, by=by, at=now, reason=reason)
    transaction.on_commit(partial(tell_of_reset, member=member, reason=reason, by=by, now=now), robust=True)
    return member


def _check_keeper(by: Member) -> None:
    if not by.may(Permission.KEEP_PEOPLE):
        raise MayNotKeepPeople


def _check_opens_nothing_more(member: Member, wanted: set[str], now: datetime) -> None:
    """Of one's own rights one only gives up; whoever is alone in the practice, and was so for a while, is free."""
    gained = wanted - {*member.roles, *member.rights}
    if gained & {*TREATING_ROLES, *EXTRA_RIGHTS} and not _is_alone(member, now):
        raise GivenByAnother


def _is_alone(member: Member, now: datetime) -> bool:
    """Nobody else works here, and nobody came or went lately: letting a colleague go does not make one alone."""
    others = Member.objects.exclude(pk=member.pk).exclude(roles=[Role.CLIENT])
    return not others.filter(Q(is_active=True) | Q(placed_at__gt=now - ALONE_AFTER)).exists()


def _check(roles: Sequence[str], rights: Sequence[str]) -> None:
    if not roles:
        raise NoRole
    if set(roles) - set(STAFF_ROLES):
        raise NotARoleOfStaff
    if set(rights) - set(EXTRA_RIGHTS):
        raise UnknownRight
    if rights and not TREATING_ROLES & set(roles):
        raise RightNeedsTreating


def _in_order(roles: Sequence[str]) -> list[Role]:
    return [role for role in STAFF_ROLES if role in set(roles)]


def _locked(member: Member) -> Member:
    """The row as it stands. Changes of people queue here, so that two owners never remove each other."""
    Practice.objects.select_for_update().first()
    member = Member.objects.select_for_update(of=("self",)).select_related("user").get(pk=member.pk)
    if member.is_client:
        raise NotStaff
    return member


def _check_not_the_last_owner(member: Member) -> None:
    if not (member.is_active and Role.OWNER in member.roles):
        return
    others = Member.objects.filter(is_active=True, user__is_active=True, roles__contains=[Role.OWNER])
    if not others.exclude(pk=member.pk).exists():
        raise LastOwner


def _check_leaves_nobody_alone(member: Member, now: datetime) -> None:
    if any(contributions.left_alone(member, now)):
        raise LeavesClientsAlone


def _set(member: Member, roles: Sequence[str], rights: Sequence[str], *, by: Member, now: datetime) -> Member:
    before = _words(member)
    member.roles, member.rights = [str(role) for role in roles], sorted({str(right) for right in rights})
    member.placed_at = now
    member.save(update_fields=["roles", "rights", "placed_at"])
    record("member_rights_changed", on=member, by=by, at=now, before=before, after=_words(member))
    return member


def _words(member: Member) -> str:
    return ",".join([*member.roles, *member.rights])


def _set_active(member: Member, *, is_active: bool, action: str, by: Member, now: datetime) -> Member:
    if member.is_active == member.user.is_active == is_active:
        return member
    member.is_active = member.user.is_active = is_active
    member.user.save(update_fields=["is_active"])
    member.placed_at = now
    member.save(update_fields=["is_active", "placed_at"])
    record(action, on=member, by=by, at=now)
    return member
