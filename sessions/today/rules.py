"""Light and time on one day: plain values only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from astral import Observer
from astral.sun import dawn, dusk

MORNING_ENDS, AFTERNOON_ENDS = 12, 18


@dataclass(frozen=True, kw_only=True)
class Light:
    """From civil dawn to civil dusk: light enough to see the path. Local times."""

    first: datetime
    last: datetime

    def holds(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether all of it is in the light."""
        return self.first <= starts_at and ends_at <= self.last


def light_on(day: date, latitude: float, longitude: float, zone: tzinfo) -> Light | None:
    """The light of a day at a place; None where the sun does not set, or does not rise."""
    observer = Observer(latitude=latitude, longitude=longitude)
    try:
        return Light(first=dawn(observer, day, tzinfo=zone), last=dusk(observer, day, tzinfo=zone))
    except ValueError:
        return None


def whole_minutes_until(moment: datetime, now: datetime) -> int:
    """Minutes to go, begun ones counted; 0 once it is here."""
    return max(-((now - moment) // timedelta(minutes=1)), 0)


def half_way(starts_at: datetime, ends_at: datetime) -> datetime:
    """When to turn for home, so that the end is where the beginning was."""
    return starts_at + (ends_at - starts_at) / 2


def part_of_day(hour: int) -> str:
    """morning until noon, afternoon until six, then evening."""
    if hour < MORNING_ENDS:
        return "morning"
    return "afternoon" if hour < AFTERNOON_ENDS else "evening"


def outside_the_light(light: Light | None, outings: Iterable[tuple[datetime, datetime]]) -> int:
    """How many of these times outdoors are not wholly in the light; 0 where the light is not known."""
    return sum(not light.holds(*outing) for outing in outings) if light else 0
