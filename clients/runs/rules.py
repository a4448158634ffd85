"""What a log entry may say. Plain values in, a typed refusal out; no database and no clock."""

from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, timedelta, tzinfo
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from clients.runs.choices import Activity, Context, Effort
from practice.web.refusals import Refused

MOST_AHEAD = timedelta(hours=1)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
MOST_OFFSET_MINUTES = 14 * 60
MOST_MINUTES = 24 * 60
MOST_METRES = 500_000
MOST_WORDS = 10_000
LOWEST_MOOD, HIGHEST_MOOD = 1, 5
FIRST_PRINTABLE = 32


@dataclass(frozen=True, kw_only=True)
class RunEntry:
    """What somebody says about one outing or one rest.

    `started_at` is aware; `utc_offset_minutes` is the offset it was meant in. Minutes are whole,
    distance is in metres, mood runs from 1 (very low) to 5 (very good).
    """

    activity: str
    started_at: datetime
    utc_offset_minutes: int
    minutes: int | None = None
    mood_before: int | None = None
    mood_after: int | None = None
    effort: str = ""
    distance_m: int | None = None
    context: tuple[str, ...] = ()
    journal: str = ""
    share: bool = True


class BadEntry(Refused):
    """The entry says something that cannot be; `field` names what."""

    status: ClassVar[int] = 400


class UnknownActivity(BadEntry):
    code, field = "unknown_activity", "activity"
    message = _("Choose what you did.")


class NoOffset(BadEntry):
    code, field = "no_offset", "started_at"
    message = _("Say which time zone this time is in: end it with an offset such as +01:00, or with Z.")


class ImpossibleOffset(BadEntry):
    code, field = "impossible_offset", "started_at"
    message = _("No place on earth has this offset. Offsets run from -14:00 to +14:00, in whole minutes.")


class TooFarAhead(BadEntry):
    code, field = "run_not_begun", "started_at"
    message = _("This time has not come yet. An entry is about something that has begun.")


class TooLongAgo(BadEntry):
    code, field = "run_too_long_ago", "started_at"
    message = _("Something looks off with the date. Try a date after 1 January 2000.")


class NoSuchTime(BadEntry):
    code, field = "no_such_time", "started_at"
    message = _("The clocks went forward then, so this time did not happen. Try an hour later.")


class MinutesOutOfRange(BadEntry):
    code, field = "minutes_out_of_range", "minutes"
    message = _("Say about how many minutes: from 1 to 1440, which is a whole day.")


class RestHasNoNumbers(BadEntry):
    """Rest is rest: it has no minutes, no distance and no effort."""

    code, field = "rest_has_no_numbers", "minutes"
    message = _("Rest needs no numbers. Leave this empty.")


class MoodOutOfRange(BadEntry):
    code = "mood_out_of_range"
    message = _("Choose a number from 1, very low, to 5, very good.")


class UnknownEffort(BadEntry):
    code, field = "unknown_effort", "effort"
    message = _("Choose one of: could sing, could chat, short phrases, no talking.")


class DistanceOutOfRange(BadEntry):
    code, field = "distance_out_of_range", "distance_m"
    message = _("This distance looks off. It may be up to 500 km, or left empty.")


class UnknownContext(BadEntry):
    code, field = "unknown_context", "context"
    message = _("Choose from the list, each at most once.")


class JournalTooLong(BadEntry):
    code, field = "journal_too_long", "journal"
    message = _("These words are longer than we can keep here: 10,000 characters.")


class HiddenCharacter(BadEntry):
    code, field = "hidden_character", "journal"
    message = _("This text holds a hidden character. Please type it again.")


def checked(entry: RunEntry, now: datetime) -> RunEntry:
    """The entry as it stands, or a BadEntry that names its field. Up to an hour ahead is a clock that runs fast."""
    _check_activity(entry)
    _check_time(entry, now)
    _check_moods(entry)
    _check_distance(entry)
    _check_context(entry)
    _check_journal(entry)
    return entry


def offset_minutes_of(moment: datetime) -> int:
    """The UTC offset that a moment was meant in. Raises NoOffset, or ImpossibleOffset for a broken minute."""
    offset = moment.utcoffset()
    if offset is None:
        raise NoOffset
    minutes, rest = divmod(offset, timedelta(minutes=1))
    if rest:
        raise ImpossibleOffset
    return minutes


def local_moment(wall_clock: datetime, zone: tzinfo) -> datetime:
    """What a clock on the wall showed in a zone; of an hour that came twice, the first.

    Raises NoSuchTime for an hour that was skipped, TooLongAgo and TooFarAhead where no clock can be computed.
    """
    if wall_clock.year < EARLIEST.year:
        raise TooLongAgo
    if wall_clock.year == MAXYEAR:
        raise TooFarAhead
    moment = wall_clock.replace(tzinfo=zone)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall_clock:
        raise NoSuchTime
    return moment


def local_day(started_at: datetime, utc_offset_minutes: int) -> date:
    """The day it was for the person who moved."""
    return (started_at.astimezone(UTC) + timedelta(minutes=utc_offset_minutes)).date()


def _check_activity(entry: RunEntry) -> None:
    if entry.activity not in Activity.values:
        raise UnknownActivity
    if entry.activity == Activity.REST:
        _check_rest(entry)
    elif entry.minutes is None or not 1 <= entry.minutes <= MOST_MINUTES:
        raise MinutesOutOfRange
    if entry.effort and entry.effort not in Effort.values:
        raise UnknownEffort


def _check_rest(entry: RunEntry) -> None:
    for field in ("minutes", "distance_m", "effort"):
        if getattr(entry, field) not in (None, ""):
            raise RestHasNoNumbers(field=field)


def _check_time(entry: RunEntry, now: datetime) -> None:
    if entry.started_at.tzinfo is None:
        raise NoOffset
    if abs(entry.utc_offset_minutes) > MOST_OFFSET_MINUTES:
        raise ImpossibleOffset
    if entry.started_at < EARLIEST:
        raise TooLongAgo
    if entry.started_at > now + MOST_AHEAD:
        raise TooFarAhead


def _check_moods(entry: RunEntry) -> None:
    for field in ("mood_before", "mood_after"):
        mood = getattr(entry, field)
        if mood is not None and not LOWEST_MOOD <= mood <= HIGHEST_MOOD:
            raise MoodOutOfRange(field=field)


def _check_distance(entry: RunEntry) -> None:
    if entry.distance_m is not None and not 1 <= entry.distance_m <= MOST_METRES:
        raise DistanceOutOfRange


def _check_context(entry: RunEntry) -> None:
    if not set(entry.context) <= set(Context.values) or len(set(entry.context)) != len(entry.context):
        raise UnknownContext


def _check_journal(entry: RunEntry) -> None:
    if len(entry.journal) > MOST_WORDS:
        raise JournalTooLong
    if any(ord(letter) < FIRST_PRINTABLE and letter not in "\n\r\t" for letter in entry.journal):
        raise HiddenCharacter
