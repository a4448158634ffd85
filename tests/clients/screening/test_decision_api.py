"""Decisions through the API: what the pages take and show, and the same refusals."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from clients.letters.models import Letter
from clients.models import CareTeamMember, Clearance
from clients.screening import actions, rules
from practice.models import Practice
from tests.clients.screening.answering import decide, handed_in, has_answered
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
CLEARANCES = "/api/v1/clearances/"
WISHES = "/api/v1/override-wishes/"
DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def staff(api_of, clinician, client_person, now):
    has_answered(client_person, clinician, now - DAY)
    return api_of(clinician)


def body(client, **changes):
    return {
        "client": str(client.uid),
        "mode": "walk",
        "decision": "conditions",
        "rationale": "Talked through everything.",
        "most_minutes": 30,
        "route_kinds": ["flat"],
        "no_solo_runs": True,
        "talked": True,
    } | changes


def test_limits_and_the_version_of_the_rules_are_taken_and_shown(staff, client_person):
    answer = staff.post(CLEARANCES, body(client_person), format="json")

    kept = answer.json()
    assert answer.status_code == 201, kept
    assert (kept["most_minutes"], kept["route_kinds"], kept["no_solo_runs"]) == (30, ["flat"], True)
    assert (kept["ruleset"], kept["letters"], kept["letter_seen"]) == (rules.VERSION, [], False)


REASON = "Your ankle heals first."
LETTER = "Dear Alex, for now we sit, because your ankle heals first."


def test_a_letter_goes_with_it(staff, client_person):
    letter = {"text": LETTER, "kind": "not_now", "reason": REASON}

    answer = staff.post(
        CLEARANCES,
        body(
            client_person,
            decision="hold",
            most_minutes=None,
            route_kinds=[],
            no_solo_runs=False,
            letter=letter,
        ),
        format="json",
    )

    assert answer.status_code == 201
    assert answer.json()["letters"][0]["way"] == "portal"
    assert Letter.objects.get().text == LETTER


STOPPED: dict[str, Any] = {"decision": "hold", "most_minutes": None, "route_kinds": [], "no_solo_runs": False}


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        ({"text": "No."}, "needs_plain_reason"),
        ({"text": "For now we sit.", "reason": REASON}, "letter_leaves_out"),
        ({"text": LETTER, "reason": REASON, "kind": "open"}, "letter_of_another_kind"),
        ({"text": LETTER, "reason": REASON, "kind": "not_a_fit"}, "needs_alternatives"),
        (
            {"text": LETTER, "reason": REASON, "kind": "not_a_fit", "alternatives": ["The clinic", "Dr Ash"]},
            "letter_leaves_out",
        ),
        ({"text": f"{LETTER} This is a rejection.", "reason": REASON}, "says_what_we_never_say"),
    ],
)
def test_a_letter_from_a_program_is_held_to_what_holds_for_ours(staff, client_person, letter, code):
    answer = staff.post(CLEARANCES, body(client_person, **STOPPED, letter=letter), format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert not Clearance.objects.exists()


def test_a_program_refers_with_two_ways_onward(staff, client_person):
    ways = ["The clinic, 0000 1", "Dr Ash, 0000 2"]
    letter = {
        "text": f"{LETTER} {' '.join(ways)}",
        "reason": REASON,
        "kind": "not_a_fit",
        "alternatives": ways,
    }

    staff.post(CLEARANCES, body(client_person, **STOPPED, letter=letter), format="json")

    assert Letter.objects.get().kind == "not_a_fit"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"letter": {"text": "You failed.", "kind": "open"}}, 409, "says_what_we_never_say"),
        ({"decision": "cleared"}, 409, "limits_need_conditions"),
        ({"route_kinds": ["steep"]}, 400, "invalid"),
        ({"most_minutes": 4}, 400, "invalid"),
        ({"letter_by": "2000-01-01"}, 409, "letter_due_outside"),
        ({"seen": "another"}, 409, "decided_meanwhile"),
        ({"mode": "run", "walk_only": True}, 409, "walk_only"),
    ],
)
def test_a_refusal_keeps_neither_decision_nor_letter(staff, client_person, changes, status, code):
    answer = staff.post(CLEARANCES, body(client_person, **changes), format="json")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Clearance.objects.exists()
    assert not Letter.objects.exists()


def test_walk_only_puts_running_on_hold(staff, client_person):
    staff.post(CLEARANCES, body(client_person, walk_only=True), format="json")

    assert dict(Clearance.objects.values_list("mode", "decision")) == {"walk": "conditions", "run": "hold"}


def test_a_doctors_letter_is_seen_once(staff, client_person):
    due = str(timezone.localdate() + 10 * DAY)
    kept = staff.post(CLEARANCES, body(client_person, letter_by=due), format="json").json()
    address = f"{CLEARANCES}{kept['id']}/letter-seen/"

    first = staff.post(address, {"words": "All well."}, format="json")
    again = staff.post(address, {}, format="json")

    assert first.json()["letter_seen"] is True
    assert (first.json()["doctors_letter"]["words"], kept["doctors_letter"]) == ("All well.", None)
    assert (again.status_code, again.json()["code"]) == (409, "letter_seen_already")


def test_answers_come_with_suggestions_one_can_argue_with(staff, client_person, clinician, now):
    screening = handed_in(client_person, clinician, now=now, drugs={"times": 2})

    shown = staff.get(f"/api/v1/screenings/{screening.uid}/").json()

    walk = next(one for one in shown["suggestions"] if one["mode"] == "walk")
    assert (walk["decision"], shown["ruleset"]) == ("hold", rules.VERSION)
    assert walk["reasons"][0]["rule"] == "H2a"
    assert "Smith 2010" in walk["reasons"][0]["source"]
    assert walk["otherwise"]


def test_a_client_sees_no_suggestion(api_of, client_person, clinician, now):
    screening = handed_in(client_person, clinician, now=now, drugs={"times": 2})

    assert (
        api_of(client_person.member).get(f"/api/v1/screenings/{screening.uid}/").json()["suggestions"] == []
    )


class TestASecondClinician:
    @pytest.fixture
    def second(self, client_person):
        member = MemberFactory(name="Sam Ash")
        CareTeamMember.objects.create(
            client=client_person, member=member, part="covering", since=date(2020, 1, 1)
        )
        return member

    def wish(self, client, **changes):
        return {
            "client": str(client.uid),
            "mode": "walk",
            "rationale": "Ten weeks steady.",
            "conditions": "With a snack.",
            "talked": True,
        } | changes

    def test_signs_what_the_first_asked_for(self, staff, api_of, client_person, clinician, second, now):
        Practice.objects.update(second_may_override=True)
        talk = actions.Talk(held=True, confirmed={"addiction"})
        decide(client_person, clinician, decision="not_suited", talk=talk, now=now)

        asked = staff.post(WISHES, self.wish(client_person), format="json").json()
        address = f"{WISHES}{asked['id']}/answer/"
        own = staff.post(address, {"answer": "sign", "reason": "Me."}, format="json")
        other = api_of(second).post(address, {"answer": "sign", "reason": "Met them."}, format="json")

        assert asked["overrides"] == ["H2"]
        assert (own.status_code, own.json()["code"]) == (409, "needs_second_clinician")
        assert (other.status_code, other.json()["answer"]) == (200, "given")
        kept = staff.get(CLEARANCES).json()["results"][0]
        assert (kept["overrides"], kept["second_by"]) == (["H2"], "Sam Ash")

    def test_is_not_asked_where_the_practice_does_not_do_it(self, staff, client_person):
        answer = staff.post(WISHES, self.wish(client_person), format="json")

        assert (answer.status_code, answer.json()["code"]) == (409, "overrides_are_off")

    def test_is_asked_by_nobody_outside_the_care_team(self, api_of, colleague, client_person):
        assert api_of(colleague).post(WISHES, self.wish(client_person), format="json").status_code == 404
