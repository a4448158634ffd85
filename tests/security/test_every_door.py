"""Every door that answers about a client, found in the address table: one line each, and a new door joins by itself."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from practice.models import AuditEvent
from sessions.summaries.actions import ask_summary
from tests.factories import (
    ClearanceFactory,
    NoteFactory,
    RouteFactory,
    RunLogFactory,
    ScreeningFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
SHOWS_NO_RECORD = {
    "summary_progress",  # how far the work is, asked every two seconds
    "register_client",  # an empty form
    "book_session",  # an empty form until a client is named
    "api_agreement",
    "api_routes",
    "api_route",
    "routes",
    "route",
    "import_route",
    "edit_route",
    "archive_route",
    "retention",
    "export_practice",
    "heading_out",
    "portal_resting",
    "resume",  # an address to write to, whoever is there
    "resume_asked",
    "resume_saved",
    "route_places",
}
READS = {
    "client_read",
    "list_read",
    "note_read",
    "summary_read",
    "screening_opened",
    "safetyalert_opened",
} | {
    "safety_plan_read",
    "emergency_card_read",
}
WITHOUT_A_PLACE_OF_ITS_OWN = ("<slug", "<str", "<int", "run_uid", "token")


def _patterns(resolver, before=""):
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, route)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern, route


def _doors():
    """Names of the doors of the upper floors that take nothing, or one id."""
    for pattern, route in _patterns(get_resolver()):
        module = pattern.callback.__module__
        takes = route.count("<")
        odd = any(mark in route for mark in WITHOUT_A_PLACE_OF_ITS_OWN)
        if module.startswith(("clients.", "sessions.")) and takes <= 1 and not odd:
            yield pattern.name


DOORS = sorted({name for name in _doors() if name not in SHOWS_NO_RECORD})


@pytest.fixture
def uids(client_person, clinician):
    """The id of one thing of every kind, all of the same client."""
    session = SessionFactory(client=client_person, clinician=clinician, completed=True)
    things = [
        client_person,
        RunLogFactory(client=client_person, share=True),
        ScreeningFactory(client=client_person, asked_by=clinician),
        ClearanceFactory(client=client_person),
        session,
        NoteFactory(session=session, author=clinician),
        RouteFactory(added_by=clinician),
        ask_summary(
            client=client_person,
            since=TODAY().replace(day=1),
            until=TODAY(),
            audience="supervision",
            by=clinician,
            now=timezone.now(),
        )[0],
    ]
    return [thing.uid for thing in things]


def _answer(browser, door, uids):
    """The first answer that is a page, of the door itself or with one of the ids; and the lines that it left."""
    try:
        addresses = [reverse(door)]
    except Exception:  # noqa: BLE001 - it takes an id
        addresses = [reverse(door, args=[uid]) for uid in uids]
    for address in addresses:
        before = AuditEvent.objects.acts().count()
        answer = browser.get(address)
        if answer.status_code == 200:
            return list(AuditEvent.objects.acts().order_by("pk")[before:])
    return None


@pytest.mark.parametrize("door", DOORS)
def test_a_door_that_shows_a_record_says_so_once(door, uids, browser_of, clinician, client_person):
    members = [client_person.member] if "my_" in door or "portal" in door else [clinician]

    for member in members:
        lines = _answer(browser_of(member), door, uids)

        if lines is None:
            continue  # it answers only to POST, or to somebody with another right
        assert [line.action for line in lines if line.action in READS] == [line.action for line in lines], (
            door
        )
        assert len(lines) == 1, (door, [line.action for line in lines])
