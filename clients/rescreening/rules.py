"""When a decision about moving is to be looked at again. Thresholds from domain.md §2.5; plain values in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

BREAK_DAYS = 28
"""A break of 28 days or more."""
OPEN_SIGNALS = 2
"""Two open signals or more."""
RISES = {"phq9": ("phq9_up", 6), "gad7": ("gad7_up", 4)}
"""Questionnaire → the trigger, and by how many points its total has risen at least: the reliable change of domain.md §1.2."""

CODES = {
    "review_due": "R1",
    "break": "R2",
    "walk_to_run": "R3",
    "phq9_up": "R4",
    "gad7_up": "R5",
    "safety": "R6",
    "injury": "R7",
    "illness": "R8",
    "pregnancy": "R9",
    "medicine": "R10",
    "admission": "R11",
    "relapse": "R12",
    "signals": "R13",
    "motive": "R14",
    "stop_rule": "R15",
    "asked": "R16",
    "consent_changed": "R17",
    "instrument_changed": "R18",
    "answers": "R19",
}
"""What the trail calls each trigger: a number says nothing about the person."""

HOLDS = frozenset(CODES) - {"walk_to_run", "safety", "answers"}
"""Those that put moving on hold. Who wants to run is not cleared to run yet, and may go on walking meanwhile; safety
answers, and others by which a rule holds, have put their own hold already."""

AFTER_A_DECISION = frozenset({"review_due", "break", "phq9_up", "gad7_up", "safety", "answers"})
"""Those that Towpath notices by itself: there must have been a decision that can be looked at again."""

TOLD_BY_STAFF = (
    "injury",
    "illness",
    "pregnancy",
    "medicine",
    "admission",
    "relapse",
    "stop_rule",
    "motive",
    "walk_to_run",
    "asked",
)
TOLD_BY_CLIENT = (
    "injury",
    "illness",
    "pregnancy",
    "medicine",
    "admission",
    "relapse",
    "walk_to_run",
    "asked",
)


def is_over(last_day: date, on: date) -> bool:
    """A decision holds on its last day, the day of review, and is over on the next."""
    return on > last_day


def is_a_break(last_met: date, on: date) -> bool:
    """28 days or more since the last time."""
    return (on - last_met).days >= BREAK_DAYS


@dataclass(frozen=True, kw_only=True)
class Total:
    """The total of one questionnaire, and the day on which it was handed in."""

    points: int
    on: date


def lowest(decided_on: Sequence[Total], since: Sequence[Total]) -> Total | None:
    """What a new total is held against: the lowest since the decision that stands, the one it was made on included.

    domain.md §2.5 says "PHQ-9 up 6" and not since when. So neither a slow rise over many forms nor a rise after better
    days goes by unseen. The earliest of equal ones; None where there is nothing to compare with.
    """
    return min([*decided_on, *since], key=lambda total: (total.points, total.on), default=None)


def rise(instrument: str, before: int, after: int) -> str:
    """The trigger that a new total calls, "" where it has not risen enough or nobody watches the questionnaire."""
    kind, points = RISES.get(instrument, ("", 0))
    return kind if kind and after - before >= points else ""


def are_enough_signals(open_signals: int) -> bool:
    """Two open at once call for a new look; one is for a conversation."""
    return open_signals >= OPEN_SIGNALS
