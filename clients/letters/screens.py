"""A letter as it is read: by the client, and by the team with who was told."""

from dataclasses import dataclass
from datetime import datetime

from clients.letters.models import Letter, Told
from clients.screening.models import Clearance
from practice.people.models import Member


@dataclass(frozen=True, kw_only=True)
class ToldLine:
    """Who was told, how, by whom, when."""

    whom: str
    how: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LetterPage:
    """One letter; `told` is for the team."""

    letter: Letter
    title: str
    paragraphs: tuple[str, ...]
    by: str
    sent_at: datetime
    way: str
    read_at: datetime | None
    told: tuple[ToldLine, ...]


def told_of(clearance: Clearance, member: Member) -> tuple[ToldLine, ...]:
    """Who was told of a decision, with a letter or without."""
    rows = Told.objects.visible_to(member).filter(clearance=clearance).select_related("told_by")
    return tuple(
        ToldLine(
            whom=row.whom, how=row.get_how_display(), words=row.words, by=row.told_by.name, at=row.told_at
        )
        for row in rows.order_by("told_at", "pk")
    )


def letter_page(letter: Letter, member: Member) -> LetterPage:
    """The letter with everybody who was told of the same decision."""
    return LetterPage(
        letter=letter,
        title=letter.get_kind_display(),
        paragraphs=tuple(part for part in letter.text.split("\n\n") if part.strip()),
        by=letter.written_by.name,
        sent_at=letter.sent_at,
        way=letter.get_way_display(),
        read_at=letter.read_at,
        told=told_of(letter.clearance, member),
    )
