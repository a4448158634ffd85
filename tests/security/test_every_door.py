"""T47: every door that shows something of a client's record says so in the trail, once, and a new door joins by itself.

The table of doors says who gets a page where; whoever does must reach it with the rows of the town, so that no door is
left out because nothing was there to be shown.
"""

import pytest

from practice.models import AuditEvent
from tests.security import matrix
from tests.security.callers import undone
from tests.security.routes import routes

pytestmark = pytest.mark.django_db
FLOORS = ("clients.", "sessions.")
READERS = ("clinician", "client")
SHOWS_NO_RECORD = {
    "summary_progress",  # how far the work is, asked every two seconds
    "export_progress",
    "confirm_practice_export",  # who asked for the archive, of nobody in particular
    "my_buddy",  # a clinician's own
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
    "summary_downloaded",
    "screening_opened",
    "safetyalert_opened",
    "safety_plan_read",
    "emergency_card_read",
    "letter_opened",
    "overridewish_opened",
}


def readers():
    """Every door of the upper floors with who gets a page there, by the table."""
    for route in routes():
        line = matrix.read().get((route.name, "GET"), {})
        role = next((role for role in READERS if line.get(role) == "200"), "")
        if route.view.__module__.startswith(FLOORS) and role and route.name not in SHOWS_NO_RECORD:
            yield pytest.param(route, role, id=route.name)


@pytest.mark.parametrize(("route", "role"), list(readers()))
def test_a_door_that_shows_a_record_says_so_once(town, callers, route, role):
    with undone():
        before = AuditEvent.objects.acts().count()
        answer = callers.call_for_good(role, "GET", route.address(town.ours))
        actions = [line.action for line in AuditEvent.objects.acts().order_by("pk")[before:]]

    assert answer.status_code == 200
    assert len(actions) == 1, actions
    assert set(actions) <= READS
