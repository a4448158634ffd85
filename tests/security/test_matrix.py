"""T01: every door, every role, every verb against the table that is checked in."""

import os

import pytest

from tests.security import matrix
from tests.security.town import ROLES

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def found(town, callers):
    """What people get at every door now, and the table brought up to date where that was asked for."""
    table = matrix.read()
    now = {
        door: matrix.answers(callers, route, door[1], town.ours, matrix.worth_asking(table.get(door)))
        for door, route in matrix.doors()
    }
    if os.environ.get(matrix.WRITE):
        matrix.write({door: table.get(door, line) for door, line in now.items()})
    return now


def differences(found):
    """The answers that are not those of the table, as sentences."""
    table = matrix.read()
    return [
        f"{name} {verb} as {role}: {answer}, the table says {table[name, verb][role]}"
        for (name, verb), line in found.items()
        if (name, verb) in table
        for role, answer in line.items()
        if answer != table[name, verb][role]
    ]


def test_every_door_has_a_line_in_the_table(found):
    assert sorted(set(found) - set(matrix.read())) == []


def test_every_line_of_the_table_has_a_door(found):
    assert sorted(set(matrix.read()) - set(found)) == []


def test_everybody_gets_what_the_table_says(found):
    assert differences(found) == []


def test_every_id_in_an_address_is_known(town):
    """A new kind of row wants a line in routes.py and a row in town.py, so that all these suites attack it."""
    unknown = {
        (route.name, name)
        for _door, route in matrix.doors()
        for name in route.ids
        if route.kind(name) not in town.ours.rows
    }

    assert unknown == set()


def test_no_door_breaks_for_anybody():
    assert [door for door, line in matrix.read().items() if "500" in line.values()] == []


@pytest.mark.deep
def test_everybody_gets_what_the_table_says_also_where_all_get_the_same(town, callers):
    asked = {
        door: matrix.answers(callers, route, door[1], town.ours, ROLES) for door, route in matrix.doors()
    }

    assert differences(asked) == []
