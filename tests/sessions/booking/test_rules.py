"""When a session may be, on plain values."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sessions.booking import rules
from sessions.booking.rules import Length, When

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-5, Length.NOTHING),
        (0, Length.NOTHING),
        (9, Length.SHORT),
        (10, Length.FITS),
        (240, Length.FITS),
        (241, Length.LONG),
        (10**30, Length.LONG),
    ],
)
def test_ten_to_two_hundred_and_forty_minutes_fit(minutes, said):
    assert rules.length_of(minutes) is said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-31, When.FITS),
        (-31.01, When.TOO_LONG_AGO),
        (366, When.FITS),
        (366.01, When.TOO_FAR_AHEAD),
    ],
)
def test_a_month_back_and_a_year_ahead_fit(days, said):
    assert rules.when_is(NOON + timedelta(days=days), NOON, days_back=31) is said


def test_only_the_outdoors_keeps_time_free_afterwards():
    assert rules.busy_time(NOON, 50, outdoors=False) == (NOON, NOON + timedelta(minutes=50))
    assert rules.busy_time(NOON, 50, outdoors=True) == (NOON, NOON + timedelta(minutes=60))


def test_a_summer_time_is_an_hour_before_utc():
    assert rules.moment(date(2026, 6, 1), time(13), LONDON) == NOON


def test_a_time_the_clocks_jump_over_does_not_exist():
    assert rules.moment(date(2026, 3, 29), time(1, 30), LONDON) is None


def test_of_two_equal_clock_times_the_first_is_meant():
    assert rules.moment(date(2026, 10, 25), time(1, 30), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("week", ["2026-W48", "2000-W01", "2100-W52", "2026-W53"])
def test_a_week_is_written_as_it_is_read(week):
    monday = rules.monday_of(week)

    assert monday is not None
    assert monday.isoweekday() == 1
    assert rules.week_of(monday) == week


@pytest.mark.parametrize(
    "week",
    [
        "",
        "2026",
        "2026-W",
        "2026-W00",
        "2026-W54",
        "2025-W53",
        "1999-W52",
        "9999-W52",
        "٢٠٢٦-W10",
        "x",
        "2026-W1\0",
    ],
)
def test_what_is_no_week_is_none(week):
    assert rules.monday_of(week) is None


def test_an_end_before_the_start_is_less_than_no_minutes():
    assert rules.whole_minutes(NOON, NOON - timedelta(seconds=1)) < 0
