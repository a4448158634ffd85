"""T47: every door that shows or changes something of a client's record says so in the trail, and a new door joins by itself.

The table of doors says who is let in where, and each of them is tried: not only who treats the client, but who owns the
practice, supervises, keeps the desk, and the client. Whoever is let in must reach it with the rows of the town, so that no
door is left out because nothing was there to be shown. What was shown is said in one line; what was done, in one for each
thing, none of them twice, and a row that changes in the database without one is a door that forgot it.
"""

import pytest

from clients.record.marks import mark_of
from practice.audit.words import READING
from practice.models import AuditEvent
from tests.security import matrix
from tests.security.bodies import body_for
from tests.security.callers import undone
from tests.security.routes import routes

pytestmark = pytest.mark.django_db
FLOORS = ("clients.", "sessions.")
INSIDE = ("owner", "clinician", "supervisor", "reception", "client")
SHOWS_NO_RECORD = {
    "summary_progress",  # how far the work is, asked every two seconds
    "export_progress",
    "confirm_practice_export",  # who asked for the archive, of nobody in particular
    "export_practice",
    "disposals",  # who is gone, without a name
    "my_buddy",  # a clinician's own
    "register_client",  # an empty form
    "book_session",  # an empty form until a client is named
    "api_agreement",
    "agreements",  # the practice's own words
    "agreement_version",
    "edit_agreement",
    "instruments",
    "instrument",
    "add_instrument",
    "api_questionnaires",
    "api_questionnaire",
    "api_switch_on_questionnaire",
    "override_policy",
    "api_routes",
    "api_route",
    "routes",
    "route",
    "import_route",
    "edit_route",
    "archive_route",
    "api_archive_route",
    "api_restore_route",
    "heading_out",
    "resume",  # an address to write to, whoever is there
    "resume_asked",
    "resume_saved",
    "route_places",
}
FINDS_NOTHING = {("api_session_notes", "supervisor")}
"""A draft is its author's, so this list is empty."""
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
NOT_DONE_HERE = {
    # pages that are only read, whatever they are asked with
    "client_measures",
    "client_runs",
    "portal_history",
    "portal_home",
    "portal_plan",
    "portal_saved",
    # lead to where it is done
    "begin_together",
    "heading_out",
    "my_screening",
    "resume",
    # nothing waits for it in the town
    "api_put_questionnaire_away",
    "api_letter_seen",
    "api_override_wishes",
    "api_put_back_session",
    "api_restore_route",
    "api_sessions_on_hold",
    "api_submit_screening",
    "choose_held",
    "confirm_erasure",
    "confirm_portal",
    "drop_agreement_draft",
    "letter_seen",
    "open_portal",
    "publish_agreement",
    "put_away_instrument",
    "put_back_session",
    "release_practice_export",
    "restore_route",
    "retry_summary",
    "set_agreement_rule",
    "set_hold",
    "withdraw_invitation",
    # not theirs: another's entry, another's part, one's own wish, a seal that is made up, work that goes on
    "answer_override",
    "api_answer_override",
    "api_cosign_note",
    "ask_erasure",
    "client_run",
    "cosign_note",
    "leave_care_team",
    "remove_client_run",
    # forms that are sent less than they take
    "add_instrument",
    "api_asked_in_person",
    "ask_override",
    "clinician_asks",
    "decide_clearance",
    "set_retention",
    "sign_agreement",
    "sign_clearance",
}
"""Doors that do nothing with the rows of the town and the bodies of the table: they say no, or show the form again."""


def more_for(name, town):
    """What a door takes so that it does something, where the table of who may sends it less."""
    ours, colleague = town.ours.client, str(town.people["colleague"].uid)
    deeds = {
        "appoint_clinician": {"clinician": colleague},
        "edit_client": {"name": "Sam Woods", "seen": mark_of(ours)},
        "hand_over": {"member": colleague},
        "join_care_team": {"member": colleague, "part": "covering"},
        "lift_hold": {"because": "It is over."},
        "register_client": {"clinician": town.ours.uid("clinician")},
        "review_break_glass": {"review": "It was right."},
        "api_client": {"name": "Sam Woods"},
    }
    return deeds.get(name, {})


def doors():
    """Every door of the upper floors with everybody inside whom the table lets in."""
    for route in routes():
        if not route.view.__module__.startswith(FLOORS):
            continue
        for verb in route.verbs:
            line = matrix.read().get((route.name, verb), {})
            for role in INSIDE:
                if line.get(role, "405") not in matrix.SHUT:
                    yield route, verb, role, line[role]


def readers():
    for route, verb, role, outcome in doors():
        is_empty = route.name in SHOWS_NO_RECORD or (route.name, role) in FINDS_NOTHING
        if (verb, outcome) == ("GET", "200") and not is_empty:
            yield pytest.param(route, role, id=f"{route.name}-{role}")


def writers():
    for route, verb, role, _outcome in doors():
        if verb != "GET":
            yield pytest.param(route, verb, role, id=f"{route.name}-{verb}-{role}")


@pytest.mark.parametrize(("route", "role"), list(readers()))
def test_a_door_that_shows_a_record_says_so_once(town, callers, route, role):
    with undone():
        before = AuditEvent.objects.acts().count()
        answer = callers.call_for_good(role, "GET", route.address(town.ours))
        actions = [line.action for line in AuditEvent.objects.acts().order_by("pk")[before:]]

    assert answer.status_code == 200
    assert len(actions) == 1, actions
    assert set(actions) <= READS


@pytest.mark.parametrize(("route", "verb", "role"), list(writers()))
def test_a_door_that_changes_a_record_says_each_thing_once(town, callers, route, verb, role):
    body = {**body_for(route.name, town.ours), **more_for(route.name, town)}
    with undone():
        before = AuditEvent.objects.count()
        answer = callers.call_for_good(role, verb, route.address(town.ours), body)
        lines = list(AuditEvent.objects.order_by("pk")[before:])

    changed = {line.client_uid for line in lines if line.stream == "change"} - {None}
    acts = [line for line in lines if line.stream == "act"]
    told = [line for line in acts if line.client_uid or line.action in READING]
    said = [(line.action, line.subject_uid, str(line.detail)) for line in told]
    assert len(said) == len(set(said)), said
    if changed:
        assert {line.client_uid for line in told} >= changed, (said, changed)
        assert not {line.action for line in told} & set(READING), said
    elif shows_something(answer):
        assert len(told) == (route.name not in SHOWS_NO_RECORD), (answer.status_code, said)
    else:
        assert told == [], said
    has_done = bool(changed) or any(line.action not in READING for line in acts)
    assert has_done or route.name in NOT_DONE_HERE, (answer.status_code, said)


def shows_something(answer):
    return answer.status_code < 300 or answer.status_code == 422


def test_the_exceptions_are_doors():
    names = {route.name for route in routes()}

    assert {*SHOWS_NO_RECORD, *NOT_DONE_HERE, *(name for name, _role in FINDS_NOTHING)} <= names
