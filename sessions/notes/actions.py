"""Write a note, sign it, add to it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.record.reach import supervises
from clients.rescreening.actions import trigger
from practice.audit import read, record
from practice.people.models import Member
from practice.web.refusals import Refused, refusing
from sessions.booking.models import TherapySession
from sessions.notes import rules
from sessions.notes.formats import FORMATS, SECTIONS, STOP_RULE_USED, WALK_FIELDS, Kind, WalkField
from sessions.notes.models import Addendum, Note

STOPPED = _("The signed note of a session says that the stop rule was used.")


class NotBegun(Refused):
    code = "session_not_begun"
    message = _("This session has not begun yet. Its note can be written from its start.")


class SessionCancelled(Refused):
    code = "session_cancelled"
    message = _("This session was cancelled, so there is nothing to write up.")


class NotTheAuthor(Refused):
    code = "not_the_author"
    message = _("Somebody else has begun this note; only they can write and sign it.")


class AlreadySigned(Refused):
    code = "already_signed"
    message = _("This note is signed and stays as it is. You can add to it.")


class NotSigned(Refused):
    code = "not_signed"
    message = _("This note is still a draft: write it there, or sign it first.")


class OwnNote(Refused):
    code = "own_note"
    message = _("This is your own note. Somebody else co-signs it.")


class NotTheSupervisor(Refused):
    code = "not_the_supervisor"
    message = _("Only who supervises this client’s care co-signs its notes.")
    status = 403


class AlreadyCosigned(Refused):
    code = "already_cosigned"
    message = _("This note is co-signed already.")


class SealBroken(Refused):
    """Somebody has to look at the installation first."""

    code = "seal_broken"
    message = _("The seal does not fit the words, so this note cannot be co-signed.")


class EmptyNote(Refused):
    code = "empty_note"
    message = _("There is nothing in this note yet. Write a line or two before you sign.")


class UnknownSection(Refused):
    code = "unknown_section"
    message = _("That is not a part of a note.")
    status = 422


class OutOfRange(Refused):
    code = "out_of_range"
    message = _("One of the facts about the session looks off.")
    status = 422


class EmptyAddendum(Refused):
    code = "empty_addendum"
    message = _("Write what you would like to add.")
    field = "text"


class ChangedElsewhere(Refused):
    """The draft was saved from somewhere else meanwhile; `saved` is what stands."""

    code = "draft_changed_elsewhere"
    message = _(
        "This note was saved somewhere else since you opened it. Nothing is lost: both texts are kept."
    )
    saved: Note

    def __init__(self, saved: Note) -> None:
        super().__init__()
        self.saved = saved


def check_may_write(*, session: TherapySession, by: Member, now: datetime) -> None:
    """Raise what stands in the way of writing this session's note: a cancelled or coming session, another author."""
    _check_session(session, now)
    note = Note.objects.filter(session=session).first()
    if note is not None:
        _check_open(note, by)


@transaction.atomic
def save_draft(
    *,
    session: TherapySession,
    format: str,  # noqa: A002 - the word of the record
    body: Mapping[str, str],
    walk: Mapping[str, str],
    version: int,
    by: Member,
    now: datetime,
) -> Note:
    """Keep what was typed. `version` is the one that was read, 0 when there was no note yet.

    Sections that are not sent stay as they are, so a change of format loses nothing. Sending the same again is
    harmless. Raises ChangedElsewhere when somebody saved in between.
    """
    _check_keys(format, body, walk)
    session = TherapySession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    _check_session(session, now)
    note = Note.objects.select_for_update(of=("self",)).filter(session=session).first()
    if note is None:
        note = Note(session=session, author=by, version=0, created_at=now)
    _check_open(note, by)
    texts, facts = rules.merged(note.body, body), rules.merged(note.walk, walk)
    if note.pk and (note.format, note.body, note.walk) == (format, texts, facts):
        return note
    if note.version != version:
        raise ChangedElsewhere(note)
    note.format, note.body, note.walk = format, texts, facts
    note.version, note.changed_at = version + 1, now
    note.save()
    record(
        "note_draft_saved", on=note, by=by, at=now, client=session.client, format=format, version=note.version
    )
    return note


def _check_keys(format: str, body: Mapping[str, str], walk: Mapping[str, str]) -> None:  # noqa: A002 - the word of the record
    if format not in FORMATS or set(body) - set(SECTIONS) or set(walk) - set(WALK_FIELDS):
        raise UnknownSection
    for key, value in walk.items():
        if value.strip() and not _fits(WALK_FIELDS[key], value.strip()):
            raise OutOfRange(field=f"walk_{key}")


def _fits(field: WalkField, value: str) -> bool:
    if field.kind == Kind.CHOICE:
        return value in dict(field.choices)
    if field.kind == Kind.NUMBER:
        return value.isascii() and value.isdigit() and int(value) <= field.most
    return True


def _check_session(session: TherapySession, now: datetime) -> None:
    if session.state == TherapySession.State.CANCELLED:
        raise SessionCancelled
    if now < session.starts_at:
        raise NotBegun


def _check_open(note: Note, by: Member) -> None:
    if note.is_signed:
        raise AlreadySigned
    if note.author_id != by.pk:
        raise NotTheAuthor


@transaction.atomic
def sign_note(*, note: Note, by: Member, now: datetime) -> Note:
    """Sign a note. Only its author may, only once, and only the words that were read: `note` as it was shown.

    The seal is the SHA-256 of everything signed. A stop rule that was used calls for a new look at moving (domain §2.5).
    Raises ChangedElsewhere when the draft was saved meanwhile.
    """
    client = Client.objects.select_for_update().get(pk=note.session.client_id)
    shown, note = note.version, Note.objects.select_for_update(of=("self",)).get(pk=note.pk)
    _check_open(note, by)
    if note.version != shown:
        raise ChangedElsewhere(note)
    if not rules.says_something(note.body):
        raise EmptyNote
    note.signed_at, note.signed_by = now, by
    note.seal = seal_of(note)
    with refusing(signed_note_never_changes=AlreadySigned):
        note.save(update_fields=["signed_at", "signed_by", "seal"])
    record("note_signed", on=note, by=by, at=now, client=client, seal=note.seal)
    if note.walk.get("stop_rule") in STOP_RULE_USED:
        trigger(client=client, kind="stop_rule", why=str(STOPPED), by=by, now=now)
    return note


def seal_of(note: Note) -> str:
    """The seal that the words of a signed note must have."""
    if note.signed_at is None or note.signed_by is None:
        raise NotSigned
    return rules.seal_of(
        rules.Sealed(
            note=str(note.uid),
            session=str(note.session.uid),
            client=note.session.client.reference,
            author=str(note.author.uid),
            format=note.format,
            body=note.body,
            walk=note.walk,
            version=note.version,
            signed_at=note.signed_at.astimezone(UTC),
            signed_by=str(note.signed_by.uid),
        )
    )


@transaction.atomic
def cosign_note(*, note: Note, by: Member, now: datetime) -> Note:
    """Co-sign a signed note, once: a supervisor of the client's care team, never who wrote or signed it.

    It says that the supervisor has read exactly these words. Raises SealBroken when they are not what was signed.
    """
    note = Note.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if not note.is_signed:
        raise NotSigned
    if by.pk in {note.author_id, note.signed_by_id}:
        raise OwnNote
    if not supervises(by, note.session.client_id):
        raise NotTheSupervisor
    if note.cosigned_at is not None:
        raise AlreadyCosigned
    if seal_of(note) != note.seal:
        raise SealBroken
    note.cosigned_at, note.cosigned_by = now, by
    with refusing(signed_note_never_changes=AlreadyCosigned):
        note.save(update_fields=["cosigned_at", "cosigned_by"])
    record("note_cosigned", on=note, by=by, at=now, client=note.session.client, seal=note.seal)
    return note


@transaction.atomic
def add_addendum(*, note: Note, text: str, by: Member, now: datetime) -> Addendum:
    """Add to a signed note, which itself never changes. The same text twice in a row is kept once."""
    note = Note.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if not note.is_signed:
        raise NotSigned
    if not text.strip():
        raise EmptyAddendum
    last = note.addenda.last()
    if last is not None and (last.text, last.author_id) == (text.strip(), by.pk):
        return last
    addendum = Addendum.objects.create(note=note, author=by, text=text.strip(), added_at=now)
    record("addendum_added", on=addendum, by=by, at=now, client=note.session.client)
    return addendum


def open_note(*, note: Note, by: Member, now: datetime) -> None:
    """Leave a line that this note was read, and by whom."""
    read("note_read", on=note, by=by, at=now, client=note.session.client)
