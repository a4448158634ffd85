import json
from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone as clock
from rest_framework.test import APIClient

from clients.models import RunLog
from practice.encryption import keys
from practice.people.tokens import create_token
from tests.counting import own_questions
from tests.factories import RunLogFactory

URL = "/api/v1/runs/"
pytestmark = pytest.mark.django_db


def _body(**changes):
    began = (clock.now() - timedelta(hours=2)).astimezone(timezone(timedelta(hours=2))).replace(microsecond=0)
    return {"activity": "walk", "started_at": began.isoformat(), "minutes": 20} | changes


@pytest.fixture
def phone(client_person):
    """The client's own program, with a token for the log."""
    return _with_token(client_person.member, "runs")


def _with_token(member, *scopes):
    now = clock.now()
    token, text = create_token(member=member, scopes=list(scopes), name="phone", now=now)
    type(token).objects.update(last_used_on=now.date())
    caller = APIClient()
    caller.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")
    return caller


def test_an_entry_is_kept_and_said_back_in_the_offset_it_was_meant_in(phone, client_person):
    began = datetime(2026, 5, 1, 7, 30, tzinfo=timezone(timedelta(hours=14))).isoformat()

    answer = phone.post(URL, _body(started_at=began, mood_after=4, journal="Frost 🌬️"), format="json")

    assert answer.status_code == 201
    assert answer.json() | {"id": "", "created_at": "", "changed_at": ""} == {
        "id": "",
        "client": str(client_person.uid),
        "activity": "walk",
        "started_at": "2026-05-01T07:30:00+14:00",
        "minutes": 20,
        "mood_before": None,
        "mood_after": 4,
        "effort": "",
        "distance_m": None,
        "context": [],
        "journal": "Frost 🌬️",
        "share": True,
        "logged_by_client": True,
        "created_at": "",
        "changed_at": "",
    }
    assert RunLog.objects.get().started_at == datetime(2026, 4, 30, 17, 30, tzinfo=UTC)


def test_a_resend_answers_200_with_the_same_row(phone):
    body = _body(id=str(uuid4()), context=["alone"], mood_before=2)
    first = phone.post(URL, body, format="json")

    again = phone.post(URL, body, format="json")

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert RunLog.objects.count() == 1


def test_the_same_id_with_another_body_is_a_conflict(phone):
    body = _body(id=str(uuid4()))
    phone.post(URL, body, format="json")

    answer = phone.post(URL, body | {"minutes": 21}, format="json")

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "different_body"


def test_another_clients_id_reveals_nothing(phone, stranger):
    theirs = RunLogFactory.create(client=stranger, journal="Private words")

    answer = phone.post(URL, _body(id=str(theirs.uid)), format="json")

    assert answer.status_code == 201
    assert "Private" not in answer.content.decode()
    assert RunLog.objects.get(pk=theirs.pk).journal == "Private words"


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_another_clients_entry_is_not_there(phone, stranger, method):
    theirs = RunLogFactory.create(client=stranger)

    answer = getattr(phone, method)(f"{URL}{theirs.uid}/", {}, format="json")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 5000}, "minutes"),
        ({"minutes": "20"}, "minutes"),
        ({"minutes": True}, "minutes"),
        ({"mood_before": 9}, "mood_before"),
        ({"mood_after": 0}, "mood_after"),
        ({"effort": "hard"}, "effort"),
        ({"activity": "swim"}, "activity"),
        ({"activity": ["walk"]}, "activity"),
        ({"distance_m": 500_001}, "distance_m"),
        ({"context": ["moon"]}, "context"),
        ({"journal": "a\0b"}, "journal"),
        ({"journal": "\ud800"}, "journal"),
        ({"journal": 7}, "journal"),
        ({"journal": "a" * 10_001}, "journal"),
        ({"share": "yes"}, "share"),
        ({"id": 7}, "id"),
        ({"id": "not-an-id"}, "id"),
        ({"started_at": "yesterday"}, "started_at"),
        ({"started_at": "2026-02-30T10:00:00Z"}, "started_at"),
        ({"started_at": None}, "started_at"),
        ({"calories": 300}, "calories"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(phone, changes, field):
    answer = phone.post(URL, json.dumps(_body(**changes)), content_type="application/json")

    assert answer.status_code == 400
    assert field in answer.json()["errors"]
    assert not RunLog.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"started_at": "2026-05-01T10:00:00"}, "no_offset", "started_at"),
        ({"started_at": "2999-01-01T00:00:00Z"}, "run_not_begun", "started_at"),
        ({"started_at": "9999-12-31T23:59:59-14:00"}, "run_not_begun", "started_at"),
        ({"started_at": "0001-01-01T00:00:00+14:00"}, "run_too_long_ago", "started_at"),
        ({"started_at": "2026-05-01T10:00:00+23:00"}, "impossible_offset", "started_at"),
        ({"activity": "rest"}, "rest_has_no_numbers", "minutes"),
        ({"minutes": None}, "minutes_out_of_range", "minutes"),
        ({"journal": "a\x07b"}, "hidden_character", "journal"),
    ],
)
def test_what_a_rule_refuses_says_which_rule(phone, changes, code, field):
    answer = phone.post(URL, _body(**changes), format="json")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.json()["code"], answer.json()["field"]) == (code, field)


@pytest.mark.parametrize("body", ["[]", "7", '"walk"', "null", "{", ""])
def test_what_is_no_entry_at_all_is_refused(phone, body):
    answer = phone.post(URL, body, content_type="application/json")

    assert answer.status_code == 400
    assert isinstance(answer.json().get("errors", {}), dict)


def test_rest_needs_no_numbers(phone):
    answer = phone.post(URL, _body(activity="rest", minutes=None), format="json")

    assert answer.status_code == 201


def test_a_change_says_only_what_changes(phone):
    made = phone.post(URL, _body(journal="Hail."), format="json").json()

    answer = phone.patch(f"{URL}{made['id']}/", {"mood_after": 5, "share": False}, format="json")

    assert answer.status_code == 200
    assert (answer.json()["mood_after"], answer.json()["share"], answer.json()["journal"]) == (
        5,
        False,
        "Hail.",
    )


def test_what_is_removed_is_gone(phone):
    made = phone.post(URL, _body(), format="json").json()

    removed = phone.delete(f"{URL}{made['id']}/")

    assert removed.status_code == 204
    assert phone.get(f"{URL}{made['id']}/").status_code == 404


def test_the_list_is_read_to_its_end_by_cursor_newest_first(phone, client_person):
    same = clock.now() - timedelta(days=3)
    for number in range(7):
        RunLogFactory.create(
            client=client_person, started_at=same if number < 4 else same - timedelta(days=number)
        )
    seen, url = [], f"{URL}?page_size=2"

    while url:
        page = phone.get(url).json()
        seen += [(row["started_at"], row["id"]) for row in page["results"]]
        url = page["next"]

    assert len(set(seen)) == 7
    assert [at for at, _ in seen] == sorted((at for at, _ in seen), reverse=True)


@pytest.mark.parametrize("cursor", ["xx", "cD1oZWxsbw==", "cD0yMDI2LTAxLTAx", "bz0tMQ=="])
def test_a_cursor_that_we_did_not_write_is_no_page_and_no_error(phone, cursor):
    assert phone.get(URL, {"cursor": cursor}).status_code in {200, 404}


def test_staff_read_what_is_shared_and_nothing_else(api_of, clinician, client_person):
    shared = RunLogFactory.create(client=client_person)
    kept = RunLogFactory.create(client=client_person, share=False)
    caller = api_of(clinician)

    listed = caller.get(URL, {"client": str(client_person.uid)}).json()["results"]

    assert [row["id"] for row in listed] == [str(shared.uid)]
    assert caller.get(f"{URL}{kept.uid}/").status_code == 404
    assert [row["id"] for row in caller.get(URL).json()["results"]] == [str(shared.uid)]


def test_a_colleague_reads_nothing(api_of, colleague, client_person):
    run = RunLogFactory.create(client=client_person)
    caller = api_of(colleague)

    assert caller.get(URL).json()["results"] == []
    assert caller.get(f"{URL}{run.uid}/").status_code == 404
    assert caller.get(URL, {"client": str(client_person.uid)}).status_code == 404


def test_staff_log_for_a_client_in_their_care(api_of, clinician, client_person):
    answer = api_of(clinician).post(URL, _body(client=str(client_person.uid)), format="json")

    assert answer.status_code == 201
    assert answer.json()["logged_by_client"] is False


def test_staff_say_whose_log_it_is(api_of, clinician):
    answer = api_of(clinician).post(URL, _body(), format="json")

    assert answer.status_code == 400
    assert "client" in answer.json()["errors"]


def test_a_clinician_cannot_log_for_somebody_elses_client(api_of, clinician, stranger):
    answer = api_of(clinician).post(URL, _body(client=str(stranger.uid)), format="json")

    assert answer.status_code == 404


def test_a_client_cannot_log_for_another(phone, stranger):
    answer = phone.post(URL, _body(client=str(stranger.uid)), format="json")

    assert answer.status_code == 404


def test_staff_do_not_change_what_the_client_wrote(api_of, clinician, client_person):
    run = RunLogFactory.create(client=client_person)

    answer = api_of(clinician).patch(f"{URL}{run.uid}/", {"minutes": 1}, format="json")

    assert answer.status_code == 403
    assert answer.json()["code"] == "not_the_writer"


def test_reception_and_owner_have_no_business_here(api_of, reception, owner):
    assert api_of(reception).get(URL).status_code == 403
    assert api_of(owner).get(URL).status_code == 403


def test_without_a_token_nothing_is_said():
    assert APIClient().post(URL, _body(), format="json").status_code == 401


def test_a_token_for_something_else_does_not_reach_the_log(client_person):
    assert _with_token(client_person.member, "me").get(URL).status_code == 403


def test_a_client_id_that_is_none_is_said_so(api_of, clinician):
    answer = api_of(clinician).get(URL, {"client": "x"})

    assert answer.status_code == 400


def test_keeping_an_entry_with_words_takes_four_statements_even_when_its_key_is_not_at_hand(phone):
    body = _body(id=str(uuid4()), journal="By the weir.")
    keys.forget()

    with CaptureQueriesContext(connection) as captured:
        phone.post(URL, body, format="json")

    assert len(own_questions(captured)) <= 4


@pytest.mark.parametrize("count", [3, 40])
def test_a_list_takes_four_statements_however_long_one_of_them_its_line_in_the_trail(
    phone, client_person, count
):
    RunLogFactory.create_batch(count, client=client_person)

    with CaptureQueriesContext(connection) as captured:
        phone.get(URL)

    assert len(own_questions(captured)) <= 4


def test_a_clinicians_list_of_one_client_takes_four_statements(client_person, clinician):
    RunLogFactory.create_batch(3, client=client_person)
    caller = _with_token(clinician, "runs")

    with CaptureQueriesContext(connection) as captured:
        caller.get(URL, {"client": str(client_person.uid)})

    assert len(own_questions(captured)) <= 4
