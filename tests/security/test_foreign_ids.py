"""T02 and T03: the id of somebody else's row, wherever it is put, is answered like an id that nobody has."""

from typing import Any
from uuid import UUID

import pytest

from tests.security.bodies import BODIES, body_for
from tests.security.bodies_equal import said
from tests.security.callers import undone
from tests.security.ledger import Ledger
from tests.security.matrix import opens
from tests.security.routes import random_id, routes
from tests.security.schema import fields

pytestmark = pytest.mark.django_db
WHO = ("clinician", pytest.param("supervisor", marks=pytest.mark.deep), "client")
SHARED = {
    "route",
    "clinician",
    "practice export",
    "colleague",
    "resource",
}  # the practice's own: everybody who treats works with them
REFUSALS = {400, 403, 404, 405, 422}
QUERY = (
    "client",
    "clinician",
    "screening",
    "session",
    "route",
    "before",
    "after",
    "member",
    "run",
    "summary",
)
CURSORS = (
    pytest.param("client", marks=pytest.mark.deep),
    "run",
    pytest.param("summary", marks=pytest.mark.deep),
)


def attempts():
    """Every door that has an id in its address, with each verb."""
    return [(route, verb) for route in routes() if route.ids for verb in route.verbs]


def attempt(callers, ledger, role, verb, address, body):
    """What is said to an attack, and what it changed."""
    with undone():
        answer = callers.call_for_good(role, verb, address, body)
        return said(answer), ledger.changed()


@pytest.mark.parametrize("role", WHO)
def test_an_address_of_another_care_teams_row_is_the_same_as_none(town, callers, role):
    ledger = Ledger()
    leaks: list[Any] = []

    for route, verb in attempts():
        if not opens(role, route.name, verb):
            continue
        body = None if verb == "GET" else body_for(route.name, town.theirs)
        for name in route.ids:
            if route.kind(name) in SHARED:
                continue
            foreign = route.address(town.ours, **{name: town.theirs.uid(route.kind(name))})
            nowhere = route.address(town.ours, **{name: random_id()})
            answer, changed = attempt(callers, ledger, role, verb, foreign, body)
            if answer[0] not in {*REFUSALS, 302} or changed:
                leaks.append((route.name, verb, answer[0], changed))
            elif answer != attempt(callers, ledger, role, verb, nowhere, body)[0]:
                leaks.append((route.name, verb, "differs from a random id"))

    assert leaks == []


@pytest.mark.parametrize("role", WHO)
def test_a_body_that_names_another_care_teams_row_changes_nothing(town, callers, role):
    ledger, leaks = Ledger(), []

    for route in routes():
        for verb in set(route.verbs) - {"GET"} if route.name in BODIES else ():
            body = body_for(route.name, town.ours)
            for name, kind in relations(body, town):
                if name == "uid" and route.ids:
                    continue  # the form's own id beside the one in the address, which alone counts
                address = route.address(town.ours)
                foreign = {**body, name: town.theirs.uid(kind)}
                answer, changed = attempt(callers, ledger, role, verb, address, foreign)
                nowhere, _none = attempt(callers, ledger, role, verb, address, {**body, name: random_id()})
                if answer[0] not in REFUSALS or changed or answer != nowhere:
                    leaks.append((route.name, verb, name, answer[0], nowhere[0], changed))

    assert leaks == []


def relations(body, town):
    """The fields of a body that name a row of the home, and which."""
    kinds = {town.ours.uid(kind): kind for kind in town.ours.rows if kind not in SHARED}
    return [(name, kinds[value]) for name, value in body.items() if isinstance(value, str) and value in kinds]


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_query_that_names_another_care_teams_row_tells_nothing(town, callers, cursor):
    foreign = {name: town.theirs.uid(name if name in town.theirs.rows else cursor) for name in QUERY}
    foreign["clinician"] = foreign["route"] = random_id()
    nowhere = {name: random_id() for name in QUERY}

    told = [
        route.name
        for route in routes()
        if not route.ids and not route.parameters and "accounts/" not in route.path
        if route.name != "api_docs"
        if said(callers.call("clinician", "GET", route.address(town.ours), foreign))
        != said(callers.call("clinician", "GET", route.address(town.ours), nowhere))
    ]

    assert told == []


def test_nobody_outside_the_staff_who_treat_can_be_put_into_a_record(town, callers):
    """Every relation to a person, given somebody who has no business there."""
    ledger, leaks = Ledger(), []
    doors = [
        "join_care_team",
        "book_session",
        "move_session",
        "register_client",
        "api_clients",
        "api_sessions",
    ]

    for route in [route for route in routes() if route.name in doors]:
        for field in ("member", "clinician"):
            for who in ("client", "other_client", "reception", "former"):
                body = {**body_for(route.name, town.ours), field: str(town.people[who].uid)}
                if field not in body_for(route.name, town.ours):
                    continue
                answer, changed = attempt(
                    callers, ledger, "clinician", "POST", route.address(town.ours), body
                )
                if changed or answer[0] >= 500:
                    leaks.append((route.name, field, who, answer[0], changed))

    assert leaks == []


def test_every_relation_of_the_api_has_been_tried(town, callers):
    """A new body that takes an id must have its line in bodies.py, so that the tests above attack it."""
    wanted = {field.name for field in fields(callers) if field.is_a("uuid") and field.name != "id"}
    tried = {name for body in BODIES.values() for name, value in body(town.ours).items() if _is_uid(value)}

    assert wanted - tried - {"route", "screening"} == set()


def _is_uid(value):
    try:
        return bool(UUID(str(value)))
    except ValueError:
        return False
