"""Reading on when a part will not open: while a page is shown, a calm sentence stands where the part was.

    calmly()                       the door says so for requests that only read; everything else raises Damaged or Erased
    part(note, "body", {})         a part that a page can do without: noted, and something else in its place
    whole(rows, "answers")         the rows that open; the others are noted

Words that will not open show the sentence by themselves; in an answer for programs they are null. Whatever is written
or decided is done outside, so that nothing is ever built on half a record.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from practice.encryption.problems import Erased, Unreadable

DAMAGED = _("This part cannot be read (damaged). The rest of the record is whole.")
ERASED = _("This part was erased for good.")
Row = TypeVar("Row", bound=models.Model)


@dataclass
class Reading:
    """What did not open so far. `missing` are the parts that nothing on the page stands in for."""

    for_people: bool
    unread: list[Unreadable] = field(default_factory=list)
    missing: list[Unreadable] = field(default_factory=list)


_reading: ContextVar[Reading | None] = ContextVar("towpath_reading", default=None)


@contextmanager
def calmly(*, for_people: bool) -> Iterator[Reading]:
    """For the length of the block words that will not open are replaced instead of raising."""
    reading = Reading(for_people=for_people)
    token = _reading.set(reading)
    try:
        yield reading
    finally:
        _reading.reset(token)


def unread() -> list[Unreadable]:
    """What did not open in this request so far."""
    reading = _reading.get()
    return reading.unread if reading else []


def sentence_for(problem: Unreadable) -> str:
    """What to say of a part that will not open."""
    return str(ERASED if isinstance(problem, Erased) else DAMAGED)


def stand_in(problem: Unreadable) -> str | None:
    """What stands in for words: a sentence, or None for programs. Raises the problem where nobody reads calmly."""
    reading = _reading.get()
    if reading is None:
        raise problem
    reading.unread.append(problem)
    return sentence_for(problem) if reading.for_people else None


def part(row: models.Model, name: str, instead: Any) -> Any:
    """The attribute, or `instead` where it will not open. Raises where nobody reads calmly."""
    try:
        return getattr(row, name)
    except Unreadable as problem:
        _miss(problem)
        return instead


def whole(rows: Iterable[Row], *names: str) -> list[Row]:
    """The rows of which these attributes open. Raises where nobody reads calmly."""
    return [row for row in rows if _opens(row, names)]


def _opens(row: models.Model, names: Iterable[str]) -> bool:
    try:
        for name in names:
            getattr(row, name)
    except Unreadable as problem:
        _miss(problem)
        return False
    return True


def _miss(problem: Unreadable) -> None:
    reading = _reading.get()
    if reading is None:
        raise problem
    reading.unread.append(problem)
    reading.missing.append(problem)
