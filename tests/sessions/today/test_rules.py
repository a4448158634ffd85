"""Light and time on one day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sessions.today import rules

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def test_light_lasts_from_civil_dawn_to_civil_dusk():
    light = rules.light_on(date(2026, 6, 1), 51.5, -0.1, LONDON)

    assert light is not None
    assert (light.first.hour, light.last.hour) == (4, 21)


@pytest.mark.parametrize("day", [date(2026, 6, 21), date(2026, 12, 21)])
def test_where_the_sun_stays_up_or_down_there_is_no_answer(day):
    assert rules.light_on(day, 80.0, 15.0, LONDON) is None


def test_an_outing_is_in_the_light_only_as_a_whole():
    light = rules.Light(first=NOON - timedelta(hours=6), last=NOON + timedelta(hours=4))
    noon = (NOON, NOON + timedelta(minutes=50))
    dusk = (NOON + timedelta(hours=3, minutes=30), NOON + timedelta(hours=4, minutes=20))

    assert rules.outside_the_light(light, [noon, dusk]) == 1
    assert rules.outside_the_light(None, [noon, dusk]) == 0


@pytest.mark.parametrize(("ahead", "minutes"), [(50 * 60, 50), (49 * 60 + 1, 50), (0, 0), (-60, 0)])
def test_a_begun_minute_counts_as_one_to_go(ahead, minutes):
    assert rules.whole_minutes_until(NOON + timedelta(seconds=ahead), NOON) == minutes


def test_half_way_is_the_middle():
    assert rules.half_way(NOON, NOON + timedelta(minutes=50)) == NOON + timedelta(minutes=25)


@pytest.mark.parametrize(
    ("hour", "part"), [(8, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening")]
)
def test_the_parts_of_a_day(hour, part):
    assert rules.part_of_day(hour) == part
