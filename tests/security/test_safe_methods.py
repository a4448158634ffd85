"""T33 and T34: reading changes nothing, and no trick makes a read a write or JSON of a form."""

import pytest

from tests.security.bodies import body_for
from tests.security.bodies_equal import said
from tests.security.callers import undone
from tests.security.ledger import Ledger
from tests.security.matrix import opens
from tests.security.routes import routes

pytestmark = pytest.mark.django_db
SAFE = ("GET", "HEAD", "OPTIONS")
WHO = ("clinician", "client")
OVERRIDES = {
    "HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE",
    "HTTP_X_METHOD_OVERRIDE": "DELETE",
    "HTTP_X_HTTP_METHOD": "PUT",
}
ENDPOINTS = [route for route in routes() if route.is_api and route.name not in {"api_docs", "api_schema"}]
KEEPS = {
    "account_email": {"account_emailaddress"},
    "account_reset_password_from_key": {"account_emailaddress"},
}
"""The page about one's address, and the one that a letter leads to who forgot a password, first note down the address that
the practice wrote: a row about nobody else, once."""

AT_NIGHT = {("HEAD", "clinician"), ("OPTIONS", "clinician"), ("OPTIONS", "client")}
PAIRS = [
    pytest.param(verb, role, marks=pytest.mark.deep if (verb, role) in AT_NIGHT else ())
    for verb in SAFE
    for role in WHO
]


@pytest.mark.parametrize(("verb", "role"), PAIRS)
def test_reading_changes_nothing_but_the_trail(town, callers, role, verb):
    ledger, changes = Ledger(), []

    for route in routes():
        if not opens(role, route.name):
            continue
        with undone():
            callers.call_for_good(role, verb, route.address(town.ours), None if verb == "OPTIONS" else BODY)
            if changed := ledger.changed() - KEEPS.get(route.name, set()):
                changes.append((route.name, changed))

    assert changes == []


BODY = {"_method": "DELETE", "action": "delete", "logout": "1", "confirm": "yes", "state": "completed"}


def test_a_method_in_a_header_or_in_the_body_is_not_taken(town, callers):
    ledger, taken = Ledger(), []

    for route in ENDPOINTS:
        if "GET" not in route.verbs:
            continue
        address = route.address(town.ours)
        with undone():
            plain = said(callers.call_for_good("clinician", "GET", address))
            tricked = said(
                callers.call_for_good("clinician", "GET", address, {"_method": "DELETE"}, **OVERRIDES)
            )
            if plain != tricked or ledger.changed():
                taken.append(route.name)

    assert taken == []


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain", "text/xml", ""])
def test_the_api_takes_nothing_but_its_own_content_type(town, callers, content_type):
    ledger, taken = Ledger(), []

    for route in ENDPOINTS:
        for verb in {"POST", "PUT", "PATCH"} & set(route.verbs):
            if not body_for(route.name, town.ours):
                continue
            with undone():
                answer = callers.call_for_good(
                    "clinician", verb, route.address(town.ours), '{"name": "x"}', content_type=content_type
                )
                if answer.status_code not in {400, 403, 415} or ledger.changed():
                    taken.append((route.name, verb, answer.status_code))

    assert taken == []


def test_a_page_does_not_take_json(town, callers):
    ledger = Ledger()
    address = next(route for route in routes() if route.name == "edit_client").address(town.ours)

    with undone():
        answer = callers.call_for_good(
            "clinician", "POST", address, '{"name": "Sam"}', content_type="application/json"
        )
        changed = ledger.changed()

    assert answer.status_code in {200, 400, 415, 422}
    assert changed == set()


def test_the_browsable_api_is_off(town, callers):
    address = next(route for route in ENDPOINTS if route.name == "api_clients").address(town.ours)

    asked = callers.call("clinician", "GET", address, {"format": "api"})
    wished = callers.call("clinician", "GET", address, HTTP_ACCEPT="text/html")

    assert asked.status_code == 404
    assert wished.status_code == 406


def test_an_address_without_its_last_slash_changes_nothing(town, callers):
    ledger, taken = Ledger(), []

    for route in ENDPOINTS:
        for verb in set(route.verbs) - {"GET"}:
            with undone():
                address = route.address(town.ours).removesuffix("/")
                answer = callers.call_for_good("clinician", verb, address, body_for(route.name, town.ours))
                if answer.status_code < 300 or answer.status_code >= 500 or ledger.changed():
                    taken.append((route.name, verb, answer.status_code))

    assert taken == []
