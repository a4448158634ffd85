"""What the pages about a note show, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practice.encryption import reading
from practice.people.models import Member
from sessions.booking.models import TherapySession
from sessions.notes import rules
from sessions.notes.actions import seal_of
from sessions.notes.formats import FORMATS, SECTIONS, WALK, Kind, WalkField, Words
from sessions.notes.models import Addendum, Note

_NOTHING: dict[str, str] = {}
"""Instead of words that will not open."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A heading with its text."""

    word: Words
    text: str


@dataclass(frozen=True, kw_only=True)
class AddendumCard:
    """Something added later."""

    author: str
    added_at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class NoteSheet:
    """A note to read: its texts, the facts of the session, who signed it and what was added."""

    uid: str
    version: int
    heading: str
    format: Words
    author: str
    parts: tuple[Part, ...]
    empty: tuple[Words, ...]
    facts: tuple[Part, ...]
    addenda: tuple[AddendumCard, ...]
    changed_at: datetime
    signed_at: datetime | None
    signed_by: str
    seal: str
    cosigned_at: datetime | None
    cosigned_by: str
    is_late: bool
    seal_holds: bool


@dataclass(frozen=True, kw_only=True)
class SessionFacts:
    """The session that a note is about."""

    uid: str
    mode: str
    heading: str
    starts_at: datetime
    ends_at: datetime
    where: Words
    route: str
    pace: Words
    client_name: str
    client_uid: str
    reference: str


def session_facts(session: TherapySession) -> SessionFacts:
    """The session in words; needs its client and route."""
    return SessionFacts(
        uid=str(session.uid),
        mode=session.mode,
        heading=heading_of(session),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        where=session.meeting_place or session.get_place_display(),
        route=session.route.name if session.route else "",
        pace=session.get_pace_display(),
        client_name=session.client.name,
        client_uid=str(session.client.uid),
        reference=session.client.reference,
    )


def heading_of(session: TherapySession) -> str:
    """Walking, Mon 1 June 2026."""
    day = date_format(timezone.localtime(session.starts_at), "D j F Y")
    return _("%(mode)s, %(day)s") % {"mode": session.get_mode_display(), "day": day}


def note_sheet(note: Note) -> NoteSheet:
    """A note to read, with whether its seal still holds. A part that is damaged is left out, and no seal holds then."""
    body, walk = reading.part(note, "body", _NOTHING), reading.part(note, "walk", _NOTHING)
    is_whole = body is not _NOTHING and walk is not _NOTHING
    own = [section.key for section in FORMATS[note.format].sections]
    kept = [key for key in SECTIONS if key not in own and key in body]
    return NoteSheet(
        uid=str(note.uid),
        version=note.version,
        heading=heading_of(note.session),
        format=FORMATS[note.format].word,
        author=note.author.name,
        parts=tuple(Part(word=SECTIONS[key].word, text=body[key]) for key in [*own, *kept] if key in body),
        empty=tuple(SECTIONS[key].word for key in own if key not in body and body is not _NOTHING),
        facts=walk_facts(walk),
        addenda=tuple(addendum_card(addendum) for addendum in note.addenda.select_related("author")),
        changed_at=note.changed_at,
        signed_at=note.signed_at,
        signed_by=note.signed_by.name if note.signed_by else "",
        seal=note.seal,
        cosigned_at=note.cosigned_at,
        cosigned_by=note.cosigned_by.name if note.cosigned_by else "",
        is_late=note.signed_at is not None
        and rules.is_late(ended_at=note.session.ends_at, signed_at=note.signed_at),
        seal_holds=is_whole and note.is_signed and seal_of(note) == note.seal,
    )


def is_late_at(note: Note, now: datetime) -> bool:
    return rules.is_late(ended_at=note.session.ends_at, signed_at=now)


def addendum_card(addendum: Addendum) -> AddendumCard:
    return AddendumCard(author=addendum.author.name, added_at=addendum.added_at, text=addendum.text)


def walk_facts(walk: Mapping[str, str]) -> tuple[Part, ...]:
    """The facts that were filled in, in their order, choices as words."""
    return tuple(
        Part(word=field.word, text=_said(field, walk[field.key])) for field in WALK if field.key in walk
    )


def _said(field: WalkField, value: str) -> str:
    return str(dict(field.choices).get(value, value)) if field.kind == Kind.CHOICE else value


def previous_note(session: TherapySession, member: Member) -> Note | None:
    """The last signed note of the same client before this session that the member may read."""
    return (
        Note.objects.visible_to(member)
        .filter(session__client=session.client_id, session__starts_at__lt=session.starts_at)
        .filter(signed_at__isnull=False)
        .select_related("session__client", "session__route", "author", "signed_by", "cosigned_by")
        .order_by("-session__starts_at", "-pk")
        .first()
    )


def usual_format(member: Member) -> str:
    """The format this author used last; SOAP for the first note."""
    last = Note.objects.filter(author=member).order_by("-created_at", "-pk").values_list("format", flat=True)
    return last.first() or Note.Format.SOAP


def first_facts(session: TherapySession) -> dict[str, str]:
    """What the booking already knows, to start the walk-and-talk block with."""
    sitting = {"office": "office", "video": "video", "phone": "phone", "outdoors": "outdoors"}
    setting = sitting[session.place] if session.mode == TherapySession.Mode.SIT else session.mode
    return {"setting": setting, "pace_agreed": session.pace} if session.pace else {"setting": setting}
