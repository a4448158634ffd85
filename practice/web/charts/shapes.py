"""What the charts are drawn from: plain frozen values, no Django, no database.

Dates and times come in already local. Words come in already translated.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Reliable(StrEnum):
    """How a score stands against the first one. The rule that decides it lives with the measures."""

    NO = ""
    LOWER = "lower"
    HIGHER = "higher"


class Mode(StrEnum):
    """The way a session is held."""

    SIT = "sit"
    WALK = "walk"
    RUN = "run"


class Day(StrEnum):
    """What one day holds on a strip of days. Rest is as much ink as movement."""

    BLANK = "blank"
    MOVED = "moved"
    SESSION = "session"
    REST = "rest"


class Pin(StrEnum):
    """What a lettered point on a route map stands for; only the turning point is drawn solid."""

    PLACE = "place"
    TURN = "turn"


@dataclass(frozen=True, kw_only=True)
class Band:
    """A severity band: scores from `least` to `most`, both included."""

    word: str
    least: float
    most: float


@dataclass(frozen=True, kw_only=True)
class MeasurePoint:
    """One form. `score` is None when none came in ("no form"); an incomplete form is drawn hollow.

    `change` says for the table what the difference to the first form means.
    """

    on: date
    score: float | None
    complete: bool = True
    reliable: Reliable = Reliable.NO
    change: str = ""


@dataclass(frozen=True, kw_only=True)
class MarkRow:
    """Marks under the plot, such as one item of the form: filled above 0, a ring at 0."""

    label: str
    marks: Sequence[tuple[date, int]]


@dataclass(frozen=True, kw_only=True)
class MeasureSeries:
    """A measure over time. `finding` is the sentence that a reader should take away.

    `baseline` and `reliable_change` draw the dashed lines; either None draws none.
    Points further apart than `gap_days` are not joined, nor is anything to an incomplete or a missing form.
    """

    name: str
    finding: str
    highest: float
    points: Sequence[MeasurePoint]
    lowest: float = 0
    bands: Sequence[Band] = ()
    cut_off: float | None = None
    baseline: float | None = None
    reliable_change: float | None = None
    sessions: Sequence[date] = ()
    item_row: MarkRow | None = None
    gap_days: int = 56


@dataclass(frozen=True, kw_only=True)
class Week:
    """Seven days from `starts_on`, and the minutes moved, by session and by oneself."""

    starts_on: date
    days: Sequence[Day]
    session_minutes: int = 0
    own_minutes: int = 0


@dataclass(frozen=True, kw_only=True)
class MoodPair:
    """One outing with both moods, each 1 (very low) to 5 (very good)."""

    on: date
    what: str
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class MoodChange:
    """Outings newest first. `entries` counts all log entries, also those without both moods."""

    pairs: Sequence[MoodPair]
    entries: int


@dataclass(frozen=True, kw_only=True)
class ProfilePoint:
    """Height above sea level at a distance along the route, both in metres."""

    distance_m: float
    height_m: float


@dataclass(frozen=True, kw_only=True)
class MapPoint:
    """A point of the line, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, kw_only=True)
class MapPin:
    """A lettered point beside the line; its letter is explained in the list beside the map."""

    letter: str
    latitude: float
    longitude: float
    kind: Pin = Pin.PLACE


@dataclass(frozen=True, kw_only=True)
class RibbonBlock:
    """One session on the day ribbon, with the minutes kept free after it."""

    starts_at: datetime
    ends_at: datetime
    mode: Mode
    label: str
    buffer_minutes: int = 0
    is_done: bool = False


@dataclass(frozen=True, kw_only=True)
class DayRibbon:
    """A day of light and sessions. Where there is no dusk, `first_light` and `last_light` are None."""

    day: date
    label: str
    first_light: datetime | None
    last_light: datetime | None
    blocks: Sequence[RibbonBlock] = ()
    now: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ChartTable:
    """The same facts as a table, for the reader who does not see the picture."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]] = field(default_factory=tuple)

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Each row as (head of the column, cell): on a phone a row becomes a card that names its cells."""
        return [list(zip(self.head, row, strict=False)) for row in self.rows]
