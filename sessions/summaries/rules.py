"""What goes into a summary, for whom, and how much of it: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from practice.web.charts.shapes import MeasurePoint

MOST_PAGES = 4
MOST_DAYS = 731
DAYS_IN_WEEK = 7


class Part(StrEnum):
    """A block of the summary."""

    WHY = "why"
    ATTENDANCE = "attendance"
    CLEARANCE = "clearance"
    SAFETY = "safety"
    MEASURES = "measures"
    MOVEMENT = "movement"
    MOOD = "mood"
    WORDS = "words"
    PLAN = "plan"
    QUESTIONS = "questions"


_EVERYTHING = frozenset(Part)
PARTS: dict[str, frozenset[Part]] = {
    "supervision": _EVERYTHING,
    "review": _EVERYTHING,
    "client": frozenset({Part.WHY, Part.ATTENDANCE, Part.MOVEMENT, Part.MOOD, Part.WORDS, Part.PLAN}),
    "referrer": frozenset(
        {Part.WHY, Part.ATTENDANCE, Part.CLEARANCE, Part.MEASURES, Part.MOVEMENT, Part.PLAN}
    ),
}
"""Who is told what. A reader outside the practice never gets the client's own words, safety answers or questions."""

NAMED_TO = frozenset({"client", "referrer"})
"""Audiences that are given the client's name; the others read a reference."""


KINDS_IN: dict[str, Part] = {"mood": Part.MOOD, "free_text": Part.WORDS}
"""The block that shows each kind of data which a client may keep from staff. Places and heart rate are in none."""


def kinds_in(audience: str) -> frozenset[str]:
    """What a summary for this reader shows of the kinds of data that a client may keep to themself."""
    shown = {kind for kind, part in KINDS_IN.items() if part in PARTS[audience]}
    return frozenset(shown | {"supervisor"} if audience == "supervision" else shown)


@dataclass(frozen=True, kw_only=True)
class Room:
    """How much fits: the most of each thing that is printed. Letters and lines are for each text."""

    charts: int
    weeks: int
    quotes: int
    letters: int
    lines: int
    quote_letters: int


ROOMS: tuple[Room, ...] = (
    Room(charts=2, weeks=26, quotes=4, letters=2_000, lines=24, quote_letters=360),
    Room(charts=1, weeks=26, quotes=3, letters=900, lines=12, quote_letters=240),
    Room(charts=1, weeks=13, quotes=2, letters=300, lines=6, quote_letters=140),
    Room(charts=1, weeks=13, quotes=0, letters=0, lines=0, quote_letters=0),
)
"""From generous to a room in which everything fits on four pages, whatever was written."""


def shortened(text: str, *, letters: int, lines: int) -> tuple[tuple[str, ...], int]:
    """The first lines of a text that fit, and how many letters were left out. Empty lines go."""
    said = [line.strip() for line in text.splitlines() if line.strip()]
    shown: list[str] = []
    for line in said[:lines]:
        room = letters - sum(map(len, shown))
        if len(line) > room:
            if room > 0:
                shown.append(_cut(line, room))
            break
        shown.append(line)
    left_out = sum(map(len, said)) - sum(len(line.removesuffix("…")) for line in shown)
    return tuple(shown), max(left_out, 0)


def _cut(line: str, room: int) -> str:
    """At the last blank before the end, or in the middle of a very long word."""
    head = line[:room]
    at = head.rfind(" ")
    return f"{head[:at] if at >= room // 2 else head}…"


def weeks_between(since: date, until: date) -> int:
    """How many weeks a period takes, a begun one counted."""
    return ((until - since).days + DAYS_IN_WEEK) // DAYS_IN_WEEK


def complete(points: Sequence[MeasurePoint]) -> list[MeasurePoint]:
    """The forms with every scored question answered."""
    return [point for point in points if point.complete and point.score is not None]
