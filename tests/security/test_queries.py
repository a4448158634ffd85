"""T22 and T23: parameters from an allow-list, bodies of a bounded size and shape; the rest is ignored or refused."""

import json
import re
from typing import Any

import pytest

from tests.security.bodies import body_for
from tests.security.bodies_equal import said
from tests.security.callers import undone
from tests.security.hostile import ODD
from tests.security.ledger import Ledger
from tests.security.matrix import opens
from tests.security.routes import routes
from tests.security.schema import fields

pytestmark = pytest.mark.django_db
LISTS = [
    route
    for route in routes()
    if not route.parameters and "accounts/" not in route.path and "GET" in route.verbs
    if route.name != "api_docs"  # a page about the API that holds its own address
]
ENDPOINTS = [route for route in routes() if route.is_api and {"POST", "PUT", "PATCH"} & set(route.verbs)]
LOOKUPS = {
    "order_by": "member__user__password",
    "ordering": "-client__data_key",
    "sort": "1; DROP TABLE clients_client",
    "filter": "name__regex",
    "_connector": "OR 1=1 OR",
    "_negated": "true",
    "client__name__startswith": "S",
    "member__user__password__startswith": "argon2",
    "uid__in": "x",
    "pk": "1",
    "id": "1",
    "expand": "client,member",
    "fields": "password,data_key",
    "include": "notes",
    "format": "json",
    "limit": "1000000",
    "offset": "-1",
    "page_size": "1000000",
    "raw": "1",
    "debug": "1",
    "__class__": "x",
    "q": "%",
}
ODD_VALUES = [
    "\x00", "9" * 20, "9999-12-31", "9999-W53 🌲", "\x1b[2J", "9" * 400, "-1", "1e309", "NaN", "٣", "null", "[]", "{}",
    "true", "%", "'", "\\", "\u202e", "0000-00-00", "2026-W00", "00000000-0000-0000-0000-000000000000",
]  # fmt: skip
QUICK = {"clinician": range(1), "client": range(1)}  # places in ODD_VALUES; the rest is for the night
NAMES = (
    "q", "week", "before", "after", "kind", "status", "page", "client", "days", "date", "time", "minutes", "mode", "route",
    "pace", "next", "since", "until", "page_size", "cursor", "clinician", "month", "place", "state", "archived", "member",
    "action", "day", "part", "offset", "limit",
)  # fmt: skip
BREAKING_BODIES = {
    "nesting": "[" * 20_000 + "]" * 20_000,
    "nested objects": '{"a":' * 20_000 + "1" + "}" * 20_000,
    "a huge whole": '{"version": ' + "9" * 5_000 + ', "minutes": ' + "9" * 5_000 + "}",
    "no number": '{"minutes": NaN, "version": Infinity, "name": -Infinity}',
    "a list": "[]",
    "nothing": "null",
    "a word": '"name"',
    "a number": "1",
    "half": '{"name": ',
    "other letters": '{"name": "x"}'.encode("utf-16"),
    "broken letters": b'{"name": "\xff\xfe"}',
    "a lone surrogate": '{"name": "\\ud800", "text": "\\udfff", "rationale": "\\ud800", "journal": "\\ud800"}',
    "a null": '{"name": "a\\u0000b", "text": "a\\u0000b", "reason": "\\u0000"}',
    "twice the same key": '{"name": "a", "name": {"$ne": 1}, "client": [], "client": {}}',
    "keys from elsewhere": '{"__proto__": {"is_staff": true}, "constructor": 1, "__class__": "x"}',
}


@pytest.mark.parametrize("role", ["clinician", pytest.param("client", marks=pytest.mark.deep)])
def test_parameters_that_no_page_knows_change_no_answer(town, callers, role):
    unknown = {
        name: value for name, value in LOOKUPS.items() if name not in {"page_size", "q", "format", "sort"}
    }

    differing = [
        route.name
        for route in LISTS
        for address in [route.address(town.ours)]
        for plain in [callers.call(role, "GET", address)]
        if plain.status_code == 200
        if without_links(plain) != without_links(callers.call(role, "GET", address, unknown))
    ]

    assert differing == []


def without_links(answer):
    """A link to the same page in another state takes the parameters along, as text."""
    return re.sub(r'href="\?[^"]*"', "", said(answer)[2])


@pytest.mark.parametrize(
    ("role", "odd"),
    [
        pytest.param(role, odd, marks=() if place in QUICK[role] else pytest.mark.deep)
        for role in ("clinician", "client")
        for place, odd in enumerate(ODD_VALUES)
    ],
)
def test_odd_values_of_every_parameter_break_nothing(town, callers, role, odd):
    """Also of pages with an id, and of those that take no parameter at all."""
    parameters = dict.fromkeys(NAMES, odd)

    broken = [
        route.name
        for route in routes()
        if opens(role, route.name) and route.name != "readyz"
        if callers.call(role, "GET", route.address(town.ours), parameters).status_code >= 500
    ]

    assert broken == []


@pytest.mark.parametrize("body", BREAKING_BODIES.values(), ids=BREAKING_BODIES)
def test_a_body_of_the_wrong_shape_is_refused_by_every_endpoint(town, callers, body):
    ledger, taken = Ledger(), []

    for route in ENDPOINTS:
        if not body_for(route.name, town.ours) or route.name == "api_routes":
            continue
        for verb in {"POST", "PUT", "PATCH"} & set(route.verbs):
            with undone():
                answer = callers.call_for_good(
                    "clinician", verb, route.address(town.ours), body, content_type="application/json"
                )
                if not 400 <= answer.status_code < 500 or ledger.changed():
                    taken.append((route.name, verb, answer.status_code))

    assert taken == []


def test_ten_megabytes_are_too_much_for_every_endpoint(town, callers):
    body = json.dumps({"name": "W" * 10_000_000})

    wrong = {
        route.name: answer.status_code
        for route in ENDPOINTS
        if body_for(route.name, town.ours) and route.name != "api_routes"
        for verb in [next(iter({"POST", "PUT", "PATCH"} & set(route.verbs)))]
        for answer in [
            callers.call("clinician", verb, route.address(town.ours), body, content_type="application/json")
        ]
        if answer.status_code not in {403, 413}
    }

    assert wrong == {}


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=() if kind in {"a null", "line ends", "a breaker"} else pytest.mark.deep)
        for kind in ODD
    ],
)
def test_every_text_of_the_api_comes_back_as_it_was_sent_or_is_refused(town, callers, kind):
    wrong, tried, odd = [], 0, ODD[kind]

    for field in (field for field in fields(callers) if field.is_text):
        route, verb, name = field.route, field.verb, field.name
        body = {**body_for(route.name, town.ours), name: odd}
        for role in ("clinician", "client") if "runs" in route.path else ("clinician",):
            answer = callers.call(role, verb, route.address(town.ours), body)
            tried += 1
            back = json.loads(answer.content) if answer.status_code < 300 else {}
            if answer.status_code >= 500 or back.get(name, odd.strip()) != odd.strip():
                wrong.append((route.name, verb, name, answer.status_code))

    assert wrong == []
    assert tried > 10


LIES = {
    "uid": "99999999-9999-4999-8999-999999999999",
    "tenant": 2,
    "owner": 1,
    "role": "owner",
    "roles": ["owner"],
    "rights": ["break_glass"],
    "is_staff": True,
    "is_superuser": True,
    "is_active": False,
    "signed_at": "2020-01-01T00:00:00Z",
    "signed_by": 1,
    "created_by": 1,
    "created_at": "2020-01-01T00:00:00Z",
    "client_id": 1,
    "member": 1,
    "data_key": 1,
    "decided_by": 1,
    "logged_by": 1,
    "asked_by": 1,
    "state": "completed",
    "seal": "x",
    "pk": 1,
}


@pytest.mark.parametrize("role", ["clinician", pytest.param("reception", marks=pytest.mark.deep), "client"])
def test_fields_that_nobody_asked_for_are_refused_by_the_api_and_overlooked_by_pages(town, callers, role):
    ledger = Ledger()
    wrong: list[Any] = []

    for route in routes():
        body = body_for(route.name, town.ours)
        lies = {name: value for name, value in LIES.items() if name not in body}
        for verb in set(route.verbs) - {"GET", "DELETE"} if body and "file" not in body else ():
            with undone():
                answer = callers.call_for_good(role, verb, route.address(town.ours), {**body, **lies})
                changed = ledger.changed()
                if answer.status_code >= 500 or (route.is_api and (answer.status_code < 400 or changed)):
                    wrong.append((route.name, verb, answer.status_code, changed))
            honest = callers.call(role, verb, route.address(town.ours), body)
            if not route.is_api and honest.status_code != answer.status_code:
                wrong.append((route.name, verb, "differs", honest.status_code, answer.status_code))

    assert wrong == []
