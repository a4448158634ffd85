"""What this room contributes to the pages about a client, and the work it does in the background."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clients.record.models import Client
from practice import contributions
from practice.contributions import Attention, TimelineItem
from practice.people.models import Member
from practice.people.roles import Permission
from sessions.booking.models import TherapySession
from sessions.notes import lifecycle
from sessions.notes.formats import FORMATS
from sessions.notes.models import Note
from sessions.notes.querysets import NoteQuerySet

MOST_WAITING = 20


def signed_notes(client: Client, member: Member, since: datetime, until: datetime) -> list[TimelineItem]:
    """Notes signed in the period; the heading only, reading one is a click and a line in the trail."""
    rows = Note.objects.visible_to(member).filter(session__client=client, signed_at__range=(since, until))
    return [
        _item(note)
        for note in rows.select_related("session", "signed_by", "cosigned_by").order_by("-signed_at", "-pk")
    ]


def _item(note: Note) -> TimelineItem:
    day = date_format(timezone.localtime(note.session.starts_at), "j F")
    return TimelineItem(
        at=note.signed_at or note.changed_at,
        kind="note",
        icon="signature",
        title=_("Note of %(day)s signed") % {"day": day},
        text=_by_whom(note),
        url=reverse("note", args=[note.session.uid]),
        badge="signed",
    )


def _by_whom(note: Note) -> str:
    """SOAP, by Robin Vale, co-signed by Ines Ford."""
    words = {"format": FORMATS[note.format].word, "name": note.signed_by.name if note.signed_by else ""}
    if note.cosigned_by is None:
        return _("%(format)s, by %(name)s") % words
    words["other"] = note.cosigned_by.name
    return _("%(format)s, by %(name)s, co-signed by %(other)s") % words


def _to_be_cosigned(member: Member, now: datetime) -> NoteQuerySet | None:
    if not member.may(Permission.COSIGN_NOTE):
        return None
    return Note.objects.to_cosign(member, timezone.localdate(now))


def notes_to_cosign(member: Member, now: datetime) -> list[Attention]:
    """Signed notes of the clients whose care the member supervises, not co-signed yet, oldest first."""
    rows = _to_be_cosigned(member, now)
    if rows is None:
        return []
    told = rows.select_related("session__client", "signed_by").order_by("signed_at", "pk")
    return [_to_cosign(note) for note in told[:MOST_WAITING]]


def _to_cosign(note: Note) -> Attention:
    day = date_format(timezone.localtime(note.session.starts_at), "D j M")
    return Attention(
        urgency="waiting",
        icon="signature",
        title=_("Co-sign: note for %(name)s") % {"name": note.session.client.name},
        text=_("Session of %(day)s, signed by %(who)s")
        % {"day": day, "who": note.signed_by.name if note.signed_by else ""},
        url=reverse("note", args=[note.session.uid]),
        action=_("Read and co-sign"),
        at=note.signed_at,
    )


def unwritten_notes(member: Member, now: datetime) -> list[Attention]:
    """Sessions that the member held and has not signed off yet, oldest first."""
    if not member.may(Permission.WRITE_NOTE):
        return []
    mine = TherapySession.objects.visible_to(member).unwritten().filter(clinician=member, ends_at__lte=now)
    rows = mine.select_related("client", "note").order_by("starts_at", "pk")[:MOST_WAITING]
    return [_waiting(session) for session in rows]


def _waiting(session: TherapySession) -> Attention:
    is_begun = hasattr(session, "note")  # joined above, so this asks the database nothing
    day = date_format(timezone.localtime(session.starts_at), "D j M, H:i")
    return Attention(
        urgency="waiting",
        icon="notebook-pen",
        title=_("Note for %(name)s") % {"name": session.client.name},
        text=_("Draft begun; session of %s") % day if is_begun else _("Session of %s") % day,
        url=reverse("note", args=[session.uid]),
        action=_("Finish") if is_begun else _("Write"),
        at=session.ends_at,
    )


def register() -> None:
    """Registers the room's givers, once."""
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
    contributions.timeline.register(signed_notes)
    contributions.attention.register(unwritten_notes)
    contributions.attention.register(notes_to_cosign, rows=_to_be_cosigned)
