"""A safety answer while nobody is there: kept at once, help before the next question, and on top of the morning."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.story.people import PHONE, Person, answer, somebody
from tests.story.product import Product
from tests.story.program import Program, program_of

pytestmark = pytest.mark.browser
CLIENT, NAME = "mira@clients.demo.example", "Mira Castellan"
NOT_AT_ALL, SEVERAL_DAYS = "Not at all", "Several days"
BEFORE_THE_LAST, ALL = 8, 16
NEXT_MONTH = date.today() + timedelta(days=30)  # noqa: DTZ011 - any day ahead will do


def test_the_therapist_asks_and_goes_home(therapist: Person):
    therapist.sign_in("clinician@demo.example")
    therapist.open_record("Castellan", NAME)
    therapist.follow("Ask questions")
    therapist.page.get_by_label("Review", exact=True).check()
    therapist.page.get_by_label("PHQ-9", exact=True).check()
    therapist.page.get_by_label("GAD-7", exact=True).check()
    therapist.press("Ask")
    therapist.sign_out()

    expect(therapist.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_help_comes_before_the_next_question(browser: Browser, product: Product):
    """The browser is closed in the middle, on the page of help."""
    at_night = somebody(browser, product, on=PHONE, prefix="client")
    page = at_night.page
    at_night.sign_in(CLIENT)
    at_night.follow("Have a look")
    at_night.follow("Start")
    for _ in range(BEFORE_THE_LAST):
        answer(at_night, NOT_AT_ALL)

    answer(at_night, SEVERAL_DAYS)

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for telling us")
    expect(page.get_by_text("You do not have to handle this alone.")).to_be_visible()
    expect(page.get_by_text("Your answers go to Robin Vale.")).to_be_visible()
    expect(page.get_by_text("a call reaches somebody now")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("we are watching")
    assert page.locator("main a[href^='tel:']").count() >= 2
    at_night.look("help-before-the-next-question")

    answer_about_now(at_night, "Not sure")

    expect(page.get_by_role("heading", level=1)).to_have_text("Please reach somebody now")
    at_night.look("help-stays-first")
    at_night.context.close()
    assert at_night.errors == []


def answer_about_now(person: Person, word: str) -> None:
    person.page.get_by_role("radio", name=word, exact=True).check()
    person.press("Carry on")


def test_nothing_is_lost_when_the_client_comes_back(client_on_phone: Person):
    page = client_on_phone.page
    client_on_phone.sign_in(CLIENT)
    expect(page.get_by_text(f"{BEFORE_THE_LAST + 1} of {ALL} answered. It is all saved.")).to_be_visible()
    client_on_phone.look("home-after-a-safety-answer")

    client_on_phone.follow("Go on")
    client_on_phone.follow("Go on")

    expect(page.get_by_text("Question 1 of 7")).to_be_visible()
    client_on_phone.follow("Back")
    expect(page.get_by_role("radio", name=SEVERAL_DAYS, exact=True)).to_be_checked()


def test_today_begins_with_it(therapist: Person):
    therapist.sign_in("clinician@demo.example")
    now = therapist.page.get_by_role("region", name="Needs you now")

    row = now.locator(".now-row").filter(has_text=f"{NAME}: a safety answer")
    expect(row).to_contain_text("Is not sure whether they are safe right now. The help page was shown.")
    therapist.look("today-after-the-night")
    row.get_by_role("link", name="Open").click()

    expect(therapist.page.get_by_text(SEVERAL_DAYS, exact=True)).to_be_visible()
    therapist.look("safety-answer")


def test_moving_is_held_and_every_walk_ahead_with_it(therapist: Person):
    page = therapist.page
    therapist.go("/today/")
    expect(page.get_by_text(re.compile(f"{NAME}: .*on hold")).first).to_be_visible()
    therapist.open_record("Castellan", NAME)
    therapist.look("record-with-an-open-alert")
    therapist.follow("Book a session")

    expect(page.get_by_role("radio", name=re.compile("^Walking"))).to_be_disabled()
    expect(page.get_by_role("radio", name=re.compile("^Sitting"))).to_be_enabled()


def test_the_therapist_writes_down_what_was_done_and_the_hold_stays(therapist: Person):
    page = therapist.page
    therapist.go("/today/")
    row = page.locator(".now-row").filter(has_text=f"{NAME}: a safety answer")
    row.get_by_role("link", name="Open").click()
    therapist.press("Close the alert")
    expect(page.get_by_text("Write what was done.").first).to_be_visible()

    page.get_by_label("What was done").fill(
        "Called at 8:05, reached them. Safe with their sister; seen at 11."
    )
    therapist.press("Close the alert")

    expect(page.get_by_text("The hold stays until you decide about walking and running.")).to_be_visible()
    therapist.look("safety-answer-closed")
    therapist.go("/today/")
    expect(page.locator(".now-row").filter(has_text=f"{NAME}: a safety answer")).to_have_count(0)
    therapist.open_record("Castellan", NAME)
    therapist.follow("Book a session")
    expect(page.get_by_role("radio", name=re.compile("^Walking"))).to_be_disabled()


@pytest.fixture(scope="module")
def clinician(product: Product) -> Program:
    return program_of(product, "colleague@demo.example", "clients", "screenings", "sessions")


@pytest.fixture(scope="module")
def client(product: Product) -> Program:
    return program_of(product, "noor@clients.demo.example", "me", "screenings")


@pytest.fixture(scope="module")
def noor(clinician: Program) -> str:
    return str(clinician.get("clients/?q=TP-0007").body["results"][0]["id"])


class TestTheSameByProgram:
    """Another client and their clinician, with tokens instead of pages."""

    def test_the_answer_says_that_help_is_to_be_shown(self, clinician: Program, client: Program, noor: str):
        asked = clinician.post("screenings/", client=noor, purpose="review", instruments=["phq9"]).body

        sent = client.post(f"screenings/{asked['id']}/answers/", instrument="phq9", item="q9", value=1)

        assert sent.body["show_help"] is True
        assert client.get(f"screenings/{asked['id']}/").body["responses"][0]["answers"] == {"q9": 1}

    def test_the_alert_waits_and_nothing_moves(self, clinician: Program, noor: str):
        alert = clinician.get(f"alerts/?client={noor}").body["results"][0]
        held = clinician.get(f"clients/{noor}/sessions-on-hold/").body

        assert (alert["item"], alert["seen_at"]) == ("q9", None)
        assert {session["state"] for session in held} == {"on_hold"}
        assert _a_walk(clinician, noor) == (409, "not_cleared")

    def test_the_hold_outlives_the_alert(self, clinician: Program, noor: str):
        alert = clinician.get(f"alerts/?client={noor}").body["results"][0]

        closed = clinician.post(f"alerts/{alert['id']}/close/", what_was_done="Called, reached, safe.")

        assert closed.body["seen_at"]
        assert _a_walk(clinician, noor) == (409, "not_cleared")


def _a_walk(clinician: Program, client: str) -> tuple[int, str]:
    start = datetime.combine(NEXT_MONTH, time(17), UTC).isoformat()
    wish = {"client": client, "mode": "walk", "pace": "chat", "starts_at": start, "minutes": 30}
    answered = clinician.post("sessions/", **wish)
    return answered.status, answered.body.get("code", "")
