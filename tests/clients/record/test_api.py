"""Clients through the API."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from clients.models import Client
from clients.record.actions import EmergencyContactWords, edit_client
from practice.models import AuditEvent
from practice.people.tokens import create_token
from tests.factories import MONDAY_NOON, ClientFactory

LIST = "/api/v1/clients/"


def one(client):
    return reverse("api_client", args=[client.uid])


def test_the_list_holds_ones_own_clients_by_name(api_of, clinician, client_person, stranger):
    ClientFactory(name="Ada Birch", treated_by=clinician)

    answer = api_of(clinician).get(LIST)

    assert [client["name"] for client in answer.json()["results"]] == ["Ada Birch", "Sam Wood"]
    assert "emergency_contact" in answer.json()["results"][0]


def test_the_list_is_read_on_by_cursor(api_of, clinician):
    for number in range(30):
        ClientFactory(name=f"Sam {number % 4}", treated_by=clinician)
    caller = api_of(clinician)

    first = caller.get(LIST).json()
    second = caller.get(first["next"]).json()

    ids = [client["id"] for page in (first, second) for client in page["results"]]
    assert (len(first["results"]), len(set(ids)), second["next"]) == (25, 30, None)


@pytest.mark.parametrize("words", ["wood", "sam", "nul\0"])
def test_the_list_is_searched(api_of, clinician, client_person, words):
    ClientFactory(name="Kim Reed", treated_by=clinician)

    answer = api_of(clinician).get(LIST, {"q": words})

    assert answer.status_code == 200
    assert "Kim Reed" not in str(answer.json())


def test_a_clinician_registers_and_sending_the_same_id_again_is_the_same_client(api_of, clinician):
    body = {
        "id": str(uuid4()),
        "name": "مريم 🌲",
        "born_on": "1988-03-27",
        "emergency_contact": {"name": "Ash Wood", "phone": "020 7946 0001"},
    }
    caller = api_of(clinician)

    answers = [caller.post(LIST, body, format="json") for _send in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["reference"].startswith("TP-")
    assert answers[0].json()["emergency_contact"]["relation"] == ""


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 400, "name"),
        ({"name": "nul\0"}, 400, "name"),
        ({"name": "Sam", "born_on": "1988-02-31"}, 400, "born_on"),
        ({"name": "Sam", "weight": 70}, 400, "weight"),
        ({"name": "Sam", "emergency_contact": {"name": "Ash"}}, 400, "emergency_contact"),
        ({"name": "Sam", "born_on": "2999-01-01"}, 409, "born_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(api_of, clinician, body, status, field):
    answer = api_of(clinician).post(LIST, body, format="json")

    assert answer.status_code == status
    problem = answer.json()
    assert field in problem.get("errors", {}) or problem.get("field") == field
    assert not Client.objects.exists()


def test_reception_registers_for_a_clinician_and_writes_nothing_about_the_work(api_of, reception, clinician):
    caller, body = api_of(reception), {"name": "Sam Wood", "clinician": str(clinician.uid)}

    refused = caller.post(LIST, body | {"focus": "Sleep"}, format="json")
    answer = caller.post(LIST, body, format="json")

    assert refused.status_code == 400
    assert answer.status_code == 201
    assert "focus" not in answer.json()
    assert Client.objects.get().care_team.get().member == clinician


def test_an_unknown_clinician_is_not_found(api_of, reception):
    answer = api_of(reception).post(LIST, {"name": "Sam", "clinician": str(uuid4())}, format="json")

    assert answer.status_code == 404


def test_reading_one_leaves_a_line_in_the_trail(api_of, clinician, client_person):
    answer = api_of(clinician).get(one(client_person))

    assert answer.json()["reference"] == client_person.reference
    assert AuditEvent.objects.filter(action="client_read", client_uid=client_person.uid).count() == 1


def test_the_desk_reads_contacts_only(api_of, reception, clinician, client_person):
    contact = EmergencyContactWords(name="Ash Wood", phone="020 7946 0001", relation="sister")
    edit_client(client=client_person, focus="Sleep", emergency_contact=contact, by=clinician, now=MONDAY_NOON)

    body = api_of(reception).get(one(client_person)).json()

    assert body["emergency_contact"]["name"] == "Ash Wood"
    assert not {"focus", "status"} & set(body)


def test_only_what_is_named_is_changed(api_of, clinician, client_person):
    answer = api_of(clinician).patch(one(client_person), {"focus": "Sleep"}, format="json")

    assert (answer.json()["focus"], answer.json()["name"]) == ("Sleep", "Sam Wood")


@pytest.fixture
def with_contact(client_person, clinician):
    contact = EmergencyContactWords(name="Ash Wood", phone="020 7946 0001", relation="sister")
    edit_client(client=client_person, emergency_contact=contact, by=clinician, now=MONDAY_NOON)
    return client_person


@pytest.mark.parametrize("sent", [{}, {"phone": "020 7946 0002"}, {"name": "Ash W."}, {"relation": ""}])
def test_of_whom_to_call_only_what_is_named_is_changed(api_of, reception, with_contact, sent):
    answer = api_of(reception).patch(one(with_contact), {"emergency_contact": sent}, format="json")

    before = {"name": "Ash Wood", "phone": "020 7946 0001", "relation": "sister"}
    assert (answer.status_code, answer.json()["emergency_contact"]) == (200, before | sent)


@pytest.mark.parametrize(
    ("sent", "missing"),
    [
        ({}, ["name", "phone"]),
        ({"phone": "020 7946 0002"}, ["name"]),
        ({"relation": "sister"}, ["name", "phone"]),
    ],
)
def test_half_of_whom_to_call_is_refused_where_nobody_stands_yet(
    api_of, reception, client_person, sent, missing
):
    answer = api_of(reception).patch(one(client_person), {"emergency_contact": sent}, format="json")

    assert answer.status_code == 400
    assert sorted(answer.json()["errors"]["emergency_contact"]) == missing


def test_whom_to_call_is_taken_away_by_name(api_of, reception, with_contact):
    answer = api_of(reception).patch(one(with_contact), {"emergency_contact": None}, format="json")

    assert answer.json()["emergency_contact"] is None


def test_the_desk_does_not_change_the_work(api_of, reception, client_person):
    answer = api_of(reception).patch(one(client_person), {"focus": "Sleep"}, format="json")

    assert answer.status_code == 400
    assert "focus" in answer.json()["errors"]


def test_a_client_in_nobody_elses_care_does_not_exist_for_others(api_of, colleague, client_person):
    caller = api_of(colleague)

    answers = [caller.get(one(client_person)), caller.patch(one(client_person), {"name": "x"}, format="json")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_who_is_not_let_in(api_of, owner, client_person):
    answers = [api_of(member).get(LIST) for member in (owner, client_person.member)]

    assert [answer.status_code for answer in answers] == [403, 403]


@pytest.mark.parametrize(("scope", "status"), [("clients", 200), ("runs", 403)])
def test_a_token_needs_the_scope(clinician, client_person, scope, status):
    _row, text = create_token(member=clinician, scopes=[scope], name="a script", now=timezone.now())

    answer = APIClient().get(LIST, headers={"Authorization": f"Bearer {text}"})

    assert answer.status_code == status
