"""When a measure is due, and which times went by without a form: pure arithmetic over the practice's local days.

A measure is counted from the day it was last asked or last came in, whichever is later, so that nobody is asked twice
within one rhythm; with neither, it is due on the first day of its plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SESSIONS, WEEKS = "sessions", "weeks"


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """Every so many weeks or sessions, from a first to a last day (both included), with at most one rest in it.

    The rest begins on `paused_on` and is over on `resumes_on`; without that day it lasts until somebody says so.
    """

    every: int
    unit: str
    starts_on: date
    until: date | None = None
    paused_on: date | None = None
    resumes_on: date | None = None

    def rests_on(self, day: date) -> bool:
        begun = self.paused_on is not None and self.paused_on <= day
        return begun and (self.resumes_on is None or day < self.resumes_on)

    def is_over_on(self, day: date) -> bool:
        return self.until is not None and day > self.until

    def asks_on(self, day: date) -> bool:
        """Whether this is a day of the plan at all: begun, not over, not at rest."""
        return self.starts_on <= day and not self.is_over_on(day) and not self.rests_on(day)


def is_due(rhythm: Rhythm, *, on: date, last: date | None, held: int) -> bool:
    """Whether the measure is to be asked on that day. `held`: sessions that took place since `last`."""
    if not rhythm.asks_on(on):
        return False
    if last is None:
        return True
    if rhythm.unit == SESSIONS:
        return held >= rhythm.every
    return on >= last + timedelta(weeks=rhythm.every)


def next_day(rhythm: Rhythm, last: date | None) -> date | None:
    """The first day on which a plan by weeks asks again; None where it is over or rests until somebody says so.

    A plan by sessions asks on its first day, and then when enough sessions have taken place: None.
    """
    if last is not None and rhythm.unit == SESSIONS:
        return None
    day = rhythm.starts_on if last is None else _weeks_after(last, rhythm)
    if rhythm.rests_on(day):
        if rhythm.resumes_on is None:
            return None
        day = rhythm.resumes_on
    return None if rhythm.is_over_on(day) else day


def sessions_left(rhythm: Rhythm, held: int) -> int:
    """How many sessions are still to take place before a plan by sessions asks again."""
    return max(rhythm.every - held, 0)


def missed(due: Sequence[date], forms: Sequence[date], *, is_over: bool = False) -> list[date]:
    """The days, of those in order on which a measure was due, for which no form came before it was due again.

    For the last of them a form may still come, unless `is_over`. What comes on the day itself belongs to that day.
    """
    ends = [*due[1:], date.max] if is_over else due[1:]
    return [day for day, end in zip(due, ends, strict=False) if not any(day <= form < end for form in forms)]


def _weeks_after(last: date, rhythm: Rhythm) -> date:
    return max(rhythm.starts_on, last + timedelta(weeks=rhythm.every))
