"""Sessions for programs: shapes, permissions, refusals with their codes."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command

from sessions.models import TherapySession
from tests.factories import MONDAY_NOON, ClearanceFactory, RouteFactory, SessionFactory
from tests.sessions.booking.conftest import TOMORROW

pytestmark = pytest.mark.django_db

SESSIONS = "/api/v1/sessions/"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY_NOON, tick=False):
        yield


@pytest.fixture
def body(walker):
    return {
        "client": str(walker.uid),
        "mode": "walk",
        "pace": "chat",
        "starts_at": "2026-06-02T13:00:00+01:00",
        "minutes": 50,
    }


def post(caller, body, path=SESSIONS):
    return caller.post(path, body, format="json")


def test_booking_answers_what_was_booked(api_of, clinician, walker, body):
    answer = post(api_of(clinician), body)

    assert answer.status_code == 201
    session = TherapySession.objects.get()
    told = answer.json()
    assert told["id"] == str(session.uid)
    assert (told["client"], told["clinician"]) == (str(walker.uid), str(clinician.uid))
    assert (told["place"], told["state"], told["minutes"]) == ("outdoors", "booked", 50)
    assert session.starts_at == TOMORROW


def test_an_end_may_stand_in_for_the_minutes(api_of, clinician, body):
    body = {**body, "ends_at": "2026-06-02T13:40:00+01:00"}
    del body["minutes"]

    assert post(api_of(clinician), body).json()["minutes"] == 40


def test_minutes_and_an_end_that_disagree_are_asked_about(api_of, clinician, body):
    answer = post(api_of(clinician), {**body, "ends_at": "2026-06-02T13:40:00+01:00"})

    assert answer.status_code == 400
    assert "ends_at" in answer.json()["errors"]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"mode": "run"}, "not_cleared", "mode"),
        ({"minutes": 0}, "ends_before_it_starts", "minutes"),
        ({"minutes": 5}, "session_too_short", "minutes"),
        ({"minutes": 5000}, "session_too_long", "minutes"),
        ({"pace": ""}, "pace_missing", "pace"),
        ({"place": "video"}, "moves_outdoors", "place"),
        ({"starts_at": "2026-04-01T12:00:00Z"}, "too_long_ago", "starts_at"),
        ({"starts_at": "2036-04-01T12:00:00Z"}, "too_far_ahead", "starts_at"),
    ],
)
def test_a_refusal_is_a_problem_with_a_code_and_a_field(api_of, clinician, body, change, code, field):
    answer = post(api_of(clinician), {**body, **change})

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.json()["code"], answer.json()["field"]) == (code, field)


def test_ending_before_the_start_is_refused(api_of, clinician, body):
    del body["minutes"]

    answer = post(api_of(clinician), {**body, "ends_at": "2026-06-02T12:00:00+01:00"})

    assert answer.json()["code"] == "ends_before_it_starts"


def test_a_taken_clinician_is_a_409(api_of, clinician, body):
    SessionFactory(clinician=clinician, starts_at=TOMORROW)

    answer = post(api_of(clinician), body)

    assert (answer.status_code, answer.json()["code"]) == (409, "clinician_taken")


def test_a_taken_client_is_a_409(api_of, clinician, walker, body):
    SessionFactory(client=walker, starts_at=TOMORROW)

    answer = post(api_of(clinician), body)

    assert (answer.status_code, answer.json()["code"]) == (409, "client_taken")


@pytest.mark.parametrize(
    "change",
    [
        {"mode": "fly"},
        {"starts_at": "2026-06-02T13:00:00"},
        {"starts_at": "2026-02-31T13:00:00Z"},
        {"starts_at": "0001-01-01T00:00:00+14:00"},
        {"minutes": "many"},
        {"client": "x"},
        {"meeting_place": "a\0b"},
        {"meeting_place": "x" * 201},
        {"colour": "red"},
    ],
)
def test_a_bad_body_names_the_field(api_of, clinician, body, change):
    answer = post(api_of(clinician), {**body, **change})

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == list(change)


@pytest.mark.parametrize("field", ["client", "clinician", "route"])
def test_an_unknown_id_is_not_found(api_of, clinician, body, field):
    assert post(api_of(clinician), {**body, field: str(uuid4())}).status_code == 404


def test_a_colleague_cannot_book_a_client_they_do_not_treat(api_of, colleague, body):
    assert post(api_of(colleague), body).status_code == 404


def test_the_desk_books_but_reads_no_reason(api_of, reception, clinician, body):
    caller = api_of(reception)

    assert post(caller, {**body, "clinician": str(clinician.uid)}).status_code == 201
    refused = post(caller, {**body, "clinician": str(clinician.uid), "mode": "run"})
    assert "decided" not in refused.json()["detail"]


def test_a_client_and_an_owner_may_not_book(api_of, client_person, owner, body):
    assert post(api_of(client_person.member), body).status_code == 403
    assert post(api_of(owner), body).status_code == 403


def test_moving_changes_only_what_is_sent(api_of, clinician, book, route):
    session = book(route=route)

    answer = api_of(clinician).patch(
        f"{SESSIONS}{session.uid}/", {"starts_at": "2026-06-02T15:00:00+01:00"}, format="json"
    )

    assert answer.status_code == 200
    session.refresh_from_db()
    assert (session.starts_at, session.route) == (TOMORROW + timedelta(hours=2), route)


def test_a_route_can_be_taken_off(api_of, clinician, book, route):
    session = book(route=route)

    answer = api_of(clinician).patch(f"{SESSIONS}{session.uid}/", {"route": None}, format="json")

    assert answer.json()["route"] is None


def test_an_archived_route_is_a_409(api_of, clinician, body):
    route: Any = RouteFactory(archived_at=MONDAY_NOON)

    assert post(api_of(clinician), {**body, "route": str(route.uid)}).json()["code"] == "route_archived"


def test_cancel_put_back_and_complete(api_of, clinician, book):
    session, caller = book(), api_of(clinician)

    cancelled = post(caller, {"reason": "weather"}, f"{SESSIONS}{session.uid}/cancel/")
    back = post(caller, None, f"{SESSIONS}{session.uid}/put-back/")
    early = post(caller, None, f"{SESSIONS}{session.uid}/complete/")
    with time_machine.travel(TOMORROW + timedelta(hours=1), tick=False):
        caller = api_of(clinician)
        missed = post(caller, None, f"{SESSIONS}{session.uid}/no-show/")
        held = post(caller, None, f"{SESSIONS}{session.uid}/complete/")

    states = [answer.json().get("state") for answer in (cancelled, back, missed, held)]
    assert states == ["cancelled", "booked", "no_show", "completed"]
    assert (early.status_code, early.json()["code"]) == (409, "not_started")


def test_a_colleague_finds_nothing(api_of, colleague, book):
    session, caller = book(), api_of(colleague)

    assert caller.get(SESSIONS).json()["results"] == []
    assert caller.get(f"{SESSIONS}{session.uid}/").status_code == 404
    for verb in ("cancel", "complete", "no-show", "put-back"):
        assert post(caller, {"reason": "other"}, f"{SESSIONS}{session.uid}/{verb}/").status_code == 404


def test_the_list_is_read_by_cursor_latest_first(api_of, clinician, sit):
    for hour in range(3):
        sit(starts_at=TOMORROW + timedelta(hours=hour))
    caller = api_of(clinician)

    first = caller.get(f"{SESSIONS}?page_size=2").json()
    second = caller.get(first["next"]).json()

    starts = [row["starts_at"] for row in first["results"] + second["results"]]
    assert len(starts) == 3
    assert starts == sorted(starts, reverse=True)
    assert second["next"] is None


def test_the_list_is_filtered(api_of, clinician, sit, walker):
    sit()
    sit(starts_at=TOMORROW + timedelta(days=1))
    caller = api_of(clinician)

    def count(query):
        return len(caller.get(f"{SESSIONS}?{query}").json()["results"])

    assert count(f"client={walker.uid}") == 2
    assert count(f"client={uuid4()}") == 0
    assert count("since=2026-06-03") == 1
    assert count("until=2026-06-02") == 1
    assert count("state=cancelled") == 0


@pytest.mark.parametrize("query", ["client=x", "since=2026-02-31", "state=gone"])
def test_a_bad_filter_is_said_so(api_of, clinician, query):
    assert api_of(clinician).get(f"{SESSIONS}?{query}").status_code == 400


def test_days_beyond_the_calendar_are_its_ends(api_of, clinician, sit):
    sit()
    caller = api_of(clinician)

    assert len(caller.get(f"{SESSIONS}?since=0001-01-01&until=9999-12-31").json()["results"]) == 1
    assert caller.get(f"{SESSIONS}?until=0001-01-01&since=9999-12-31").json()["results"] == []


def test_the_list_asks_the_same_questions_however_long(
    api_of, clinician, book, django_assert_max_num_queries
):
    caller = api_of(clinician)
    book()
    caller.get(SESSIONS)
    with django_assert_max_num_queries(16) as few:  # seven of them say where the request begins and who acts
        caller.get(SESSIONS)
    for hour in range(2, 8):
        book(starts_at=TOMORROW + timedelta(hours=hour))

    with django_assert_max_num_queries(len(few)):
        caller.get(SESSIONS)


def test_a_token_needs_its_scope(clinician, walker, capsys, client):
    call_command("token", "create", email=clinician.user.email, scope=["runs"])
    token = capsys.readouterr().out.split()[-1]

    answer = client.get(SESSIONS, headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 403


def test_conditions_are_not_in_the_answer(api_of, reception, walker, book):
    ClearanceFactory(client=walker, decision="conditions", conditions="Flat routes only")
    session = book()

    assert "Flat routes" not in api_of(reception).get(f"{SESSIONS}{session.uid}/").content.decode()
