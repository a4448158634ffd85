"""How long a route takes while two people talk. Golden values are worked out by hand from the formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.pace.rules import (
    PACES,
    pace_for,
    paces_of,
    route_minutes,
    slowness_running,
    slowness_walking,
    stretches,
)

GRADES = st.floats(min_value=-2, max_value=2)
STEPS = st.lists(st.tuples(st.integers(1, 400), st.floats(-40, 40)), min_size=1, max_size=60)


def line(*steps, height=10.0):
    """A line from steps of (metres along, metres up)."""
    points, metres = [[51.5, -0.1, height, 0]], 0
    for along, up in steps:
        metres, height = metres + along, height + up
        points.append([51.5, -0.1, height, metres])
    return points


LEVEL_5_KM = line(*[(100, 0)] * 50)


def minutes(points, mode="walk", pace="chat", **more):
    estimate = route_minutes(points, mode=mode, pace=pace, **more)
    return estimate.least, estimate.minutes, estimate.most


def test_five_level_kilometres_walked_while_chatting_take_an_hour():
    assert minutes(LEVEL_5_KM) == (50, 60, 70)  # 5.0 km/h; 51 and 69 rounded outwards


def test_five_level_kilometres_run_easily_take_thirty_five_minutes():
    assert minutes(LEVEL_5_KM, mode="run") == (25, 35, 40)  # 8.75 km/h: 34.3; 29.1 and 39.4


def test_a_tenth_uphill_walked_takes_forty_two_percent_longer():
    assert minutes(line(*[(100, 10)] * 50)) == (70, 85, 100)  # 60 × e^0.35 = 85.1; 72.4 and 97.9


def test_a_tenth_uphill_run_takes_two_thirds_longer():
    assert minutes(line(*[(100, 10)] * 50), mode="run") == (45, 55, 70)  # 34.29 × 1.658 = 56.9


def test_downhill_saves_a_tenth_at_most():
    assert minutes(line(*[(100, -5)] * 50, height=900)) == (45, 55, 65)  # 60 × 0.90 = 54; 45.9 and 62.1


def test_without_heights_ascent_adds_ten_minutes_for_each_hundred_metres():
    flat = [[51.5, -0.1, None, 0], [51.6, -0.1, None, 5000]]

    assert minutes(flat, ascent_m=120) == (60, 70, 85)  # 60 + 12 = 72; 61.2 and 82.8


def test_without_heights_and_ascent_it_is_planned_as_level():
    flat = [[51.5, -0.1, None, 0], [51.6, -0.1, None, 5000]]

    assert minutes(flat) == minutes(LEVEL_5_KM)


def test_nothing_takes_less_than_five_minutes():
    assert minutes(line((60, 0))) == (5, 5, 5)


@pytest.mark.parametrize(
    ("grade", "slowness"),
    [(0, 1.0), (0.05, 1.1912), (0.10, 1.4191), (-0.05, 0.90), (-0.10, 1.0), (-0.20, 1.4191)],
)
def test_walking_slows_as_tobler_says(grade, slowness):
    assert slowness_walking(grade) == pytest.approx(slowness, abs=1e-4)


@pytest.mark.parametrize(
    ("grade", "slowness"), [(0, 1.0), (0.05, 1.301), (0.10, 1.658), (-0.05, 0.90), (-0.10, 0.90)]
)
def test_running_slows_as_minetti_says(grade, slowness):
    assert slowness_running(grade) == pytest.approx(slowness, abs=1e-3)


def test_a_wobble_within_fifty_metres_is_no_hill():
    wobbling = line(*[(25, 3), (25, -3)] * 20)

    assert {grade for _metres, grade in stretches(wobbling)} == {0}


def test_each_mode_has_its_talking_paces_slowest_first():
    assert [pace.key for pace in paces_of("walk")] == ["sing", "chat", "phrases"]
    assert [pace.key for pace in paces_of("run")] == ["sing", "chat"]
    assert paces_of("sit") == []


def test_a_word_faster_than_talking_is_planned_at_the_fastest_talking_pace():
    assert pace_for("run", "no_talking") == pace_for("run", "chat")


@pytest.mark.parametrize(("mode", "pace"), [("sit", "chat"), ("walk", "gallop"), ("walk", "")])
def test_what_does_not_move_has_no_pace(mode, pace):
    with pytest.raises(ValueError, match="no pace"):
        pace_for(mode, pace)


@given(grade=GRADES, more=st.floats(min_value=0, max_value=1))
def test_a_steeper_climb_is_never_faster(grade, more):
    climb = abs(grade)

    assert slowness_walking(climb + more) >= slowness_walking(climb)
    assert slowness_running(climb + more) >= slowness_running(climb)


@given(grade=GRADES)
def test_no_slope_is_more_than_a_tenth_faster_than_the_level(grade):
    assert slowness_walking(grade) >= 0.90
    assert slowness_running(grade) >= 0.90


@given(steps=STEPS)
def test_stretches_cover_the_line_and_are_fifty_metres_long(steps):
    points = line(*steps)

    lengths = [length for length, _grade in stretches(points)]

    assert sum(lengths) == pytest.approx(points[-1][3])
    assert all(length >= 50 for length in lengths) or len(lengths) == 1


@given(steps=STEPS, pace=st.sampled_from(PACES))
def test_the_range_holds_the_estimate_in_steps_of_five(steps, pace):
    least, about, most = minutes(line(*steps), mode=pace.mode, pace=pace.key)

    assert 5 <= least <= about <= most
    assert {least % 5, about % 5, most % 5} == {0}


@given(lengths=st.lists(st.integers(1, 500), min_size=1, max_size=50), pace=st.sampled_from(PACES))
def test_a_level_line_takes_as_long_the_other_way(lengths, pace):
    there = line(*[(length, 0) for length in lengths])
    back = line(*[(length, 0) for length in reversed(lengths)])

    assert minutes(there, mode=pace.mode, pace=pace.key) == minutes(back, mode=pace.mode, pace=pace.key)


@given(steps=STEPS, extra=st.integers(1, 2000))
def test_a_longer_line_never_takes_less(steps, extra):
    points = line(*steps)
    longer = [*points, [51.5, -0.1, points[-1][2], points[-1][3] + extra]]

    flat = [[*point[:2], None, point[3]] for point in points]
    longer_flat = [[*point[:2], None, point[3]] for point in longer]

    assert minutes(longer_flat)[1] >= minutes(flat)[1]
