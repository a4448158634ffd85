"""Invite, take up, confirm, take back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from clients.invitations import rules
from clients.invitations.models import PortalInvitation
from clients.record.actions.portal import PortalAlreadyOpen
from clients.record.models import Client
from practice.audit import record
from practice.house.actions import check_ready_for_clients
from practice.people.acting import beyond_the_wall
from practice.people.actions import EmailTaken, admit_member
from practice.people.models import Member
from practice.people.roles import Role
from practice.web.refusals import Refused

WHY = "whoever takes up an invitation has no sign-in yet"


class InvitationRefused(Refused):
    """Ended, used, replaced, or not for whoever holds it: all the same answer."""

    code = "invitation_refused"
    message = _("This invitation cannot be used. Please ask your practice for a new one.")
    status = 404


class DoesNotMatch(Refused):
    """The second fact is another."""

    code = "does_not_match"
    message = _("That is not what your practice has written down. Please look again.")
    field = "second"


class NobodyToConfirm(Refused):
    """Nobody waits any more."""

    code = "nobody_to_confirm"
    message = _("Nobody waits to be confirmed here. The page shows how things stand now.")


@dataclass(frozen=True, kw_only=True)
class Invited:
    """The only time that the link and the code are known; `code` is "" where the date of birth is asked."""

    invitation: PortalInvitation
    token: str
    code: str


@transaction.atomic
def invite(*, client: Client, email: str, by: Member, now: datetime) -> Invited:
    """A new invitation for 72 hours; one from before stops working. The address becomes the client's.

    Raises NotReadyForClients, NumbersNotConfirmed, PortalAlreadyOpen. Whether somebody else signs in with the address is not told.
    """
    check_ready_for_clients(now=now)
    client = Client.objects.select_for_update().get(pk=client.pk)
    if client.member_id:
        raise PortalAlreadyOpen
    _take_back(client, now)
    client.email = email.strip().lower()
    client.save(update_fields=["email"])
    token, code = rules.new_token(), "" if client.born_on else rules.new_code()
    second = PortalInvitation.Second
    invitation = PortalInvitation.objects.create(
        client=client,
        email=client.email,
        digest=rules.digest_of(token),
        seal=rules.seal_of(token, client=client.uid, email=client.email),
        second=second.CODE if code else second.BIRTH_DATE,
        code_hash=make_password(code) if code else "",
        invited_by=by,
        invited_at=now,
        ends_at=now + rules.LASTS,
    )
    record("portal_invited", on=client, by=by, at=now, client=client)
    return Invited(invitation=invitation, token=token, code=code)


def look_at(*, token: str, now: datetime) -> PortalInvitation:
    """The invitation of a link, if it can be taken up. Raises InvitationRefused, whatever the reason."""
    with beyond_the_wall(WHY):
        return _good(token, now)


def accept(*, token: str, born_on: date | None, code: str, password: str, now: datetime) -> Member:
    """Make the sign-in; it sees nothing until a clinician confirms it.

    Raises InvitationRefused, DoesNotMatch, WeakPassword. Five wrong facts end the invitation.
    """
    invitation = look_at(token=token, now=now)
    with beyond_the_wall(WHY):
        mine = PortalInvitation.objects.filter(pk=invitation.pk, tries__lt=rules.MOST_TRIES)
        if not mine.update(tries=F("tries") + 1):
            raise InvitationRefused
    if not _matches(invitation, born_on, code):
        with beyond_the_wall(WHY):
            record(
                "portal_invitation_refused", on=invitation.client, by=None, at=now, client=invitation.client
            )
        raise DoesNotMatch
    with beyond_the_wall(WHY):
        return _take_up(token, password, now)


@transaction.atomic
def confirm(*, client: Client, by: Member, now: datetime) -> Member:
    """Say that it was the client who took it up: from now on their pages are theirs. Raises NobodyToConfirm."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    invitation = PortalInvitation.objects.select_for_update().standing().filter(client=client).first()
    if invitation is None or not invitation.waits or invitation.member is None or client.member_id:
        raise NobodyToConfirm
    member = invitation.member
    member.name, member.is_confirmed = client.name, True
    member.save(update_fields=["name", "is_confirmed"])
    client.member = member
    client.save(update_fields=["member"])
    invitation.confirmed_by, invitation.confirmed_at = by, now
    invitation.save(update_fields=["confirmed_by", "confirmed_at"])
    record("portal_confirmed", on=client, by=by, at=now, client=client)
    return member


@transaction.atomic
def withdraw(*, client: Client, by: Member, now: datetime) -> None:
    """Take an invitation back; who took it up and was not confirmed is signed out for good."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    if _take_back(client, now):
        record("portal_invitation_withdrawn", on=client, by=by, at=now, client=client)


def _good(token: str, now: datetime) -> PortalInvitation:
    """Raises InvitationRefused."""
    rows = PortalInvitation.objects.select_related("client")
    found = rows.filter(digest=rules.digest_of(token)).first()
    if found is None or not found.is_open_at(now) or found.tries >= rules.MOST_TRIES:
        raise InvitationRefused
    is_theirs = constant_time_compare(
        found.seal, rules.seal_of(token, client=found.client.uid, email=found.email)
    )
    if not is_theirs or found.client.email.lower() != found.email or found.client.member_id:
        raise InvitationRefused
    return found


def _matches(invitation: PortalInvitation, born_on: date | None, code: str) -> bool:
    if invitation.second == PortalInvitation.Second.CODE:
        return check_password(rules.tidy_code(code), invitation.code_hash)
    return born_on is not None and born_on == invitation.client.born_on


def _take_up(token: str, password: str, now: datetime) -> Member:
    """One transaction, under the client's lock: two who hold the link do not both come in."""
    Client.objects.select_for_update().get(invitations__digest=rules.digest_of(token))
    invitation = _good(token, now)
    try:
        member = admit_member(
            email=invitation.email,
            name=invitation.email[:120],
            roles=[Role.CLIENT],
            password=password,
            by=None,
            now=now,
        )
    except EmailTaken as taken:
        raise InvitationRefused from taken
    Member.objects.filter(pk=member.pk).update(is_confirmed=False)
    invitation.member, invitation.accepted_at = member, now
    invitation.save(update_fields=["member", "accepted_at"])
    record("portal_accepted", on=invitation.client, by=member, at=now, client=invitation.client)
    return member


def _take_back(client: Client, now: datetime) -> bool:
    """End what stands; whoever took it up unconfirmed loses the sign-in, and the address is free again."""
    invitation = PortalInvitation.objects.select_for_update().standing().filter(client=client).first()
    if invitation is None or invitation.confirmed_at is not None:
        return False
    stranger, invitation.member, invitation.withdrawn_at = invitation.member, None, now
    invitation.save(update_fields=["member", "withdrawn_at"])
    if stranger is not None:
        user = stranger.user
        stranger.delete()
        user.delete()
    return True
