"""When a number has to be confirmed again, and what the help page must never be without. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

KEEPS_FOR = timedelta(days=180)
"""How long a confirmation holds: product default, no source sets it."""
NEEDED = ("emergency", "crisis")


class Callable(Protocol):
    """What the rules look at of a row."""

    @property
    def need(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def sms(self) -> str: ...


def is_due(verified_on: date | None, today: date) -> bool:
    """Whether somebody should call: nobody ever did, or more than 180 days ago."""
    return verified_on is None or today - verified_on > KEEPS_FOR


def missing_needs(rows: Iterable[Callable]) -> set[str]:
    """Which of emergency and crisis nobody could call or text with these rows."""
    return set(NEEDED) - {row.need for row in rows if row.phone or row.sms}
