"""An answer about eating holds moving; the clinician asks in person, decides with conditions, and booking obeys them."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.story.people import LAPTOP, Person, answer, somebody
from tests.story.product import Product
from tests.story.program import Answer, Program, program_of

pytestmark = pytest.mark.browser
CLIENT, SEARCH, NAME = "sindre@clients.demo.example", "Nygård", "Sindre Nygård 🌲"
MOST_MINUTES = 30
DAY = date.today() + timedelta(days=9)  # noqa: DTZ011 - any day ahead will do


@pytest.fixture(scope="module")
def owner(browser: Browser, product: Product) -> Iterator[Person]:
    person = somebody(browser, product, on=LAPTOP, prefix="owner")
    yield person
    person.context.close()
    assert person.errors == []


def test_the_owner_takes_the_prompts_about_eating_into_use(owner: Person):
    owner.sign_in("owner@demo.example")
    owner.go("/practice/instruments/")
    owner.look("questionnaires")
    owner.follow("Eating prompts")
    owner.look("prompts")

    owner.page.get_by_role("checkbox").check()
    owner.press("Switch it on")

    row = owner.page.get_by_role("listitem").filter(has=owner.page.get_by_text("Eating prompts"))
    expect(row.get_by_text("In use", exact=True)).to_be_visible()


def test_the_therapist_asks_about_movement_food_and_rest(therapist: Person):
    therapist.sign_in("colleague@demo.example")
    therapist.open_record(SEARCH, NAME)
    therapist.follow("Ask questions")
    therapist.page.get_by_label("Review", exact=True).check()
    therapist.page.get_by_label("Movement, food and rest").check()
    therapist.press("Ask")

    expect(therapist.page.get_by_text("The questions wait in the client’s portal.")).to_be_visible()


def test_the_client_makes_up_for_eating_and_is_told_nothing_of_a_score(client_on_phone: Person):
    page = client_on_phone.page
    client_on_phone.sign_in(CLIENT)
    client_on_phone.follow("Have a look")
    client_on_phone.follow("Start")

    answer(client_on_phone, "No, never")
    client_on_phone.look("question-eating")
    answer(client_on_phone, "Now and then")
    for word in ("No", "Some of both", "I would feel uneasy", "Uneasy", "No"):
        answer(client_on_phone, word)
    page.get_by_label("In your own words").fill("Run because I like it.")
    client_on_phone.press("Continue")
    client_on_phone.press("Hand in my answers")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    expect(page.locator("main")).not_to_contain_text(re.compile("score|hold|disorder", re.IGNORECASE))
    client_on_phone.look("handed-in-with-a-hold")


def test_the_therapist_reads_which_rule_holds_and_what_to_weigh(therapist: Person):
    page = therapist.page
    therapist.go("/review/")
    therapist.look("review-with-a-hold")
    page.get_by_role("link", name=NAME).first.click()

    page.get_by_text("Why, and what would speak against it").first.click()

    expect(page.get_by_text("On hold for walking until somebody has talked with them")).to_be_visible()
    expect(page.get_by_text("Ask how often, and what happens on a day without.").first).to_be_visible()
    therapist.look("held-by-an-answer")


def test_a_walk_is_not_booked_before_the_talk(therapist: Person):
    therapist.open_record(SEARCH, NAME)
    therapist.follow("Book a session")

    expect(therapist.page.get_by_role("radio", name=re.compile("^Walking"))).to_be_disabled()
    therapist.look("booking-while-on-hold")


def test_the_therapist_interviews_with_the_prompts(therapist: Person):
    page = therapist.page
    therapist.open_record(SEARCH, NAME)
    therapist.follow("Ask questions")
    page.get_by_label("Review", exact=True).check()
    page.get_by_label("Eating prompts").check()
    therapist.press("Ask")
    therapist.look("to-ask-in-person")
    page.get_by_text("Write down the answers").click()
    for number, word in enumerate(("No", "Yes", "No", "No", "Yes"), start=1):
        radios = page.locator(f"input[name$=q{number}]")
        radios.and_(page.get_by_label(word, exact=True)).check()
    therapist.look("interview")
    therapist.press("Keep the answers")

    expect(page.get_by_text("SCOFF at the cut-off. A screen, not a diagnosis").first).to_be_visible()
    therapist.look("interviewed")


def test_nobody_walks_before_the_therapist_says_that_they_have_talked(therapist: Person):
    page = therapist.page
    page.locator("input[name=walk_decision][value=conditions]").check()
    page.get_by_text("Conditions", exact=True).first.click()
    page.locator("input[name=walk_most_minutes]").fill(str(MOST_MINUTES))
    page.get_by_label("Walk only: running waits until we look again").check()
    page.get_by_label("Why", exact=True).fill(
        "Eats again after a hard year; wants it slow. Eaten before we meet."
    )
    page.get_by_label("The reason in plain words, as the client will read it").fill(
        "running and eating are too close together at the moment"
    )

    therapist.press("Look at the letter, then sign")

    expect(page.get_by_text("These answers need a conversation first.").first).to_be_visible()
    therapist.look("talk-first")


def test_the_therapist_talks_and_decides_with_conditions(therapist: Person):
    page = therapist.page
    page.get_by_label("I have talked with the client about these answers").check()
    therapist.press("Look at the letter, then sign")
    letter = page.get_by_label("The letter", exact=True)
    expect(letter).to_have_value(re.compile("For now we would not run with you, because running and eating"))
    expect(letter).to_have_value(re.compile("You can still walk with us."))
    expect(letter).to_have_value(re.compile("At most 30 minutes of moving."))
    therapist.look("sign-with-conditions")

    therapist.press("Sign decision")

    expect(page.get_by_text("Decided. It holds from today.")).to_be_visible()
    therapist.look("decided-with-conditions")
    therapist.go("/review/")
    expect(page.get_by_role("link", name=NAME)).to_have_count(0)


def test_a_run_is_not_offered_and_a_long_walk_is_refused_in_words(therapist: Person):
    page = therapist.page
    therapist.open_record(SEARCH, NAME)
    therapist.follow("Book a session")
    expect(page.get_by_role("radio", name=re.compile("^Running"))).to_be_disabled()
    page.get_by_label("Date", exact=True).fill(DAY.isoformat())
    page.get_by_label("Starts at").fill("15:00")
    page.get_by_label("Minutes", exact=True).fill(str(MOST_MINUTES + 20))
    page.get_by_role("radio", name=re.compile("^Walking")).check()
    page.get_by_role("radio", name="Could chat").check()

    therapist.press("Book session")

    said = "Agreed with this client: at most 30 minutes of moving in one session."
    expect(page.get_by_text(said).first).to_be_visible()
    therapist.look("too-long-a-walk")


def test_a_short_walk_is_booked(therapist: Person):
    therapist.page.get_by_label("Minutes", exact=True).fill(str(MOST_MINUTES))
    therapist.press("Book session")

    expect(therapist.page.get_by_text("The session is booked.")).to_be_visible()
    expect(therapist.page.get_by_text("Cleared with conditions")).to_be_visible()
    therapist.look("booked-with-conditions")


def test_the_client_reads_what_was_agreed(client_on_phone: Person):
    page = client_on_phone.page
    client_on_phone.go("/my/")
    client_on_phone.look("home-with-conditions")
    client_on_phone.follow("Read it")

    expect(page.get_by_text("At most 30 minutes of moving.")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(re.compile("SCOFF|score|disorder"))
    client_on_phone.look("letter-with-conditions")


@pytest.fixture(scope="module")
def clinician(product: Product) -> Program:
    return program_of(product, "colleague@demo.example", "clients", "screenings", "sessions", "sign")


@pytest.fixture(scope="module")
def client(product: Product) -> Program:
    return program_of(product, "maya@clients.demo.example", "me", "screenings")


@pytest.fixture(scope="module")
def maya(clinician: Program) -> str:
    return str(clinician.get("clients/?q=Reyes").body["results"][0]["id"])


class TestTheSameByProgram:
    """Another client of the same clinician, with tokens instead of pages."""

    def test_the_answer_holds_and_says_by_which_rule(self, clinician: Program, client: Program, maya: str):
        asked = clinician.post("screenings/", client=maya, purpose="review").body
        for response in asked["responses"]:
            _answer_all(clinician, client, asked["id"], response)
        own = client.post(f"screenings/{asked['id']}/submit/")

        read = clinician.get(f"screenings/{asked['id']}/").body

        assert own.body["hits"] == []
        assert {hit["rule"] for hit in read["hits"] if hit["walk"] == "hold"} == {"H1a"}
        assert {one["decision"] for one in read["suggestions"]} == {"hold"}
        assert _walk(clinician, maya, minutes=MOST_MINUTES).body["code"] == "not_cleared"

    def test_the_interview_is_in_with_its_last_answer(self, clinician: Program, client: Program, maya: str):
        asked = clinician.post("screenings/", client=maya, purpose="review", instruments=["scoff"]).body
        answers = {"q1": 0, "q2": 1, "q3": 0, "q4": 0, "q5": 1}

        kept = clinician.post(
            f"screenings/{asked['id']}/asked-in-person/", instrument="scoff", answers=answers
        )

        assert kept.body["submitted_at"]
        assert kept.body["responses"][0]["result"]["total"] == 2
        assert client.get(f"screenings/{asked['id']}/").body["responses"][0]["items"] == []

    def test_the_decision_needs_a_talk_and_takes_conditions(self, clinician: Program, maya: str):
        wish = {
            "client": maya,
            "mode": "walk",
            "decision": "conditions",
            "most_minutes": MOST_MINUTES,
            "walk_only": True,
            "rationale": "Eats again after a hard year; wants it slow.",
        }

        too_early = clinician.post("clearances/", **wish)
        decided = clinician.post("clearances/", **wish, talked=True)

        assert (too_early.status, too_early.body["code"]) == (409, "talk_first")
        assert (decided.status, decided.body["most_minutes"]) == (201, MOST_MINUTES)

    def test_booking_obeys(self, clinician: Program, maya: str):
        run = _walk(clinician, maya, minutes=MOST_MINUTES, mode="run")
        long = _walk(clinician, maya, minutes=MOST_MINUTES + 20)
        short = _walk(clinician, maya, minutes=MOST_MINUTES)

        assert (run.status, run.body["code"]) == (409, "not_cleared")
        assert (long.status, long.body["code"]) == (409, "longer_than_agreed")
        assert "at most 30 minutes of moving" in long.body["detail"]
        assert (short.status, short.body["state"]) == (201, "booked")


def _answer_all(clinician: Program, client: Program, screening: str, response: dict[str, Any]) -> None:
    """Quietly, but for making up for eating; what is asked in person is written down by the clinician."""
    name, at = response["instrument"], f"screenings/{screening}"
    said = {item["key"]: "" if item["kind"] == "words" else 0 for item in response["items"]}
    if response["asked_by_clinician"]:
        assert clinician.post(f"{at}/asked-in-person/", instrument=name, answers=said).status == 200
        return
    for item, value in (said | ({"making_up": 1} if name == "movement" else {})).items():
        assert client.post(f"{at}/answers/", instrument=name, item=item, value=value).status == 200


def _walk(clinician: Program, client: str, *, minutes: int, mode: str = "walk") -> Answer:
    start = datetime.combine(DAY, time(17), UTC).isoformat()
    return clinician.post(
        "sessions/", client=client, mode=mode, pace="chat", starts_at=start, minutes=minutes
    )
