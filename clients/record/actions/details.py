"""Begin a record, correct it, say where the work stands."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.lifecycle.models import Tombstone
from clients.lifecycle.rules import hashes_of
from clients.record import rules
from clients.record.actions.team import NotAClinician, begin_care, treats
from clients.record.marks import mark_of
from clients.record.models import CareTeamMember, Client, EmergencyContact
from practice.audit import record
from practice.audit.key import key as trail_key
from practice.encryption.actions import make_key
from practice.people.acting import beyond_the_wall
from practice.people.models import Member, Practice
from practice.web.refusals import Refused, refusing


@dataclass(frozen=True, kw_only=True)
class EmergencyContactWords:
    """Whom to call."""

    name: str
    phone: str
    relation: str = ""


class Details(TypedDict, total=False):
    """What may be said about a client; what is left out stays as it is. `emergency_contact` None takes it away."""

    pronouns: str
    email: str
    phone: str
    born_on: date | None
    focus: str
    emergency_contact: EmergencyContactWords | None


class ImpossibleBirthDate(Refused):
    code = "impossible_birth_date"
    message = _("Something looks off with the date. Try 27 3 1988.")
    field = "born_on"


class NobodyTreats(Refused):
    """A record that nobody treats would be seen by nobody."""

    code = "nobody_treats"
    message = _("Choose who will treat this client.")
    field = "clinician"


class IdTaken(Refused):
    """The id of the form stands for another record."""

    code = "id_taken"
    message = _("This form was used before. Please open a new one.")


class Stale(Refused):
    """Somebody changed the record while the form was open."""

    code = "stale"
    message = _(
        "Somebody changed this record while you were writing. What you typed is still here; "
        "the record as it is now stands beside it. Save again to keep yours."
    )


@transaction.atomic
def register_client(
    *,
    name: str,
    clinician: Member | None = None,
    uid: UUID | None = None,
    by: Member,
    now: datetime,
    **details: Unpack[Details],
) -> Client:
    """Begin a record, status prospect, with the next reference. `clinician`, else `by`, becomes primary.

    `uid` is made with the form: sending the same form twice gives the same client.
    Raises NobodyTreats, NotAClinician, ImpossibleBirthDate, IdTaken.
    """
    _one_at_a_time()
    if uid and (same := Client.objects.visible_to(by).filter(uid=uid).first()):
        return same
    primary = _who_treats(clinician, by)
    with beyond_the_wall("nobody treats a client before the record has begun"):
        client = _begin(name, uid, details, now)
        begin_care(client=client, member=primary, part=CareTeamMember.Part.PRIMARY, now=now)
    record("client_registered", on=client, by=by, at=now, client=client)
    return client


@transaction.atomic
def edit_client(
    *,
    client: Client,
    name: str | None = None,
    seen: str | None = None,
    by: Member,
    now: datetime,
    **details: Unpack[Details],
) -> Client:
    """Correct the details. `seen` is `mark_of` the record that the form showed.

    Raises Stale when the record is no longer what was seen, ImpossibleBirthDate.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    if seen is not None and seen != mark_of(client):
        raise Stale
    if name is not None and name != client.name:
        client.name = name
        Member.objects.filter(client=client).update(name=name)
    _take(client, details, now)
    client.save()
    _keep_contact(client, details)
    record("client_edited", on=client, by=by, at=now, client=client)
    return client


@transaction.atomic
def set_status(*, client: Client, status: str, by: Member, now: datetime) -> Client:
    """Say where the work with a client stands. Saying the same again changes nothing."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    before, wanted = client.status, Client.Status(status)
    if before == wanted:
        return client
    client.status = wanted
    client.save(update_fields=["status"])
    record("client_status_set", on=client, by=by, at=now, client=client, before=before, after=status)
    return client


def _begin(name: str, uid: UUID | None, details: Details, now: datetime) -> Client:
    """The row with the next reference. Raises IdTaken, ImpossibleBirthDate."""
    client = Client(
        name=name,
        reference=_next_reference(),
        registered_at=now,
        data_key=make_key(now=now),
        **({"uid": uid} if uid else {}),
    )
    _take(client, details, now)
    with refusing(clients_client_uid_key=IdTaken):
        client.save()
    _keep_contact(client, details)
    return client


def _one_at_a_time() -> None:
    """Registrations queue here, so that two of them never take the same reference."""
    Practice.objects.select_for_update().get()


def _next_reference() -> str:
    numbers = Client.objects.annotate(number=Cast(Substr("reference", 4), IntegerField()))
    highest = numbers.aggregate(highest=Max("number"))["highest"] or 0
    while _was_erased(rules.reference_after(highest)):
        highest += 1  # a reference on old paper never comes to mean somebody else
    return rules.reference_after(highest)


def _was_erased(reference: str) -> bool:
    hashes = hashes_of(reference, key=trail_key())
    return Tombstone.objects.filter(reference_hash__in=hashes).exists()


def _who_treats(clinician: Member | None, by: Member) -> Member:
    """The clinician named, else the one who registers. Raises NobodyTreats, NotAClinician."""
    if clinician is None:
        if treats(member=by):
            return by
        raise NobodyTreats
    if not treats(member=clinician):
        raise NotAClinician
    return clinician


def _take(client: Client, details: Details, now: datetime) -> None:
    """Put the given details on the client. Raises ImpossibleBirthDate."""
    born_on = details.get("born_on")
    if born_on and not rules.could_be_born_on(born_on, timezone.localdate(now)):
        raise ImpossibleBirthDate
    for field in ("pronouns", "email", "phone", "born_on", "focus"):
        if field in details:
            setattr(client, field, details[field])


def _keep_contact(client: Client, details: Details) -> None:
    """Keep, change or take away whom to call; leave it alone when nothing was said of it."""
    if "emergency_contact" not in details:
        return
    words = details["emergency_contact"]
    if words is None:
        EmergencyContact.objects.filter(client=client).delete()
        return
    EmergencyContact.objects.update_or_create(
        client=client,
        defaults={"name": words.name, "phone": words.phone, "relation": words.relation},
    )
