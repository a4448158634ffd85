"""How long a record is kept, and when it may go: pure functions over plain values.

The defaults are the ones that the professions publish. They are not the law of a place: a practice checks its own.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from practice.web.refusals import Words

OF_AGE = 18
LEAST_YEARS, MOST_YEARS = 1, 100
LEAST_AGE, MOST_AGE = 18, 100
EXPORT_LASTS = timedelta(hours=24)
ALONE_WAITS = timedelta(days=14)
ALONE_LASTS = timedelta(days=7)
REQUEST_LASTS = timedelta(days=30)
REASONS = ("time_is_over", "client_asked", "mistake")
ENDS_OF_WORK = ("ended", "prospect")
"""Where the work with a client stands when their record may be erased: over, or never begun."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Whole years after the last service; and up to which birthday the record of somebody under age is kept.

    `late_minor_age` is for those who were seventeen when the work ended.
    """

    years: int
    minor_age: int
    late_minor_age: int


@dataclass(frozen=True, kw_only=True)
class Default:
    """What a country's professions say, and the sentence that we show with it."""

    policy: Policy
    sentence: Words


_UK = Policy(years=7, minor_age=25, late_minor_age=26)
DEFAULTS: Mapping[str, Default] = {
    "GB": Default(
        policy=_UK,
        sentence=_(
            "Usual in the United Kingdom: 7 years after the end of the work; the record of a minor until the 25th "
            "birthday, or the 26th if they were 17 when the work ended. The GDPR says: no longer than needed."
        ),
    ),
    "US": Default(
        policy=Policy(years=7, minor_age=21, late_minor_age=21),
        sentence=_(
            "The American Psychological Association says: 7 years after the last service, or 3 years past majority, "
            "whichever is later. States differ, California says 7 years, Arizona 6, Pennsylvania 5: check yours."
        ),
    ),
    "AU": Default(
        policy=Policy(years=7, minor_age=25, late_minor_age=25),
        sentence=_(
            "Usual in Australia: 7 years; the record of a minor until the 25th birthday. Check what your state says."
        ),
    ),
}
ELSEWHERE = Default(
    policy=_UK,
    sentence=_(
        "We know no number for this country, so the United Kingdom's stands here: 7 years, and minors until 25 or 26. "
        "Please set what your country asks for. The GDPR says: no longer than needed."
    ),
)


def default_for(country: str) -> Default:
    """What is usual in the country of that two-letter code."""
    return DEFAULTS.get(country.upper(), ELSEWHERE)


def kept_until(last_service: date, born_on: date | None, policy: Policy) -> date:
    """The last day on which the record must be kept. Where the birth date is not known, the years alone count."""
    by_years = years_after(last_service, policy.years)
    if born_on is None:
        return by_years
    age = age_on(born_on, last_service)
    if age >= OF_AGE:
        return by_years
    until_age = policy.late_minor_age if age == OF_AGE - 1 else policy.minor_age
    return max(by_years, years_after(born_on, until_age))


def years_after(day: date, years: int) -> date:
    """The same day so many years later; the 29th of February becomes the 1st of March, so that no day is lost."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1) if day.year + years <= date.max.year else date.max


def age_on(born_on: date, day: date) -> int:
    """Whole years on that day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def must_be_kept(until: date, today: date) -> bool:
    """Whether the time of keeping still runs; the last day counts."""
    return today <= until


def is_too_old(asked_at: datetime, now: datetime) -> bool:
    """Whether a request to erase has waited so long that it must be asked again."""
    return now - asked_at > REQUEST_LASTS


def has_stood(placed_at: datetime | None, now: datetime) -> bool:
    """Whether somebody's place in the practice is old enough for them to be the second person of an archive."""
    return placed_at is None or now - placed_at >= ALONE_WAITS


def alone_from(asked_at: datetime, last_placed_at: datetime | None) -> datetime:
    """From when whoever is alone may confirm their own archive: so long after asking, and after the last change of people."""
    return max(asked_at, last_placed_at or asked_at) + ALONE_WAITS


def hash_of(reference: str, *, key: bytes) -> str:
    """A reference as a tombstone has it: whoever has the list and not the key cannot try all references through."""
    return hmac.new(key, f"towpath reference {reference}".encode(), sha256).hexdigest()


def hashes_of(reference: str, *, key: bytes) -> list[str]:
    """Every form in which a tombstone may have it. Those of earlier versions took no key, and they never change."""
    return [hash_of(reference, key=key), sha256(f"towpath reference {reference}".encode()).hexdigest()]
