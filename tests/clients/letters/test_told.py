"""Who was told of a decision, with a letter or without: on its page and through the API."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clients.letters.models import Told
from tests.clients.screening.answering import decide
from tests.factories import MONDAY_NOON


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(MONDAY_NOON + timedelta(hours=1), tick=False)


@pytest.fixture
def decision(client_person, clinician):
    """A decision without a letter."""
    return decide(client_person, clinician, decision="hold")


def test_it_is_written_down_without_a_letter(decision, browser_of, clinician):
    browser = browser_of(clinician)

    page = browser.post(
        reverse("tell_of_decision", args=[decision.uid]),
        {"whom": "The client", "how": "in_person", "words": "After the session."},
        follow=True,
    ).content.decode()

    assert "The client" in page
    assert Told.objects.get().clearance == decision


def test_the_page_of_decisions_leads_there(decision, browser_of, clinician, client_person):
    page = browser_of(clinician).get(reverse("decide_clearance", args=[client_person.uid])).content.decode()

    assert reverse("decision_told", args=[decision.uid]) in page


def test_nobody_is_nobody(decision, browser_of, clinician):
    answer = browser_of(clinician).post(
        reverse("tell_of_decision", args=[decision.uid]), {"whom": " ", "how": "phone"}
    )

    assert (answer.status_code, Told.objects.exists()) == (422, False)


def test_outside_the_care_team_there_is_nothing(decision, browser_of, colleague, api_of):
    page = browser_of(colleague).get(reverse("decision_told", args=[decision.uid]))
    api = api_of(colleague).get(f"/api/v1/clearances/{decision.uid}/told/")

    assert (page.status_code, api.status_code) == (404, 404)


def test_a_program_writes_and_reads_it(decision, api_of, clinician):
    caller, url = api_of(clinician), f"/api/v1/clearances/{decision.uid}/told/"

    written = caller.post(url, {"whom": "Dr Ash", "how": "phone"}, format="json")
    listed = caller.get(url).json()["results"]

    assert (written.status_code, [one["whom"] for one in listed]) == (201, ["Dr Ash"])
