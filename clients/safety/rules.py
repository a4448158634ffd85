"""When to look at a safety plan again. Pure."""

from datetime import date, timedelta

USUALLY_AFTER = timedelta(days=90)
"""Product default, as for decisions; no source sets it."""
AT_THE_LATEST = timedelta(days=366)


def is_a_day_to_look_again(day: date, today: date) -> bool:
    """After today and within a year."""
    return today < day <= today + AT_THE_LATEST


def is_due(look_again_on: date, today: date) -> bool:
    """Whether the day has come."""
    return look_again_on <= today
