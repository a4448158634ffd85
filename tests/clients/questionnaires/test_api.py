"""The questionnaires of the practice, for programs: an owner's, with a fresh sign-in, and refused in words."""

import io

import pytest

from clients.instruments import keys
from clients.models import PracticeInstrument
from practice.models import AuditEvent
from practice.people.tokens import create_token
from tests.clients.instruments.made_up import as_json, made_up
from tests.factories import MONDAY_NOON, MemberFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/questionnaires/"


@pytest.fixture
def boss(api_of, owner):
    return api_of(owner)


def on(caller, key="auditc", **said):
    return caller.post(f"{URL}{key}/on/", {"understood": True} | said, format="json")


def file(content=None, **changes):
    sent = io.BytesIO(content or as_json(made_up(**changes)))
    sent.name = "our_check.json"
    return sent


def bring(caller, content=None, **said):
    body = {"file": file(content), "statement": "ours", "proof": "Our own, 2026"} | said
    return caller.post(URL, body, format="multipart")


def test_the_list_says_what_is_in_use_and_what_is_not_in_the_box(boss):
    said = boss.get(URL).json()

    assert "phq9" in [one["key"] for one in said["core"]]
    assert {one["key"]: one["is_in_use"] for one in said["switchable"]}["auditc"] is False
    assert "who5" in [one["key"] for one in said["packs"]]
    assert "C-SSRS" in said["results_only"]
    assert said["own"] == []


def test_one_is_read_in_full_before_it_is_used(boss):
    said = boss.get(f"{URL}auditc/").json()

    assert said["licence_note"]
    assert said["attribution"]
    assert len(said["questions"]) == 3
    assert (said["is_switchable"], said["is_in_use"], said["taken"]) == (True, False, None)


def test_it_is_switched_on_by_somebody_who_answers_for_it(boss, owner):
    answer = on(boss)

    assert answer.status_code == 200
    assert answer.json()["is_in_use"] is True
    assert answer.json()["taken"]["by"] == owner.name
    assert "auditc" in keys()


def test_it_is_put_away_and_what_was_said_stays(boss):
    on(boss)

    answer = boss.post(f"{URL}auditc/away/")

    assert (answer.status_code, answer.json()["is_in_use"]) == (200, False)
    assert "auditc" not in keys()
    assert PracticeInstrument.objects.get().put_away_at


@pytest.mark.parametrize(
    ("key", "said", "status", "code", "words"),
    [
        ("auditc", {"understood": False}, 400, "statement_missing", "Say why you may use it."),
        ("phq9", {}, 409, "not_switchable", "not one that can be switched on"),
        ("nobody-has-it", {}, 409, "not_switchable", "not one that can be switched on"),
        ("auditc", {"understood": "perhaps"}, 400, "invalid", "Must be a valid boolean"),
        ("auditc", {"by": "me"}, 400, "invalid", "Unknown field"),
    ],
)
def test_what_cannot_be_switched_on_says_why(boss, key, said, status, code, words):
    answer = on(boss, key, **said)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert words in answer.content.decode()
    assert not PracticeInstrument.objects.exists()


def test_twice_is_said(boss):
    on(boss)

    again = on(boss)
    boss.post(f"{URL}auditc/away/")
    away = boss.post(f"{URL}auditc/away/")

    assert (again.status_code, again.json()["code"]) == (409, "in_use_already")
    assert (away.status_code, away.json()["code"]) == (409, "not_in_use")


def test_one_that_nobody_has_is_not_found(boss):
    assert boss.get(f"{URL}nobody-has-it/").status_code == 404


def test_a_file_of_ones_own_is_brought_and_read_back(boss):
    answer = bring(boss)

    assert answer.status_code == 201
    own = boss.get(URL).json()["own"][0]
    assert (own["key"], own["proof"]) == (answer.json()["key"], "Our own, 2026")
    assert answer.json()["key"] in keys()


@pytest.mark.parametrize(
    ("content", "said", "code", "words"),
    [
        (b"not a file", {}, "not_an_instrument", "This file cannot be used."),
        (b"x" * 70_000, {}, "not_an_instrument", "larger than 64 KB"),
        (None, {"statement": ""}, "invalid", "Please choose one."),
        (None, {"statement": "because"}, "invalid", "Please choose one of these."),
        (None, {"statement": "permission"}, "statement_missing", "Say why you may use it"),
        (None, {"proof": "a\x1bb"}, "invalid", "hidden character"),
        (None, {"file": ""}, "invalid", "Choose the file."),
        (None, {"by": "me"}, "invalid", "Unknown field"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(boss, content, said, code, words):
    answer = bring(boss, content, **said)

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert words in answer.content.decode()
    assert not PracticeInstrument.objects.exists()


def test_the_same_file_again_is_said(boss):
    bring(boss)

    assert bring(boss).json()["code"] == "in_use_already"


def test_they_are_the_owners(api_of, clinician, reception, client_person):
    for member in (clinician, reception, client_person.member, MemberFactory(roles=["supervisor"])):
        caller = api_of(member)
        assert caller.get(URL).status_code == 403
        assert caller.get(f"{URL}auditc/").status_code == 403
        assert on(caller).status_code == 403
        assert caller.post(f"{URL}auditc/away/").status_code == 403
        assert bring(caller).status_code == 403


def test_standing_up_for_it_needs_a_fresh_sign_in(boss, monkeypatch):
    monkeypatch.setattr("practice.people.gate.is_fresh", lambda _request: False)

    assert boss.get(URL).status_code == 200
    assert {on(boss).status_code, bring(boss).status_code, boss.post(f"{URL}auditc/away/").status_code} == {
        403
    }


@pytest.mark.parametrize(
    ("scopes", "read", "switched"),
    [
        (["questionnaires"], 200, 403),
        (["questionnaires", "sign"], 200, 200),
        (["screenings", "sign"], 403, 403),
    ],
)
def test_a_key_needs_its_scope_and_sign_on_top(client, owner, scopes, read, switched):
    key = create_token(member=owner, scopes=scopes, name="a script", now=MONDAY_NOON, days=365)[1]
    headers = {"Authorization": f"Bearer {key}"}

    assert client.get(URL, headers=headers).status_code == read
    answer = client.post(
        f"{URL}auditc/on/", '{"understood": true}', content_type="application/json", headers=headers
    )
    assert answer.status_code == switched


def test_each_change_leaves_one_line(boss):
    before = AuditEvent.objects.acts().count()

    on(boss)
    boss.post(f"{URL}auditc/away/")

    lines = [line.action for line in AuditEvent.objects.acts().order_by("pk")[before:]]
    assert lines == ["instrument_taken", "instrument_put_away"]
