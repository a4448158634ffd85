"""When a measure is due: arithmetic over days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.measures.rules import Rhythm, is_due, missed, next_day, sessions_left

FIRST = date(2026, 6, 1)
WEEK = timedelta(weeks=1)
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def weeks(every=4, **more):
    return Rhythm(every=every, unit="weeks", starts_on=more.pop("starts_on", FIRST), **more)


def by_sessions(every=4, **more):
    return Rhythm(every=every, unit="sessions", starts_on=more.pop("starts_on", FIRST), **more)


@st.composite
def rhythms(draw, units=("weeks", "sessions")):
    """Any plan that the database takes."""
    starts_on = draw(DAYS)
    until = draw(st.none() | st.integers(0, 900))
    paused = draw(st.none() | st.integers(-100, 900))
    rest = draw(st.none() | st.integers(1, 400))
    paused_on = None if paused is None else starts_on + timedelta(days=paused)
    return Rhythm(
        every=draw(st.integers(1, 52)),
        unit=draw(st.sampled_from(units)),
        starts_on=starts_on,
        until=None if until is None else starts_on + timedelta(days=until),
        paused_on=paused_on,
        resumes_on=None if paused_on is None or rest is None else paused_on + timedelta(days=rest),
    )


@pytest.mark.parametrize(
    ("days_after", "due"), [(-1, False), (0, True), (1, True)], ids=["before", "first day", "later"]
)
def test_what_was_never_asked_is_due_from_the_first_day_on(days_after, due):
    assert is_due(weeks(), on=FIRST + timedelta(days=days_after), last=None, held=0) is due


@pytest.mark.parametrize(("days_after", "due"), [(27, False), (28, True), (29, True)])
def test_weeks_are_counted_from_the_last_time(days_after, due):
    assert is_due(weeks(4), on=FIRST + timedelta(days=days_after), last=FIRST, held=0) is due


@pytest.mark.parametrize(("held", "due"), [(0, False), (3, False), (4, True), (5, True)])
def test_sessions_are_counted_from_the_last_time(held, due):
    assert is_due(by_sessions(4), on=FIRST + 9 * WEEK, last=FIRST, held=held) is due


def test_a_form_from_before_the_plan_counts():
    rhythm = weeks(4, starts_on=FIRST + WEEK)

    assert next_day(rhythm, last=FIRST) == FIRST + 4 * WEEK


def test_a_long_gone_form_does_not_make_it_due_before_the_first_day():
    assert next_day(weeks(4), last=FIRST - 30 * WEEK) == FIRST


@pytest.mark.parametrize(("days_after", "due"), [(28, False), (34, False), (35, True)])
def test_a_pause_moves_what_is_due_to_the_day_after_it(days_after, due):
    rhythm = weeks(4, paused_on=FIRST + WEEK, resumes_on=FIRST + 5 * WEEK)

    assert is_due(rhythm, on=FIRST + timedelta(days=days_after), last=FIRST, held=0) is due
    assert next_day(rhythm, FIRST) == FIRST + 5 * WEEK


def test_a_pause_without_an_end_says_no_day():
    rhythm = weeks(4, paused_on=FIRST + WEEK)

    assert next_day(rhythm, FIRST) is None
    assert not is_due(rhythm, on=FIRST + 99 * WEEK, last=FIRST, held=0)


def test_after_the_last_day_nothing_is_due():
    rhythm = weeks(4, until=FIRST + 4 * WEEK)

    assert is_due(rhythm, on=FIRST + 4 * WEEK, last=FIRST, held=0)
    assert not is_due(rhythm, on=FIRST + 5 * WEEK, last=FIRST, held=0)
    assert next_day(rhythm, FIRST + WEEK) is None


@pytest.mark.parametrize(("held", "left"), [(0, 4), (3, 1), (4, 0), (9, 0)])
def test_the_sessions_left_never_go_below_none(held, left):
    assert sessions_left(by_sessions(4), held) == left


@patiently
@given(rhythm=rhythms(), on=DAYS, last=st.none() | DAYS, held=st.integers(0, 60))
def test_nothing_is_due_outside_the_days_of_a_plan(rhythm, on, last, held):
    if is_due(rhythm, on=on, last=last, held=held):
        assert rhythm.starts_on <= on
        assert rhythm.until is None or on <= rhythm.until
        assert not rhythm.rests_on(on)


@patiently
@given(rhythm=rhythms(units=["weeks"]), last=st.none() | DAYS, on=DAYS)
def test_by_weeks_the_next_day_is_the_first_on_which_it_is_due(rhythm, last, on):
    first = next_day(rhythm, last)

    if first is None or on < first:
        assert not is_due(rhythm, on=on, last=last, held=0)
    else:
        assert is_due(rhythm, on=first, last=last, held=0)
        assert is_due(rhythm, on=on, last=last, held=0) == rhythm.asks_on(on)


@patiently
@given(rhythm=rhythms(), forms=st.sets(st.integers(0, 400), max_size=12))
def test_lived_through_day_by_day_nobody_is_asked_twice_within_a_rhythm(rhythm, forms):
    """A client who hands in when they like: each time it is due is at least a rhythm after whatever came last."""
    asked, last = [], None
    for number in range(400):
        day = rhythm.starts_on + timedelta(days=number - 20)
        if number in forms:
            last = day
        if rhythm.unit == "weeks" and is_due(rhythm, on=day, last=last, held=0):
            assert last is None or day >= last + rhythm.every * WEEK
            asked.append(day)
            last = day
            assert not is_due(rhythm, on=day, last=last, held=0)

    assert asked == sorted(set(asked))
    assert all(later - earlier >= rhythm.every * WEEK for earlier, later in pairwise(asked))


@patiently
@given(every=st.integers(1, 52), when=st.lists(st.booleans(), max_size=60))
def test_by_sessions_it_is_due_after_every_so_many(every, when):
    rhythm = by_sessions(every)
    asked, held, last = 0, 0, None
    for number, takes_place in enumerate(when):
        held += takes_place
        if is_due(rhythm, on=FIRST + timedelta(days=number), last=last, held=held):
            asked, held, last = asked + 1, 0, FIRST + timedelta(days=number)

    first = 1 if when else 0
    assert asked == first + (sum(when[1:])) // rhythm.every


@patiently
@given(due=st.sets(DAYS, max_size=9), forms=st.sets(DAYS, max_size=9), is_over=st.booleans())
def test_a_time_is_missed_or_answered_never_both(due, forms, is_over):
    days = sorted(due)

    gaps = missed(days, sorted(forms), is_over=is_over)

    assert set(gaps) <= due
    for day, end in zip(days, [*days[1:], date.max][: len(days)], strict=True):
        came = any(day <= form < end for form in forms)
        is_open = end == date.max and not is_over
        assert (day in gaps) == (not came and not is_open)


def test_a_late_form_answers_the_time_it_came_in_and_the_one_before_is_a_gap():
    due = [FIRST, FIRST + 4 * WEEK, FIRST + 8 * WEEK]

    assert missed(due, [FIRST, FIRST + 9 * WEEK]) == [FIRST + 4 * WEEK]
    assert missed(due, [FIRST + 4 * WEEK]) == [FIRST]


def test_the_last_time_is_a_gap_only_once_no_form_can_come():
    assert missed([FIRST], []) == []
    assert missed([FIRST], [], is_over=True) == [FIRST]
