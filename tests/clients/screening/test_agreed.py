"""What a client reads of the conditions on their own pages, and the letter that goes with an override."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clients.letters.models import Letter
from clients.models import OverrideWish
from clients.screening import actions
from clients.screening.rules import Limits
from practice.models import Practice
from tests.clients.screening.answering import decide, has_answered
from tests.factories import MONDAY_NOON, ClearanceFactory

LIMITS = {
    "decision": "conditions",
    "most_minutes": 30,
    "route_kinds": ["flat", "chosen"],
    "no_solo_runs": True,
    "company": True,
    "conditions": "Sensory plan: panic since March.",
}
OWN = (
    "We move for up to 30 minutes each time.",
    "We take routes that are flat, chosen by you.",
    "Between our sessions: no runs alone.",
    "Between our sessions: out with somebody, rather than alone.",
)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(MONDAY_NOON, tick=False)


@pytest.fixture
def page_of(browser_of, client_person):
    return lambda name: browser_of(client_person.member).get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", ["portal_home", "portal_plan"])
def test_the_client_reads_what_we_agreed_and_nothing_clinical(page_of, client_person, name):
    ClearanceFactory(client=client_person, **LIMITS)

    page = page_of(name)

    assert all(words in page for words in (*OWN, "What we agreed", "<h3>Walking</h3>"))
    assert not [word for word in ("panic", "Sensory", "rule", "clear for") if word in page]


def test_the_same_for_both_ways_is_said_once(page_of, client_person):
    for mode in ("walk", "run"):
        ClearanceFactory(client=client_person, mode=mode, **LIMITS)

    page = page_of("portal_home")

    assert (page.count(OWN[0]), "<h3>Walking and running</h3>" in page) == (1, True)


@pytest.mark.parametrize("changes", [{"decision": "cleared"}, {"decision": "hold", "most_minutes": None}])
def test_without_conditions_or_while_it_waits_there_is_no_card(page_of, client_person, changes):
    ClearanceFactory(client=client_person, **changes)

    assert "What we agreed" not in page_of("portal_home")


class TestTheLetterOfAnOverride:
    @pytest.fixture
    def wish(self, client_person, clinician, colleague):
        Practice.objects.update(second_may_override=True)
        client_person.care_team.create(member=colleague, part="covering", since=MONDAY_NOON.date())
        has_answered(client_person, clinician)
        talk = actions.Talk(held=True, confirmed={"eating"})
        decide(client_person, clinician, decision="not_suited", talk=talk)
        return actions.ask_override(
            client=client_person,
            terms=actions.OverrideTerms(
                mode="walk",
                rationale="Ten weeks steady.",
                limits=Limits(most_minutes=20, no_solo_runs=True),
                conditions="With a snack.",
            ),
            by=clinician,
            now=MONDAY_NOON + timedelta(minutes=1),
            talk=actions.Talk(held=True),
        )

    def test_is_previewed_with_its_conditions(self, wish, browser_of, colleague):
        page = browser_of(colleague).get(reverse("override", args=[wish.uid])).content.decode()

        assert "At most 20 minutes of moving." in page
        assert "We would be glad to walk with you." in page

    def test_is_sent_with_the_signature(self, wish, browser_of, colleague, client_person):
        text = "We would be glad to walk with you, for up to 20 minutes."
        body = {"step": "sign", "reason": "Met them.", "send_letter": "on", "way": "portal", "letter": text}

        browser_of(colleague).post(reverse("answer_override", args=[wish.uid]), body)

        letter = Letter.objects.get()
        assert (letter.text, letter.clearance.overrides, letter.kind) == (text, ["H1"], "open")

    def test_both_or_neither(self, wish, browser_of, colleague):
        body = {
            "step": "sign",
            "reason": "Met them.",
            "send_letter": "on",
            "way": "portal",
            "letter": "You failed.",
        }

        answer = browser_of(colleague).post(reverse("answer_override", args=[wish.uid]), body)

        assert (answer.status_code, OverrideWish.objects.get().answer) == (422, "")

    def test_is_sent_by_a_program_too(self, wish, api_of, colleague):
        answer = api_of(colleague).post(
            f"/api/v1/override-wishes/{wish.uid}/answer/",
            {"answer": "sign", "reason": "Met them.", "letter": {"text": "We would be glad to walk."}},
            format="json",
        )

        assert (answer.status_code, Letter.objects.get().kind) == (200, "open")
