"""The story through the API, who may take part in it, and what is refused."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clients.models import Clearance, SafetyAlert
from clients.screening import actions
from tests.clients.screening.answering import a_decision, decide, fill, handed_in, has_answered

pytestmark = pytest.mark.django_db
URL = "/api/v1/screenings/"
CLEARANCES = "/api/v1/clearances/"
ALERTS = "/api/v1/alerts/"


def post(caller, url, **body):
    return caller.post(url, body, format="json")


def clearing(client, **changes):
    return {
        "client": str(client.uid),
        "mode": "walk",
        "decision": "cleared",
        "rationale": "Talked.",
    } | changes


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def intake(client_person, clinician, now):
    return actions.ask_screening(client=client_person, purpose="intake", by=clinician, now=now)


@pytest.fixture
def handed(client_person, clinician, now):
    return handed_in(client_person, clinician, now=now)


def test_ask_answer_hand_in_decide(api_of, clinician, client_person, now):
    staff, own = api_of(clinician), api_of(client_person.member)
    has_answered(client_person, clinician, now - timedelta(days=1))

    asked = post(staff, URL, client=str(client_person.uid), purpose="measure", instruments=["gad7"])
    uid = asked.json()["id"]
    items = asked.json()["responses"][0]["items"]
    for item in items:
        answered = post(own, f"{URL}{uid}/answers/", instrument="gad7", item=item["key"], value=2)
        assert answered.status_code == 200
    handed = post(own, f"{URL}{uid}/submit/")
    decided = post(staff, CLEARANCES, **clearing(client_person, screening=uid))

    assert asked.status_code == 201
    assert handed.json()["submitted_at"]
    assert decided.status_code == 201
    assert decided.json()["review_on"] == str(timezone.localdate() + timedelta(days=90))


def test_a_client_never_sees_a_score(api_of, client_person, handed):
    body = api_of(client_person.member).get(f"{URL}{handed.uid}/").json()

    assert all(response["result"] is None for response in body["responses"])
    assert body["hits"] == []


def test_staff_see_scores_and_rules(api_of, client_person, clinician, now):
    screening = handed_in(client_person, clinician, now=now, drugs={"times": 2})

    body = api_of(clinician).get(f"{URL}{screening.uid}/").json()

    assert body["responses"][0]["result"]["total"] == 0
    assert [(hit["rule"], hit["walk"]) for hit in body["hits"]] == [("H2a", "hold")]


def test_what_a_clinician_asks_is_not_shown_to_the_client(api_of, client_person, intake):
    body = api_of(client_person.member).get(f"{URL}{intake.uid}/").json()

    assert [r["items"] for r in body["responses"] if r["asked_by_clinician"]] == [[]]


def test_a_safety_answer_says_to_show_help(api_of, client_person, intake):
    answered = post(
        api_of(client_person.member), f"{URL}{intake.uid}/answers/", instrument="phq9", item="q9", value=1
    )

    assert answered.json()["show_help"] is True
    assert SafetyAlert.objects.unseen().count() == 1


@pytest.mark.parametrize(("said", "help_first"), [("yes", False), ("no", True), ("unsure", True)])
def test_are_you_safe_right_now(api_of, client_person, intake, said, help_first):
    own = api_of(client_person.member)
    post(own, f"{URL}{intake.uid}/answers/", instrument="phq9", item="q9", value=1)

    answered = post(own, f"{URL}{intake.uid}/safe-now/", safe_now=said)

    assert answered.json() == {"safe_now": said, "show_help": help_first}
    assert SafetyAlert.objects.get().safe_now == said


def test_only_the_client_says_whether_they_are_safe(api_of, clinician, stranger, intake):
    answers = [
        post(api_of(who), f"{URL}{intake.uid}/safe-now/", safe_now="yes").status_code
        for who in (clinician, stranger.member)
    ]

    assert answers == [403, 404]


def test_a_sign_from_the_heart_says_to_see_a_doctor(api_of, client_person, intake):
    answered = post(
        api_of(client_person.member),
        f"{URL}{intake.uid}/answers/",
        instrument="readiness",
        item="chest",
        value=1,
    )

    assert (answered.json()["show_help"], answered.json()["see_a_doctor"]) == (False, True)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"instrument": "phq9", "item": "q1", "value": 9}, 400, "not_an_answer"),
        ({"instrument": "phq9", "item": "q77", "value": 1}, 400, "not_an_answer"),
        ({"instrument": "phq9", "item": "q1", "value": 1.5}, 400, "invalid"),
        ({"instrument": "phq9", "item": "q1", "value": None}, 400, "invalid"),
        ({"instrument": "phq9", "item": "q1", "value": True}, 400, "invalid"),
        ({"instrument": "phq9", "item": "q1"}, 400, "invalid"),
        ({"instrument": "phq9", "item": "q1", "value": 1, "note": "x"}, 400, "invalid"),
        ({"instrument": "movement", "item": "only_mood", "value": "a\x00b"}, 400, "invalid"),
        ({"instrument": "scoff", "item": "q1", "value": 1}, 404, "not_found"),
        ({"instrument": "asq", "item": "q1", "value": 1}, 409, "asked_by_clinician"),
    ],
)
def test_a_bad_answer_is_refused_with_a_code(api_of, client_person, intake, body, status, code):
    answer = post(api_of(client_person.member), f"{URL}{intake.uid}/answers/", **body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"


def test_handing_in_names_what_is_missing(api_of, client_person, clinician, now):
    review = actions.ask_screening(client=client_person, purpose="review", by=clinician, now=now)

    answer = post(api_of(client_person.member), f"{URL}{review.uid}/submit/")

    assert (answer.status_code, answer.json()["code"]) == (409, "questions_missing")
    assert "How your mood has been, question 1" in answer.json()["detail"]


def test_asking_twice_is_refused(api_of, clinician, client_person, intake):
    answer = post(api_of(clinician), URL, client=str(client_person.uid), purpose="intake")

    assert (answer.status_code, answer.json()["code"]) == (409, "already_asked")


def test_asked_in_person(api_of, clinician, handed):
    answers = {"q1": 0, "q2": 1, "q3": 0, "q4": 0, "q5": 0}

    answer = post(api_of(clinician), f"{URL}{handed.uid}/asked-in-person/", answers=answers)

    assert answer.status_code == 200
    assert answer.json()["hits"][0]["rule"] == "H3a"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"mode": "sit"}, 400, "invalid"),
        ({"decision": "maybe"}, 400, "invalid"),
        ({"rationale": ""}, 400, "invalid"),
        ({"review_on": "2026-13-40"}, 400, "invalid"),
        ({"review_on": "2000-01-01"}, 409, "review_in_the_past"),
        ({"review_on": "2900-01-01"}, 409, "review_too_far"),
        ({"decision": "conditions"}, 409, "needs_conditions"),
        ({"exclusions": ["eating"]}, 409, "excluded_from_moving"),
        ({"exclusions": ["weather"]}, 400, "invalid"),
        ({"screening": "7b9e0a53-8a1c-4b0e-9a35-3b3f0c1d2e4f"}, 404, "not_found"),
    ],
)
def test_a_decision_that_cannot_be(api_of, clinician, client_person, now, changes, status, code):
    has_answered(client_person, clinician, now - timedelta(days=1))

    answer = post(api_of(clinician), CLEARANCES, **clearing(client_person, **changes))

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Clearance.objects.exists()


def test_a_positive_screen_asks_for_a_talk(api_of, clinician, client_person, now):
    has_answered(client_person, clinician, now - timedelta(days=1))
    handed_in(client_person, clinician, now=now, movement={"making_up": 1})
    caller = api_of(clinician)

    first = post(caller, CLEARANCES, **clearing(client_person))
    then = post(caller, CLEARANCES, **clearing(client_person, talked=True))

    assert (first.status_code, first.json()["code"], then.status_code) == (409, "talk_first", 201)


def test_an_alert_is_listed_and_closed(api_of, clinician, client_person, intake, now):
    response = intake.responses.get(instrument="phq9")
    actions.answer(response=response, item="q9", value=1, by=client_person.member, now=now)
    caller = api_of(clinician)

    listed = caller.get(ALERTS).json()["results"]
    closed = post(caller, f"{ALERTS}{listed[0]['id']}/close/", what_was_done="Called.")
    again = post(caller, f"{ALERTS}{listed[0]['id']}/close/", what_was_done="Called.")

    assert closed.json()["what_was_done"] == "Called."
    assert (again.status_code, again.json()["code"]) == (409, "alert_closed")


class TestWhoMay:
    @pytest.mark.parametrize("who", ["colleague", "reception", "owner"])
    def test_outside_the_care_team_nothing_is_seen(self, request, api_of, handed, who):
        caller = api_of(request.getfixturevalue(who))

        for url in (f"{URL}{handed.uid}/", f"{CLEARANCES}?client={handed.client.uid}"):
            assert caller.get(url).status_code in {403, 404}

    def test_a_colleague_lists_nothing(self, api_of, colleague, handed):
        caller = api_of(colleague)

        assert caller.get(URL).json()["results"] == []
        assert caller.get(CLEARANCES).json()["results"] == []
        assert caller.get(ALERTS).json()["results"] == []

    def test_another_client_sees_nothing(self, api_of, stranger, intake):
        caller = api_of(stranger.member)

        assert caller.get(f"{URL}{intake.uid}/").status_code == 404
        assert post(caller, f"{URL}{intake.uid}/submit/").status_code == 404
        answer = post(caller, f"{URL}{intake.uid}/answers/", instrument="phq9", item="q1", value=1)
        assert answer.status_code == 404

    def test_a_client_decides_nothing_and_sees_no_decision(self, api_of, client_person):
        a_decision(client=client_person)
        caller = api_of(client_person.member)

        assert caller.get(CLEARANCES).status_code == 403
        assert caller.get(ALERTS).status_code == 403
        assert post(caller, CLEARANCES, **clearing(client_person)).status_code == 403
        assert post(caller, URL, client=str(client_person.uid), purpose="intake").status_code == 403

    def test_a_clinician_does_not_answer_for_the_client(self, api_of, clinician, intake):
        answer = post(api_of(clinician), f"{URL}{intake.uid}/answers/", instrument="phq9", item="q1", value=1)

        assert answer.status_code == 403

    def test_a_colleague_asks_and_decides_nothing(self, api_of, colleague, client_person, handed):
        caller = api_of(colleague)

        assert post(caller, URL, client=str(client_person.uid), purpose="review").status_code == 404
        assert post(caller, CLEARANCES, **clearing(client_person)).status_code == 404
        assert post(caller, f"{URL}{handed.uid}/asked-in-person/", answers={}).status_code == 404

    def test_nobody_is_asked_who_they_are_first(self, client, intake):
        assert client.get(URL).status_code in {401, 403}


def test_lists_go_by_cursor_newest_first(api_of, clinician, client_person):
    for _number in range(3):
        a_decision(client=client_person)
    caller = api_of(clinician)

    first = caller.get(f"{CLEARANCES}?page_size=2").json()
    rest = caller.get(first["next"]).json()

    assert (len(first["results"]), len(rest["results"]), rest["next"]) == (2, 1, None)


@pytest.mark.parametrize("cursor", ["cD1hYmM=", "cD0tMQ==", "cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk="])
def test_a_cursor_that_we_did_not_write_is_no_page(api_of, clinician, cursor):
    assert api_of(clinician).get(f"{URL}?cursor={cursor}").status_code == 404


def test_an_id_that_is_none_is_said_at_its_name(api_of, clinician):
    answer = api_of(clinician).get(f"{URL}?client=sam")

    assert answer.json()["errors"] == {"client": ["This is not an id."]}


@pytest.mark.parametrize("url", [URL, CLEARANCES])
def test_a_longer_list_costs_no_more_queries(api_of, clinician, client_person, now, url):
    caller = api_of(clinician)

    def another():
        a_decision(client=client_person)
        screening = actions.ask_screening(client=client_person, purpose="measure", by=clinician, now=now)
        actions.cancel_screening(screening=screening, by=clinician, now=now)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert caller.get(url).json()["results"]
        return len(captured)

    another()
    queries()  # the first visit of a browser notes the visit
    before = queries()
    for _number in range(4):
        another()

    assert queries() == before


def test_half_a_character_is_refused(api_of, client_person, intake):
    body = r'{"instrument": "movement", "item": "only_mood", "value": "a\ud800"}'
    url = f"{URL}{intake.uid}/answers/"

    answer = api_of(client_person.member).post(url, body, content_type="application/json")

    assert answer.status_code == 400


def test_decisions_say_who_decided(api_of, clinician, client_person, intake, now):
    decide(client_person, clinician, now=now, decision="hold")
    fill(intake, client_person.member, now=now, phq9={"q9": 1})

    rows = api_of(clinician).get(CLEARANCES).json()["results"]

    assert [(row["decided_by"], row["by_rule"]) for row in rows] == [(None, "H3a"), ("Robin Vale", "")]
