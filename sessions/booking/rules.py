"""When a session may be, how long it takes, and what time it keeps free. Plain values only."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

LEAST_MINUTES, USUAL_MINUTES, MOST_MINUTES = 10, 50, 240
MOST_DAYS_AHEAD = 366
DAYS_BACK_AT_THE_DESK, DAYS_BACK_FOR_CLINICIANS = 1, 31
MINUTES_TO_WALK_BACK = 10  # after a session outdoors: back to the door, water, dry shoes
FIRST_YEAR, LAST_YEAR = 2000, 2100
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


class Length(StrEnum):
    """What a number of minutes is, for one session."""

    FITS = "fits"
    NOTHING = "nothing"
    SHORT = "short"
    LONG = "long"


class When(StrEnum):
    """Where a moment lies, seen from now."""

    FITS = "fits"
    TOO_LONG_AGO = "too_long_ago"
    TOO_FAR_AHEAD = "too_far_ahead"


class Agreed(StrEnum):
    """Whether a walk or run keeps within the limits of its clearance."""

    FITS = "fits"
    TOO_LONG = "too_long"
    NO_ROUTE = "no_route"
    OTHER_ROUTE = "other_route"
    NOT_CHOSEN = "not_chosen"


def agreed(
    moving: int,
    route: Collection[str] | None,
    *,
    most_minutes: int | None,
    kinds: Collection[str],
    is_clients_choice: bool = False,
) -> Agreed:
    """At most so many minutes of moving, on a route of all these kinds; `route` is what it is like, None for none.

    "chosen" asks for a route that the client has chosen themself, which no route is by itself.
    """
    if most_minutes is not None and moving > most_minutes:
        return Agreed.TOO_LONG
    if kinds and route is None:
        return Agreed.NO_ROUTE
    if not set(kinds) - {"chosen"} <= set(route or ()):
        return Agreed.OTHER_ROUTE
    return Agreed.NOT_CHOSEN if "chosen" in kinds and not is_clients_choice else Agreed.FITS


def moving_minutes(minutes: int, said: int | None, route: int | None) -> int:
    """Minutes of moving in a session of so many: what was said, else what the route takes, at most the whole session.

    Without either, all of it counts: nobody knows how long is spent arriving and cooling down.
    """
    known = route if said is None else said
    return minutes if known is None else min(known, minutes)


def length_of(minutes: int) -> Length:
    """10 to 240 minutes fit; 0 and less would end before it starts."""
    if minutes <= 0:
        return Length.NOTHING
    if minutes < LEAST_MINUTES:
        return Length.SHORT
    return Length.LONG if minutes > MOST_MINUTES else Length.FITS


def when_is(starts_at: datetime, now: datetime, *, days_back: int) -> When:
    """From `days_back` days before now to a year ahead."""
    if starts_at < now - timedelta(days=days_back):
        return When.TOO_LONG_AGO
    return When.TOO_FAR_AHEAD if starts_at > now + timedelta(days=MOST_DAYS_AHEAD) else When.FITS


def whole_minutes(starts_at: datetime, ends_at: datetime) -> int:
    """Minutes from start to end, rounded down; 0 or less where the end is not after the start."""
    return (ends_at - starts_at) // timedelta(minutes=1)


def busy_time(starts_at: datetime, minutes: int, *, outdoors: bool) -> tuple[datetime, datetime]:
    """The session with the time that is kept free after it: ten minutes outdoors, none elsewhere."""
    ends_at = starts_at + timedelta(minutes=minutes)
    return starts_at, ends_at + timedelta(minutes=MINUTES_TO_WALK_BACK if outdoors else 0)


def moment(day: date, at: time, zone: tzinfo) -> datetime | None:
    """That clock time on that day, in UTC; None where the clocks jump over it. Of two such times, the first."""
    local = datetime.combine(day, at.replace(second=0, microsecond=0), tzinfo=zone)
    there_and_back = local.astimezone(UTC).astimezone(zone)
    return (
        local.astimezone(UTC) if there_and_back.replace(tzinfo=None) == local.replace(tzinfo=None) else None
    )


def monday_of(week: str) -> date | None:
    """The Monday of an ISO week such as 2026-W48; None where there is no such week from 2000 to 2100."""
    year, _, number = week.partition("-W")
    if not (len(year) == 4 and len(number) == 2 and (year + number).isascii() and (year + number).isdigit()):  # noqa: PLR2004 - the digits of 2026-W48
        return None
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        return None


def week_of(day: date) -> str:
    """The ISO week of a day, as an address carries it."""
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"
