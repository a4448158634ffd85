"""Measures and their plans for programs: the same rules as the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clients.measures import actions
from clients.models import SafetyAlert
from clients.screening.actions import ask_screening
from practice.models import AuditEvent
from tests.clients.measures.forms_in import form, planned
from tests.clients.screening.answering import quiet

pytestmark = pytest.mark.django_db
MEASURES, PLANS = "/api/v1/measures/", "/api/v1/measure-plans/"


def post(caller, url, **body):
    return caller.post(url, body, format="json")


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def plan(client_person, clinician, now):
    return planned(client_person, clinician, now=now, starts_on=timezone.localdate())


@pytest.fixture
def staff(api_of, clinician):
    return api_of(clinician)


def test_measures_over_time(staff, client_person, now):
    form(client_person, 18, days_ago=60, now=now)
    form(client_person, 16, days_ago=30, now=now)
    form(client_person, 8, now=now)

    (phq9,) = staff.get(MEASURES, {"client": client_person.uid}).json()["measures"]

    assert phq9["finding"].startswith("PHQ-9: 8 now, 18 at the start, down 10.")
    assert [(one["total"], one["difference"], one["change"], one["crossed"]) for one in phq9["forms"]] == [
        (18.0, None, "", ""),
        (16.0, -2.0, "within_error", ""),
        (8.0, -10.0, "improvement", "below"),
    ]


def test_one_form_says_nothing_of_a_change(staff, client_person, now):
    form(client_person, 18, now=now)

    (phq9,) = staff.get(MEASURES, {"client": client_person.uid}).json()["measures"]

    assert phq9["forms"][0]["change"] == ""
    assert "No change can be told yet" in phq9["finding"]


def test_gaps_are_told(staff, plan, client_person, now):
    form(client_person, 4, days_ago=100, now=now)
    for days in (60, 30):
        at = now - timedelta(days=days)
        plan.occasions.create(due_on=timezone.localdate(at), noted_at=at)

    (phq9,) = staff.get(MEASURES, {"client": client_person.uid}).json()["measures"]

    assert phq9["missed"] == [str(timezone.localdate(now - timedelta(days=days))) for days in (60, 30)]


def test_reading_them_is_told_in_the_trail(staff, client_person):
    staff.get(MEASURES, {"client": client_person.uid})

    assert AuditEvent.objects.filter(action="client_read", client_uid=client_person.uid).exists()


@pytest.mark.parametrize("query", [{}, {"client": "x"}, {"client": ""}])
def test_measures_want_a_client(staff, query):
    assert staff.get(MEASURES, query).status_code == 400


def test_whose_measures_may_be_read(api_of, client_person, colleague, reception, owner):
    people = (colleague, reception, owner, client_person.member)

    said = [api_of(one).get(MEASURES, {"client": client_person.uid}).status_code for one in people]

    assert said == [404, 403, 403, 403]


def test_plan_change_pause_resume_end(staff, client_person):
    made = post(staff, PLANS, client=str(client_person.uid), instrument="phq9", every=4, unit="sessions")
    one = f"{PLANS}{made.json()['id']}/"
    changed = staff.put(one, {"every": 2, "unit": "weeks"}, format="json")
    paused, resumed, ended = (post(staff, f"{one}{verb}/") for verb in ("pause", "resume", "end"))

    assert made.status_code == 201
    assert made.json()["is_due"]
    assert (changed.json()["every"], changed.json()["unit"]) == (2, "weeks")
    assert paused.json()["paused_on"] == str(timezone.localdate())
    assert resumed.json()["paused_on"] is None
    assert ended.json()["ended_at"]
    assert not ended.json()["is_due"]


def test_the_list_says_how_each_stands(staff, plan, client_person, now):
    actions.send_everything_due(now=now)

    (line,) = staff.get(PLANS, {"client": client_person.uid}).json()["results"]

    assert line["is_waiting"]
    assert line["next_on"] == str(timezone.localdate() + timedelta(weeks=4))


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"instrument": "asq"}, 400, "not_a_measure"),
        ({"instrument": "phq9"}, 409, "already_planned"),
        ({"every": 0}, 400, ""),
        ({"every": 53}, 400, ""),
        ({"unit": "moons"}, 400, ""),
        ({"starts_on": "2026-06-02", "until": "2026-06-01"}, 409, "ends_before_it_begins"),
        ({"streak": 3}, 400, ""),
    ],
)
def test_plans_that_are_refused(staff, plan, client_person, body, status, code):
    whole = {"client": str(client_person.uid), "instrument": "gad7", "every": 4, "unit": "weeks"}

    answer = post(staff, PLANS, **(whole | body))

    assert answer.status_code == status
    assert not code or answer.json()["code"] == code


@pytest.mark.parametrize(
    ("verb", "body", "code"),
    [
        ("pause", {"resumes_on": "2020-01-01"}, "resumes_too_early"),
        ("resume", {}, "not_paused"),
    ],
)
def test_rests_that_are_refused(staff, plan, verb, body, code):
    answer = post(staff, f"{PLANS}{plan.uid}/{verb}/", **body)

    assert (answer.status_code, answer.json()["code"]) == (409, code)


def test_who_may_not_plan(api_of, plan, client_person, colleague, reception, owner):
    people = (colleague, reception, owner, client_person.member)

    said = [post(api_of(one), f"{PLANS}{plan.uid}/end/").status_code for one in people]

    assert said == [404, 403, 403, 403]


def test_who_supervises_reads_and_does_not_plan(staff, plan, client_person):
    client_person.care_team.update(part="supervising")

    assert staff.get(PLANS).status_code == 200
    assert post(staff, f"{PLANS}{plan.uid}/pause/").status_code == 403


@pytest.fixture
def together(client_person, clinician, now):
    screening = ask_screening(
        client=client_person, purpose="measure", instruments=["phq9"], by=clinician, now=now
    )
    return f"/api/v1/screenings/{screening.uid}/together/"


def test_a_form_is_filled_in_together(staff, together):
    kept = post(staff, together, instrument="phq9", answers=quiet("phq9")).json()

    assert kept == {"alert": None, "missing": [], "handed_in": True}


def test_a_safety_answer_is_told_at_once(staff, together):
    kept = post(staff, together, instrument="phq9", answers={"q9": 2}).json()

    assert kept["alert"] == str(SafetyAlert.objects.get().uid)
    assert not kept["handed_in"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"instrument": "gad7", "answers": {}}, 404),
        ({"instrument": "phq9", "answers": {"q1": 9}}, 400),
        ({"instrument": "phq9", "answers": {"q77": 0}}, 400),
        ({"instrument": "phq9"}, 400),
    ],
)
def test_what_cannot_be_kept_is_refused(staff, together, body, status):
    assert post(staff, together, **body).status_code == status


def test_a_client_answers_on_their_own_door(api_of, client_person, together):
    answer = post(api_of(client_person.member), together, instrument="phq9", answers={"q1": 0})

    assert answer.status_code == 403
