"""The line that is kept is the recording's own shape, length and climb."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.routes.geometry import (
    MOST_KEPT_POINTS,
    climbs,
    distances,
    heading,
    known_heights,
    line_of,
    mark_at,
    metres_between,
    simplified,
    smoothed,
)

WALKS = st.lists(
    st.tuples(st.floats(-0.001, 0.001), st.floats(-0.001, 0.001), st.floats(-20, 20)),
    min_size=2,
    max_size=120,
)


def walk(steps):
    fixes = [(51.5, -0.1, 100.0)]
    for north, east, up in steps:
        fixes.append((fixes[-1][0] + north, fixes[-1][1] + east, fixes[-1][2] + up))
    return fixes


def kept(fixes):
    return line_of(fixes, distances(fixes))


def test_a_degree_of_latitude_is_111_kilometres():
    assert metres_between((0, 0, None), (1, 0, None)) == pytest.approx(111_195, abs=1)


def test_across_the_date_line_is_near():
    assert metres_between((0, 179.999, None), (0, -179.999, None)) < 250


def test_a_there_and_back_ends_where_it_starts():
    there = [(51.5 + i / 1000, -0.1, None) for i in range(10)]

    assert kept([*there, *reversed(there)]).is_loop
    assert not kept(there).is_loop


def test_a_wobble_under_three_metres_is_no_climb():
    assert climbs([10, 12, 10, 12, 10, 12]) == (0, 0)


def test_climbs_add_up_there_and_back():
    assert climbs([10, 20, 30, 20, 10]) == (20, 20)


def test_heights_are_means_over_fifty_metres():
    assert smoothed([0, 20, 40, 60], [0, 10, 20, 30]) == [5, 10, 20, 25]


def test_a_recording_of_zeros_has_no_heights():
    assert known_heights([(0, 0, 0.0), (0, 1, 0.0)]) == []


def test_a_recording_with_few_heights_has_none():
    assert known_heights([(0, 0, 5.0), (0, 1, None)]) == []


def test_a_height_off_the_earth_takes_the_one_before():
    fixes = [(0, i, 5.0) for i in range(20)]
    fixes[7] = (0, 7, 40_000.0)

    assert known_heights(fixes) == [5.0] * 20


def test_a_hill_on_a_straight_path_is_kept():
    fixes = [(51.5 + i * 0.0001, -0.1, 100 - abs(i - 1500) / 15) for i in range(3000)]

    line = kept(fixes)

    assert len(line.points) <= MOST_KEPT_POINTS
    assert max(point[2] for point in line.points) == pytest.approx(100, abs=0.5)


def test_a_corner_is_kept_within_a_few_metres():
    east = [(51.5, -0.1 + i * 0.0001, None) for i in range(1000)]
    north = [(51.5 + i * 0.0001, east[-1][1], None) for i in range(1, 1000)]
    fixes = east + north

    assert {998, 999, 1000} & set(simplified(fixes, distances(fixes), []))


def test_standing_still_adds_nothing():
    fixes = [(51.5, -0.1, None)] * 3000 + [(51.51, -0.1, None)]

    line = kept(fixes)

    assert line.distance_m == 1112
    assert len(line.points) <= 3


@pytest.mark.parametrize(
    ("there", "eighth"), [((1, 0), 0), ((1, 1), 1), ((0, 1), 2), ((-1, 0), 4), ((0, -1), 6)]
)
def test_a_heading_is_an_eighth_of_the_compass(there, eighth):
    assert heading((0, 0), there) == eighth


def test_a_mark_is_the_last_point_passed():
    points = [[1, 1, None, 0], [2, 2, None, 100], [3, 3, None, 200]]

    assert mark_at(points, 150) == (2, 2)


@settings(max_examples=80, deadline=None)
@given(steps=WALKS)
def test_a_kept_line_begins_and_ends_as_the_recording_does(steps):
    fixes = walk([(0.0005, 0, 0), *steps])

    line = kept(fixes)

    assert line.points[0][:2] == [round(fixes[0][0], 6), round(fixes[0][1], 6)]
    assert line.points[-1][:2] == [round(fixes[-1][0], 6), round(fixes[-1][1], 6)]
    assert [point[3] for point in line.points] == sorted(point[3] for point in line.points)
    assert line.points[-1][3] == line.distance_m
    assert len(line.profile) <= 200


@settings(max_examples=80, deadline=None)
@given(steps=WALKS)
def test_a_line_climbs_the_other_way_what_it_fell(steps):
    fixes = walk([(0.0005, 0, 0), *steps])

    up, down = climbs([fix[2] for fix in fixes])

    assert up - down == pytest.approx(fixes[-1][2] - fixes[0][2], abs=3)


def test_the_same_recording_keeps_the_same_600_points():
    chance = Random(7)
    fixes = walk(
        [
            (chance.uniform(0, 0.0005), chance.uniform(-0.001, 0.001), chance.uniform(-5, 5))
            for _step in range(3000)
        ]
    )

    line = kept(fixes)

    assert line == kept(fixes)
    assert len(line.points) == MOST_KEPT_POINTS
