"""What holds about a client's details: pure functions over plain values."""

import hashlib
from datetime import date

OLDEST_YEARS = 120


def reference_after(highest: int) -> str:
    """The reference that follows the highest number given so far (0 for none): TP-0001, TP-0002, …"""
    return f"TP-{highest + 1:04d}"


def could_be_born_on(born_on: date, today: date) -> bool:
    """Not in the future, and not longer ago than anybody lives."""
    return date(max(today.year - OLDEST_YEARS, 1), 1, 1) <= born_on <= today


def age_on(born_on: date, day: date) -> int:
    """Whole years on that day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def fingerprint(*words: object) -> str:
    """A short mark of what a form showed; it changes when any of the words does."""
    return hashlib.sha256(repr([str(word) for word in words]).encode()).hexdigest()[:16]
