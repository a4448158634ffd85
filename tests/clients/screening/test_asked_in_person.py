"""A set of which the client answers nothing: a clinician asks, writes down, and goes on to decide."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from clients.intake.actions import ask_link
from clients.intake.models import ResumeLink
from clients.screening import actions, screens
from clients.screening.contributions import portal_cards
from clients.screening.models import Screening
from tests.clients.screening.answering import handed_in
from tests.factories import MONDAY_NOON

pytestmark = pytest.mark.django_db
NOTHING = {f"q{number}": 0 for number in range(1, 5)}


@pytest.fixture
def interview(client_person, clinician):
    return actions.ask_screening(
        client=client_person, purpose="review", instruments=["asq"], by=clinician, now=MONDAY_NOON
    )


def write_down(interview, by):
    return actions.answer_in_person(
        response=interview.responses.get(), answers=NOTHING, by=by, now=timezone.now()
    )


class TestBeforeItIsAsked:
    def test_the_client_is_shown_no_card(self, interview, client_person):
        assert portal_cards(client_person, MONDAY_NOON) == []

    def test_the_client_has_no_page_for_it(self, browser_of, interview, client_person):
        own = browser_of(client_person.member)

        assert own.get(reverse("my_screening", args=[interview.uid])).status_code == 404

    def test_the_client_cannot_hand_it_in(self, interview, client_person):
        with pytest.raises(actions.AskedByClinician):
            actions.submit_screening(screening=interview, by=client_person.member, now=MONDAY_NOON)

    def test_no_link_leads_back_to_it(self, interview, client_person):
        client_person.born_on = date(1990, 3, 4)
        client_person.save()

        ask_link(email=client_person.member.user.email, now=MONDAY_NOON)

        assert not ResumeLink.objects.exists()

    def test_the_clinician_reads_that_they_ask_it(self, browser_of, interview, clinician):
        html = browser_of(clinician).get(reverse("screening", args=[interview.uid])).content.decode()

        assert "To be asked in person" in html
        assert "0 of 0" not in html
        assert "once the client hands them in" not in html

    def test_it_waits_with_the_clinician_not_with_the_client(self, interview, clinician):
        queue = screens.review_queue(clinician, timezone.localdate())

        assert [row.uid for row in queue.to_ask] == [str(interview.uid)]
        assert queue.with_clients == ()

    def test_who_asks_is_said_as_it_is_chosen(self, browser_of, client_person, clinician):
        staff = browser_of(clinician)
        url = reverse("ask_screening", args=[client_person.uid])

        shown = staff.get(url).content.decode()
        kept = staff.post(url, {"purpose": "review", "instruments": ["asq"]}, follow=True).content.decode()

        assert "ASQ · you ask in person" in shown
        assert "Ask in person, then write the answers down here." in kept
        assert "wait in the client’s portal" not in kept


class TestOnceItIsWrittenDown:
    def test_it_is_in_and_waits_for_the_decision(self, browser_of, interview, clinician):
        write_down(interview, clinician)

        html = browser_of(clinician).get(reverse("screening", args=[interview.uid])).content.decode()
        assert Screening.objects.undecided().get() == interview
        assert "Look at the letter, then sign" in html

    def test_a_program_reads_that_it_is_in(self, api_of, interview, clinician):
        url = f"/api/v1/screenings/{interview.uid}/asked-in-person/"

        kept = api_of(clinician).post(url, {"answers": NOTHING}, format="json")

        assert kept.json()["submitted_at"]

    def test_what_the_client_still_has_stays_with_them(self, asked, clinician):
        actions.answer_in_person(
            response=asked.responses.get(instrument="asq"), answers=NOTHING, by=clinician, now=MONDAY_NOON
        )

        asked.refresh_from_db()
        assert asked.is_open


def test_one_decision_answers_all_that_was_handed_in_before_it(client_person, clinician):
    handed_in(client_person, clinician)
    handed_in(client_person, clinician, purpose="review")

    actions.decide_clearance(
        client=client_person,
        mode="walk",
        decision="hold",
        rationale="We talk first.",
        by=clinician,
        now=timezone.now(),
    )

    assert not Screening.objects.undecided().exists()
