"""What leaves with the notes, and what goes when a client is erased."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.web.csv import Cell
from practice.web.refusals import Words
from practice.web.tables import entries, table
from sessions.notes.formats import SECTIONS, WALK_FIELDS
from sessions.notes.models import Addendum, Note

NOTES = {
    "uid": _("Id of the note"),
    "session.uid": _("Id of its session"),
    "format": _("Format"),
    "author.name": _("Who wrote it"),
    "created_at": _("When it was begun (UTC)"),
    "changed_at": _("When it was last changed (UTC)"),
    "signed_at": _("When it was signed (UTC); empty is a draft"),
    "signed_by.name": _("Who signed it"),
    "seal": _("SHA-256 of what was signed"),
}
TEXTS = {
    "note_uid": _("Id of the note"),
    "part": _("Part of the note: its text, or the walk-and-talk block"),
    "key": _("Key of the section"),
    "heading": _("Heading"),
    "text": _("What stands there"),
}
ADDENDA = {
    "uid": _("Id of the addendum"),
    "note.uid": _("Id of the note"),
    "author.name": _("Who added it"),
    "added_at": _("When (UTC)"),
    "text": _("What was added"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    """Progress notes, with their addenda. They are not in the copy that a client takes by themself."""
    if recipient.is_client:
        return []
    notes = recipient.sees(Note.objects.filter(session__client=client))
    notes = notes.select_related("session", "author", "signed_by").order_by("session__starts_at", "pk")
    addenda = Addendum.objects.filter(note__in=notes.values("pk")).select_related("note", "author")
    return [
        table(
            "notes",
            about=_("Each progress note."),
            rows=notes,
            columns=NOTES,
            models=["therapy_sessions.Note"],
        ),
        Table(
            name="note_texts",
            about=_("The words of each note, section by section."),
            columns=TEXTS,
            rows=_texts(notes),
            models=["therapy_sessions.Note"],
        ),
        table(
            "addenda",
            about=_("What was added to signed notes."),
            rows=addenda.order_by("added_at", "pk"),
            columns=ADDENDA,
            models=["therapy_sessions.Addendum"],
        ),
    ]


def _texts(notes: Iterable[Note]) -> Iterator[Sequence[Cell]]:
    words: dict[str, dict[str, Words]] = {
        "body": {key: section.word for key, section in SECTIONS.items()},
        "walk": {key: field.word for key, field in WALK_FIELDS.items()},
    }
    for note in notes:
        for part, headings in words.items():
            for key, text in entries(note, part):
                yield (str(note.uid), part, key, str(headings.get(key, "")), text)


def erased(client: Client) -> list[Erasure]:
    """Addenda hang on notes, notes on sessions."""
    addenda = Addendum.objects.filter(note__session__client=client)
    notes = Note.objects.filter(session__client=client)
    return [
        Erasure(
            models=["therapy_sessions.Addendum"],
            words=_("Addenda to notes"),
            count=addenda.count(),
            order=10,
            erase=addenda.delete,
        ),
        Erasure(
            models=["therapy_sessions.Note"],
            words=_("Progress notes, signed ones too"),
            count=notes.count(),
            order=11,
            erase=notes.delete,
        ),
    ]
