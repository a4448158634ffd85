"""A record goes: one person asks, another confirms, and what is left is a tombstone."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.lifecycle import rules, tombstones
from clients.lifecycle.keeping import kept_until_of
from clients.lifecycle.models import ErasureRequest, Hold, Reason, Tombstone
from clients.lifecycle.querysets import erasable_by
from clients.record.models import Client
from practice import contributions
from practice.audit import record
from practice.audit.key import key as trail_key
from practice.encryption.actions import destroy_key
from practice.people.acting import beyond_the_wall
from practice.people.models import Member
from practice.web.refusals import Refused, refusing


class WorkGoesOn(Refused):
    code = "work_goes_on"
    message = gettext_lazy("The work with this client is not over. End it first, then the record may go.")


class OnHold(Refused):
    code = "record_on_hold"
    message = gettext_lazy("This record is on legal hold. It stays until the hold is lifted.")


class StillKept(Refused):
    """`message` says until when."""

    code = "record_still_kept"
    field = "is_early"


class AlreadyAsked(Refused):
    code = "erasure_already_asked"
    message = gettext_lazy("Somebody asked for this already. It waits for a second person.")


class SamePerson(Refused):
    code = "second_person_needed"
    message = gettext_lazy("You asked for this yourself. Somebody else has to confirm it.")
    status: ClassVar[int] = 403


class AskerIsGone(Refused):
    code = "asker_is_gone"
    message = gettext_lazy("Whoever asked for this may not ask for it any more. Please ask for it again.")


class RequestGone(Refused):
    code = "erasure_request_gone"
    message = gettext_lazy("This was taken back, or it is done already.")


class RequestTooOld(Refused):
    code = "erasure_request_too_old"
    message = gettext_lazy("This was asked for more than 30 days ago. Please take it back and ask again.")


def ask_erasure(
    *, client: Client, reason: str, is_early: bool = False, by: Member, now: datetime
) -> ErasureRequest:
    """Ask that a client's record go. Nothing happens before somebody else confirms it.

    `is_early` says that the asker knows the time of keeping still runs.
    Raises WorkGoesOn, OnHold, StillKept, AlreadyAsked.
    """
    with beyond_the_wall("an owner may ask it of a record that they may not read"):
        client = Client.objects.select_for_update().get(pk=client.pk)
        is_early = is_early and _is_kept(client, now)
        _check(client, reason, now, is_early=is_early)
        request = ErasureRequest(
            client=client, reason=Reason(reason), is_early=is_early, asked_by=by, asked_at=now
        )
        with refusing(one_open_erasure_request=AlreadyAsked):
            request.save()
        record("erasure_asked", on=request, by=by, at=now, client=client, why=reason, early=is_early)
    return request


def withdraw_erasure(*, request: ErasureRequest, by: Member, now: datetime) -> None:
    """Take a request back; anybody who may ask may do so. Raises RequestGone."""
    with beyond_the_wall("an owner may take back what concerns a record that they may not read"):
        client, standing = _locked(request)
        standing.withdrawn_by, standing.withdrawn_at = by, now
        standing.save(update_fields=["withdrawn_by", "withdrawn_at"])
        record("erasure_withdrawn", on=standing, by=by, at=now, client=client)


def confirm_erasure(*, request: ErasureRequest, by: Member, now: datetime) -> Tombstone:
    """The second person says yes, and the record is gone for good.

    Raises RequestGone, SamePerson, AskerIsGone, RequestTooOld, WorkGoesOn, OnHold, StillKept.
    """
    with beyond_the_wall("everything about the client goes, whoever of the two may read it"):
        client, standing = _locked(request)
        if standing.asked_by_id == by.pk:
            raise SamePerson
        if rules.is_too_old(standing.asked_at, now):
            raise RequestTooOld
        if not erasable_by(standing.asked_by).filter(pk=client.pk).exists():
            raise AskerIsGone
        _check(client, standing.reason, now, is_early=standing.is_early)
        return _bury(client, _stone(client, standing, by, now), by, now)


def _locked(request: ErasureRequest) -> tuple[Client, ErasureRequest]:
    client = Client.objects.select_for_update().filter(pk=request.client_id).first()
    rows = ErasureRequest.objects.still_open().select_related("asked_by")
    standing = rows.select_for_update(of=("self",)).filter(pk=request.pk).first()
    if client is None or standing is None:
        raise RequestGone
    return client, standing


def _check(client: Client, reason: str, now: datetime, *, is_early: bool) -> None:
    """Raises WorkGoesOn, OnHold, StillKept."""
    if client.status not in rules.ENDS_OF_WORK:
        raise WorkGoesOn
    if Hold.objects.standing().filter(client=client).exists():
        raise OnHold
    if not _is_kept(client, now):
        return
    if reason == Reason.TIME_IS_OVER or not is_early:
        day = date_format(kept_until_of([client])[client.pk], "j F Y")
        raise StillKept(_("This record is kept until %s. If it must go earlier, say that you know it.") % day)


def _is_kept(client: Client, now: datetime) -> bool:
    return rules.must_be_kept(kept_until_of([client])[client.pk], timezone.localdate(now))


def _stone(client: Client, request: ErasureRequest, by: Member, now: datetime) -> Tombstone:
    return Tombstone(
        client_uid=client.uid,
        reference_hash=rules.hash_of(client.reference, key=trail_key()),
        reason=request.reason,
        is_early=request.is_early,
        asked_by=request.asked_by.uid,
        asked_by_name=request.asked_by.name,
        confirmed_by=by.uid,
        confirmed_by_name=by.name,
        erased_at=now,
    )


def _bury(client: Client, stone: Tombstone, by: Member | None, now: datetime) -> Tombstone:
    """Set the stone, which opens the door in the database for this one client; then let everything go."""
    going = sorted(contributions.erasures(client), key=lambda erasure: erasure.order)
    if stone.pk is None:
        stone.counts = {label: one.count for one in going if one.erase for label in one.models}
        with refusing(held_record_is_not_erased=OnHold):
            stone.save(force_insert=True)
    key = client.data_key
    record("client_erased", on=stone, by=by, at=now, client=client, why=stone.reason, early=stone.is_early)
    for one in going:
        if one.erase is not None:
            one.erase()
    destroy_key(key=key, by=by, now=now)
    transaction.on_commit(tombstones.append_missing)
    return stone


def erase_again(*, line: tombstones.Line, now: datetime) -> bool:
    """After an older backup was restored: let somebody go again who was erased. False where there was nobody."""
    with beyond_the_wall("nobody asks: two people did, before the backup was restored"):
        client = Client.objects.select_for_update().filter(uid=line.client).first()
        stone = Tombstone.objects.of(UUID(line.client)).first() or _stone_again(line, now)
        if client is not None:
            _bury(client, stone, None, now)
        elif stone.pk is None:
            stone.save(force_insert=True)
    return client is not None


def _stone_again(line: tombstones.Line, now: datetime) -> Tombstone:
    return Tombstone(
        client_uid=UUID(line.client),
        reference_hash=line.reference,
        reason=line.reason,
        is_early=line.early,
        asked_by=UUID(line.asked_by) if line.asked_by else None,
        asked_by_name=line.asked_by_name,
        confirmed_by=UUID(line.confirmed_by) if line.confirmed_by else None,
        confirmed_by_name=line.confirmed_by_name,
        erased_at=datetime.fromisoformat(line.erased_at),
        replayed_at=now,
    )
