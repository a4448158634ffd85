"""T28: what is handed out as a file is for one person, is kept by nobody on the way, and leaves a line in the trail."""

import pytest

from practice.audit.models import AuditEvent
from tests.security.bodies import body_for
from tests.security.callers import undone
from tests.security.matrix import opens
from tests.security.routes import random_id, routes
from tests.security.town import ROLES

pytestmark = pytest.mark.django_db
PAGES = ("text/html", "application/json", "application/problem+json", "text/plain", "image/")
PUBLIC = {"api_schema"}
HANDS_OUT = ("take_",)
BY_PROGRAM = {"api_summary_pdf"}
"""Doors for programs: each request carries its key, so an address by itself is worth nothing."""
"""A name that begins like this is a door at which one is handed a file by a click, not by an address."""
KEEPERS = ("owner", "clinician")


@pytest.fixture(scope="module")
def doors(town, callers):
    """Every door behind which a file is handed out, with the role that got it: found by what comes back."""
    return [
        (route, verb, role)
        for route in routes()
        if not route.path.startswith("accounts/") and route.name not in PUBLIC
        for verb in (("POST",) if route.name.startswith(HANDS_OUT) else ("GET",))
        for role in (keeper_of(town, callers, route, verb),)
        if role
    ]


def keeper_of(town, callers, route, verb):
    """Who gets a file here, "" where nobody does."""
    for role in (role for role in KEEPERS if verb in route.verbs and opens(role, route.name, verb)):
        answer = callers.call(role, verb, route.address(town.ours), asked(route, verb, town))
        kind = answer.headers.get("Content-Type", "text/html")
        if answer.status_code == 200:
            return "" if kind.startswith(PAGES) else role
    return ""


def asked(route, verb, town):
    return None if verb == "GET" else body_for(route.name, town.ours)


def test_the_known_doors_are_found(doors):
    assert {route.name for route, _verb, _role in doors} >= {"take_summary", "api_summary_pdf", "take_export"}


def test_a_file_is_kept_in_no_cache_and_opened_in_no_page(town, callers, doors):
    for route, verb, role in doors:
        headers = callers.call(role, verb, route.address(town.ours), asked(route, verb, town)).headers

        assert headers["Content-Disposition"].startswith("attachment"), route.name
        assert headers["X-Content-Type-Options"] == "nosniff", route.name
        assert "no-store" in headers["Cache-Control"], route.name
        assert town.ours.client.name not in headers["Content-Disposition"], route.name


def test_every_download_leaves_a_line(town, callers, doors):
    for route, verb, role in doors:
        with undone():
            before = AuditEvent.objects.count()
            callers.call_for_good(role, verb, route.address(town.ours), asked(route, verb, town))

            assert AuditEvent.objects.count() > before, route.name


@pytest.mark.parametrize(
    "wish", [{"HTTP_RANGE": "bytes=0-3"}, {"HTTP_RANGE": "bytes=-1,0-0,5-4"}, {"HTTP_IF_NONE_MATCH": "*"}]
)
def test_no_wish_for_a_part_gets_around_the_trail(town, callers, doors, wish):
    for route, verb, role in doors:
        with undone():
            before = AuditEvent.objects.count()
            answer = callers.call_for_good(
                role, verb, route.address(town.ours), asked(route, verb, town), **wish
            )

            assert answer.status_code in {200, 206, 304, 416}
            assert answer.status_code == 304 or AuditEvent.objects.count() > before, route.name


@pytest.mark.parametrize(
    "role", [role for role in ROLES if role not in {"clinician", "supervisor", "no_factor"}]
)
def test_the_address_of_a_file_is_worth_nothing_to_anybody_else(town, callers, doors, role):
    for route, verb, keeper in doors:
        if not route.ids or role == keeper:
            continue
        answer = callers.call(role, verb, route.address(town.ours), asked(route, verb, town))

        assert answer.status_code in {302, 401, 403, 404}, route.name
        assert answer.headers.get("Content-Type", "text/html").startswith(PAGES), route.name


def test_a_guessed_address_is_no_file(town, callers, doors):
    for route, verb, role in doors:
        for name in route.ids:
            guessed = route.address(town.ours, **{name: random_id()})

            assert callers.call(role, verb, guessed, asked(route, verb, town)).status_code == 404, route.name


def test_no_file_of_a_record_has_an_address(doors):
    """T28: what cannot be passed on need not expire. A page hands out by a button, to a sign-in of ten minutes at most."""
    of_a_record = [(route.name, verb) for route, verb, _role in doors if route.ids]

    assert [name for name, verb in of_a_record if verb == "GET" and name not in BY_PROGRAM] == []


def test_asking_for_the_head_alone_gives_no_file(town, callers, doors):
    for route, verb, role in doors:
        if verb == "GET":
            answer = callers.call(role, "HEAD", route.address(town.ours))

            assert answer.status_code in {200, 405}
            assert b"".join(answer) == b"", route.name
