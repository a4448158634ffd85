"""Notes for programs."""

from datetime import timedelta

import pytest
import time_machine

from practice.people.tokens import create_token
from sessions.models import Note
from tests.factories import MONDAY_NOON, NoteFactory, SessionFactory

EVENING = MONDAY_NOON + timedelta(hours=6)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


@pytest.fixture
def evening():
    with time_machine.travel(EVENING, tick=False):
        yield


@pytest.fixture
def session(client_person, clinician):
    return SessionFactory(client=client_person, clinician=clinician, completed=True)


@pytest.fixture
def draft(session):
    return NoteFactory(session=session)


def put(caller, session, **changes):
    body = {"format": "dap", "body": {"data": "Slow and steady."}, "version": 0, **changes}
    return caller.put(f"/api/v1/sessions/{session.uid}/notes/", body, format="json")


def test_a_first_save_is_created_and_the_next_is_not(session, clinician, api_of):
    caller = api_of(clinician)

    first, second = put(caller, session), put(caller, session, version=1, body={"plan": "Rest."})

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["body"] == {"data": "Slow and steady.", "plan": "Rest."}


def test_a_stale_save_is_a_conflict_with_a_code(draft, clinician, api_of):
    answer = put(api_of(clinician), draft.session)

    assert answer.status_code == 409
    assert answer.json()["code"] == "draft_changed_elsewhere"


def test_an_unknown_section_is_named(session, clinician, api_of):
    answer = put(api_of(clinician), session, body={"diagnosis": "x"})

    assert answer.status_code == 400
    assert "diagnosis" in answer.json()["errors"]["body"]


def test_a_fact_out_of_range_is_refused(session, clinician, api_of):
    answer = put(api_of(clinician), session, walk={"effort": "12"})

    assert (answer.status_code, answer.json()["code"]) == (422, "out_of_range")


def test_a_note_is_listed_read_signed_and_added_to(draft, clinician, api_of):
    caller = api_of(clinician)
    listed = caller.get(f"/api/v1/sessions/{draft.session.uid}/notes/").json()["results"]
    note = f"/api/v1/notes/{listed[0]['id']}"

    signed = caller.post(f"{note}/sign/", {"version": 1}, format="json")
    added = caller.post(f"{note}/addenda/", {"text": "She rang later."}, format="json")

    assert signed.json()["seal"] == Note.objects.get().seal
    assert added.status_code == 201
    assert caller.get(f"{note}/").json()["addenda"][0]["text"] == "She rang later."


def test_signing_an_empty_note_is_refused(session, clinician, api_of):
    caller = api_of(clinician)
    note = put(caller, session, body={}).json()["id"]

    answer = caller.post(f"/api/v1/notes/{note}/sign/")

    assert (answer.status_code, answer.json()["code"]) == (409, "empty_note")


def test_a_colleague_outside_the_care_team_learns_nothing(draft, colleague, api_of):
    caller = api_of(colleague)

    assert caller.get(f"/api/v1/notes/{draft.uid}/").status_code == 404
    assert put(caller, draft.session, version=1).status_code == 404


@pytest.mark.parametrize("cast", ["reception", "owner"])
def test_roles_without_the_right_are_refused(cast, draft, api_of, request):
    caller = api_of(request.getfixturevalue(cast))

    assert caller.get(f"/api/v1/notes/{draft.uid}/").status_code == 403
    assert caller.post(f"/api/v1/notes/{draft.uid}/sign/").status_code == 403


def test_a_client_reads_no_notes(draft, client_person, api_of):
    assert api_of(client_person.member).get(f"/api/v1/notes/{draft.uid}/").status_code == 403


@pytest.mark.parametrize(("scope", "status"), [("notes", 200), ("runs", 403)])
def test_a_token_needs_the_scope(scope, status, draft, clinician, client):
    _row, token = create_token(member=clinician, scopes=[scope], name="t", now=EVENING)

    answer = client.get(f"/api/v1/notes/{draft.uid}/", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == status
