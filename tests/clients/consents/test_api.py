"""Agreements for programs: staff read, the client signs and takes back."""

import pytest

from clients.consents import standing
from clients.consents.models import Consent
from tests.clients.consents.signing import NAME, keep, sign, ticked
from tests.factories import MONDAY_NOON

URL = "/api/v1/consents/"
TODAY = MONDAY_NOON.date()


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(MONDAY_NOON, tick=False)


@pytest.fixture
def own(api_of, client_person):
    return api_of(client_person.member)


def points(**said):
    return [{"key": key, **answer, **said} for key, answer in ticked().items()]


def test_the_text_is_given_with_every_point(own):
    answer = own.get("/api/v1/agreement/").json()

    assert (answer["version"], len(answer["points"])) == (1, 24)
    assert "lawyer" in answer["notice"]


def test_a_client_signs_and_the_care_team_reads_it(own, api_of, clinician, client_person):
    body = {"about": "movement", "version": 1, "points": points(), "signature": NAME}

    answer = own.post(URL, body, format="json")

    assert answer.status_code == 201
    read = api_of(clinician).get(URL, {"client": str(client_person.uid)}).json()["results"]
    assert [(line["about"], line["step"], line["signature"]) for line in read] == [
        ("movement", "given", NAME)
    ]
    assert api_of(clinician).get(f"{URL}{answer.json()['id']}/").status_code == 200


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"version": 2}, "agreement_changed"),
        ({"version": None}, ""),
        ({"points": []}, "points_missing"),
        ({"points": [{"key": "pace", "agreed": False}]}, "points_missing"),
        ({"signature": ""}, "no_signature"),
    ],
)
def test_what_is_not_whole_is_refused(own, changes, code, client_person):
    body = {"about": "movement", "version": 1, "points": points(), "signature": NAME, **changes}

    answer = own.post(URL, body, format="json")

    assert answer.status_code == (409 if code else 400)
    assert not code or answer.json()["code"] == code
    assert not Consent.objects.exists()


def test_a_kind_is_allowed_and_taken_back(own, client_person):
    assert own.post(URL, {"about": "location"}, format="json").status_code == 201
    assert standing.covers(client_person, "location", TODAY)

    assert own.post(f"{URL}withdraw/", {"about": "location"}, format="json").status_code == 201
    assert not standing.covers(client_person, "location", TODAY)


def test_taking_the_agreement_back_is_in_effect_at_once(own, client_person):
    sign(client_person)

    answer = own.post(f"{URL}withdraw/", {"about": "movement", "words": "Too public"}, format="json")

    assert answer.json()["step"] == "withdrawn"
    assert own.get(f"{URL}standing/").json()["agreement"] == "withdrawn"


def test_what_was_never_given_cannot_be_taken_back(own):
    assert own.post(f"{URL}withdraw/", {"about": "movement"}, format="json").status_code == 404


def test_what_stands_says_every_kind(own, client_person):
    keep(client_person, "mood")

    kinds = {one["about"]: one["covers"] for one in own.get(f"{URL}standing/").json()["kinds"]}

    assert kinds == {
        "location": False,
        "heart_rate": False,
        "mood": False,
        "free_text": True,
        "supervisor": True,
    }


def test_staff_say_whose_it_is(api_of, clinician):
    assert api_of(clinician).get(URL).status_code == 400
    assert api_of(clinician).get(URL, {"client": "x"}).status_code == 400


def test_staff_sign_nothing_for_a_client_by_program(api_of, clinician):
    caller = api_of(clinician)

    assert caller.post(URL, {"about": "mood"}, format="json").status_code == 403
    assert caller.post(f"{URL}withdraw/", {"about": "mood"}, format="json").status_code == 403


def test_others_find_nothing(api_of, colleague, stranger, client_person, owner, reception):
    line = keep(client_person, "mood")

    assert api_of(colleague).get(URL, {"client": str(client_person.uid)}).status_code == 404
    assert api_of(colleague).get(f"{URL}{line.uid}/").status_code == 404
    assert api_of(stranger.member).get(f"{URL}{line.uid}/").status_code == 404
    assert api_of(stranger.member).get(URL, {"client": str(client_person.uid)}).status_code == 404
    assert api_of(owner).get(URL, {"client": str(client_person.uid)}).status_code == 403
    assert api_of(reception).get(URL, {"client": str(client_person.uid)}).status_code == 403
