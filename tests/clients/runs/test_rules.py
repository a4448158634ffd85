from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.runs import rules
from clients.runs.choices import Activity, Context, Effort
from tests.factories import MONDAY_NOON

WALK = rules.RunEntry(
    activity="walk", started_at=MONDAY_NOON - timedelta(hours=2), utc_offset_minutes=60, minutes=20
)
LONDON = ZoneInfo("Europe/London")


def _checked(**changes: object) -> rules.RunEntry:
    return rules.checked(replace(WALK, **changes), MONDAY_NOON)  # type: ignore[arg-type]


def test_a_walk_of_twenty_minutes_stands():
    assert _checked() == WALK


def test_five_minutes_count_and_so_does_one():
    assert _checked(minutes=1).minutes == 1


def test_a_whole_day_is_the_most():
    assert _checked(minutes=1440).minutes == 1440


@pytest.mark.parametrize("minutes", [None, -1, 0, 1441, 5000])
def test_minutes_run_from_1_to_1440(minutes):
    with pytest.raises(rules.MinutesOutOfRange) as refusal:
        _checked(minutes=minutes)

    assert refusal.value.field == "minutes"


def test_rest_has_no_minutes():
    assert _checked(activity="rest", minutes=None).minutes is None


@pytest.mark.parametrize(("field", "value"), [("minutes", 5), ("distance_m", 100), ("effort", "chat")])
def test_rest_with_a_number_is_refused_at_its_field(field, value):
    numbers = {"minutes": None} | {field: value}

    with pytest.raises(rules.RestHasNoNumbers) as refusal:
        _checked(activity="rest", **numbers)

    assert refusal.value.field == field


def test_an_unknown_activity_is_refused():
    with pytest.raises(rules.UnknownActivity):
        _checked(activity="sprint")


def test_an_unknown_effort_is_refused():
    with pytest.raises(rules.UnknownEffort):
        _checked(effort="110 percent")


@pytest.mark.parametrize("field", ["mood_before", "mood_after"])
@pytest.mark.parametrize("mood", [-1, 0, 6, 9])
def test_mood_runs_from_1_to_5(field, mood):
    with pytest.raises(rules.MoodOutOfRange) as refusal:
        _checked(**{field: mood})

    assert refusal.value.field == field


@pytest.mark.parametrize("metres", [-5, 0, 500_001])
def test_a_distance_is_up_to_500_km(metres):
    with pytest.raises(rules.DistanceOutOfRange):
        _checked(distance_m=metres)


@pytest.mark.parametrize("context", [("moon",), ("alone", "alone")])
def test_context_is_from_the_list_and_each_once(context):
    with pytest.raises(rules.UnknownContext):
        _checked(context=context)


def test_words_of_more_than_ten_thousand_characters_are_refused():
    with pytest.raises(rules.JournalTooLong):
        _checked(journal="a" * 10_001)


@pytest.mark.parametrize("letter", ["\0", "\x07", "\x1b"])
def test_a_hidden_character_is_refused(letter):
    with pytest.raises(rules.HiddenCharacter):
        _checked(journal=f"calm{letter}er")


@pytest.mark.parametrize("words", ["Sun 🌞 and 🏃🏽‍♀️", "شعرت بهدوء", "<b>loud</b>", "one\r\n\ttwo"])
def test_words_stay_as_they_were_written(words):
    assert _checked(journal=words).journal == words


def test_a_clock_that_is_an_hour_fast_is_believed():
    _checked(started_at=MONDAY_NOON + timedelta(hours=1))


def test_more_than_an_hour_ahead_is_refused():
    with pytest.raises(rules.TooFarAhead) as refusal:
        _checked(started_at=MONDAY_NOON + timedelta(hours=1, seconds=1))

    assert refusal.value.field == "started_at"


def test_ahead_is_told_by_the_moment_and_not_by_the_clock_on_the_wall():
    there = timezone(timedelta(hours=14))

    _checked(started_at=MONDAY_NOON.astimezone(there), utc_offset_minutes=14 * 60)


def test_the_last_century_is_refused():
    with pytest.raises(rules.TooLongAgo):
        _checked(started_at=datetime(1026, 6, 1, 12, tzinfo=UTC))


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_time_are_refused_and_not_computed_with(year):
    edge = datetime(year, 1, 1, tzinfo=timezone(timedelta(hours=14)))

    with pytest.raises(rules.BadEntry):
        _checked(started_at=edge)


def test_a_time_without_an_offset_is_refused():
    with pytest.raises(rules.NoOffset):
        _checked(started_at=datetime(2026, 6, 1, 9))  # noqa: DTZ001 the point of it


@pytest.mark.parametrize("minutes", [-14 * 60 - 1, 14 * 60 + 1])
def test_an_offset_beyond_fourteen_hours_is_refused(minutes):
    with pytest.raises(rules.ImpossibleOffset):
        _checked(utc_offset_minutes=minutes)


@pytest.mark.parametrize(("hours", "minutes"), [(14, 840), (-9.5, -570), (0, 0), (5.75, 345)])
def test_the_offset_is_read_off_the_time(hours, minutes):
    moment = MONDAY_NOON.astimezone(timezone(timedelta(hours=hours)))

    assert rules.offset_minutes_of(moment) == minutes


def test_an_offset_with_seconds_is_refused():
    with pytest.raises(rules.ImpossibleOffset):
        rules.offset_minutes_of(MONDAY_NOON.astimezone(timezone(timedelta(seconds=75))))


def test_a_naive_time_has_no_offset_to_read():
    with pytest.raises(rules.NoOffset):
        rules.offset_minutes_of(datetime(2026, 6, 1, 9))  # noqa: DTZ001 the point of it


def test_the_hour_that_the_clocks_skip_did_not_happen():
    with pytest.raises(rules.NoSuchTime):
        rules.local_moment(datetime(2026, 3, 29, 1, 30), LONDON)  # noqa: DTZ001 a clock on a wall


def test_of_an_hour_that_comes_twice_the_first_is_meant():
    moment = rules.local_moment(datetime(2026, 10, 25, 1, 30), LONDON)  # noqa: DTZ001 a clock on a wall

    assert moment.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_day_is_the_day_of_the_place():
    late = datetime(2026, 6, 1, 11, 30, tzinfo=UTC)

    assert rules.local_day(late, 14 * 60) == date(2026, 6, 2)


entries = st.builds(
    rules.RunEntry,
    activity=st.sampled_from([*Activity.values, "sprint"]),
    started_at=st.datetimes(timezones=st.timezones()),
    utc_offset_minutes=st.integers(-2000, 2000),
    minutes=st.none() | st.integers(-10, 2000),
    mood_before=st.none() | st.integers(-1, 7),
    mood_after=st.none() | st.integers(-1, 7),
    effort=st.sampled_from(["", *Effort.values, "hard"]),
    distance_m=st.none() | st.integers(-10, 600_000),
    context=st.lists(st.sampled_from([*Context.values, "moon"]), max_size=3).map(tuple),
    journal=st.text(max_size=50),
    share=st.booleans(),
)


def _refusal_of(entry):
    try:
        rules.checked(entry, MONDAY_NOON)
    except rules.BadEntry as refusal:
        return refusal
    return None


@given(entry=entries)
def test_a_refused_entry_is_refused_at_a_field_of_its_own(entry):
    refusal = _refusal_of(entry)

    assert refusal is None or hasattr(entry, refusal.field)


@given(entry=entries)
def test_an_entry_that_stands_holds_what_the_database_wants(entry):
    if _refusal_of(entry):
        return

    assert (entry.minutes is None) == (entry.activity == "rest")
    assert entry.started_at <= MONDAY_NOON + timedelta(hours=1)
    assert rules.local_day(entry.started_at, entry.utc_offset_minutes)
