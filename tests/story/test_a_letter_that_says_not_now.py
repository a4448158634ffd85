"""A client says that they live with an addiction: not suited to moving now, told in a letter, and seen sitting."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from tests.story.people import Person, answer
from tests.story.product import Product
from tests.story.program import Program, program_of

pytestmark = pytest.mark.browser
CLIENT, NAME = "lou@clients.demo.example", "Lou Ferris"
DAY = date.today() + timedelta(days=11)  # noqa: DTZ011 - any day ahead will do
REASON = "drinking has a hold on you at the moment"
REFERRAL = "Dr Ash at the surgery knows a service that begins next week. I can come along to the first visit."


def test_a_client_of_before_comes_back(therapist: Person):
    therapist.sign_in("clinician@demo.example")
    therapist.open_record("Ferris", NAME)
    therapist.page.get_by_label("Where the work stands").select_option("active")
    therapist.press("Save status")
    therapist.follow("Ask questions")
    therapist.page.get_by_label("Review", exact=True).check()
    therapist.page.get_by_label("Dependence question", exact=True).check()
    therapist.press("Ask")

    expect(therapist.page.get_by_text("The questions wait in the client’s portal.")).to_be_visible()


def test_the_client_says_so(client_on_phone: Person):
    client_on_phone.sign_in(CLIENT)
    client_on_phone.follow("Have a look")
    client_on_phone.follow("Start")
    client_on_phone.look("question-addiction")
    answer(client_on_phone, "Yes")
    client_on_phone.press("Hand in my answers")

    expect(client_on_phone.page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def test_no_therapist_can_clear_it(therapist: Person):
    page = therapist.page
    therapist.go("/review/")
    page.get_by_role("link", name=NAME).first.click()
    expect(page.get_by_text("Says so in their answers")).to_be_visible()
    therapist.look("addiction-stated")
    page.locator("input[name=walk_decision][value=cleared]").check()
    page.get_by_label("I have talked with the client about these answers").check()
    page.get_by_label("Why", exact=True).fill("Drinking daily since spring; wants help; sees Dr Ash.")

    therapist.press("Look at the letter, then sign")

    expect(
        page.get_by_text("Not while there is a current eating disorder, addiction or crisis.").first
    ).to_be_visible()
    therapist.look("not-cleared-while-it-holds")


def test_the_letter_is_looked_at_and_signed(therapist: Person):
    page = therapist.page
    for mode in ("walk", "run"):
        page.locator(f"input[name={mode}_decision][value=not_suited]").check()
    page.get_by_label("A current addiction").check()
    page.get_by_label("The reason in plain words, as the client will read it").fill(f"{REASON}.")
    page.get_by_label(re.compile("^Whom to see")).fill(REFERRAL)
    page.get_by_text("Numbers to offer").click()
    page.get_by_label(re.compile("^Samaritans")).first.check()
    therapist.press("Look at the letter, then sign")

    letter = page.get_by_label("The letter", exact=True)
    begins = (
        f"Thank you for your honest answers. For now we would not run or walk with you, because {REASON}."
    )
    expect(letter).to_have_value(
        re.compile(f"^{re.escape(begins)} This is about safety today, not about you.")
    )
    expect(letter).to_have_value(re.compile("What stays open for you: sit-down sessions in the office"))
    expect(letter).to_have_value(re.compile("Samaritans"))
    expect(page.get_by_text("Confirmed now: a current addiction.")).to_be_visible()
    therapist.look("sign-not-suited")
    therapist.press("Sign decision")

    expect(page.get_by_text("Decided. It holds from today.")).to_be_visible()
    therapist.look("decided-not-suited")


def test_the_client_reads_the_letter(client_on_phone: Person):
    main = client_on_phone.page.locator("main")
    client_on_phone.go("/my/")
    client_on_phone.look("home-with-a-letter")
    client_on_phone.follow("Read it")

    expect(main).to_contain_text(f"because {REASON}. This is about safety today, not about you.")
    expect(main).to_contain_text(REFERRAL)
    expect(main).to_contain_text(
        re.compile("We will look again on .* or when you tell us something changed.")
    )
    expect(main).not_to_contain_text(re.compile("rejected|failed|unfit|H2|AUDIT", re.IGNORECASE))
    client_on_phone.look("letter-not-now")

    client_on_phone.press("I have read this")
    expect(main).to_contain_text("You told us that you have read it")


def test_the_therapist_sees_that_it_was_read_and_writes_down_who_else_knows(therapist: Person):
    page = therapist.page
    therapist.open_record("Ferris", NAME)
    therapist.follow("Decide")
    therapist.follow("Letter to the client")
    expect(page.get_by_text("the client says that they have read it:")).to_be_visible()
    page.get_by_role("textbox", name="Who was told").fill("Dr Ash, Lock Lane Surgery")
    page.get_by_label("By phone", exact=True).check()
    therapist.press("Write it down")

    expect(page.get_by_text("Dr Ash, Lock Lane Surgery")).to_be_visible()
    therapist.look("letter-and-who-was-told")


def test_a_walk_is_refused_and_a_sitting_session_booked(therapist: Person):
    page = therapist.page
    therapist.open_record("Ferris", NAME)
    therapist.follow("Book a session")
    for mode in ("Walking", "Running"):
        expect(page.get_by_role("radio", name=re.compile(f"^{mode}"))).to_be_disabled()
    expect(page.get_by_text("Not cleared for walking: not suited now").first).to_be_visible()
    page.get_by_label("Date", exact=True).fill(DAY.isoformat())
    page.get_by_label("Starts at").fill("17:00")
    page.get_by_role("radio", name=re.compile("^Sitting")).check()
    page.get_by_role("radio", name="At the practice").check()
    therapist.press("Book session")

    expect(page.get_by_text("The session is booked.")).to_be_visible()
    therapist.look("booked-sitting")


def test_the_client_finds_it_on_their_page(client_on_phone: Person):
    client_on_phone.go("/my/")

    expect(client_on_phone.page.get_by_text("Sitting with Robin Vale")).to_be_visible()
    client_on_phone.look("home-sitting")


@pytest.fixture(scope="module")
def clinician(product: Product) -> Program:
    return program_of(product, "clinician@demo.example", "clients", "screenings", "sessions", "sign")


@pytest.fixture(scope="module")
def client(product: Product) -> Program:
    return program_of(product, "theo@clients.demo.example", "me", "screenings")


@pytest.fixture(scope="module")
def theo(clinician: Program) -> str:
    return str(clinician.get("clients/?q=Brandt").body["results"][0]["id"])


class TestTheSameByProgram:
    """Another client of the same clinician, with tokens instead of pages."""

    def test_the_answer_excludes(self, clinician: Program, client: Program, theo: str):
        asked = clinician.post("screenings/", client=theo, purpose="review", instruments=["dependence"]).body
        at = f"screenings/{asked['id']}/"
        client.post(f"{at}answers/", instrument="dependence", item="now", value=3)
        client.post(f"{at}submit/")

        read = clinician.get(at).body

        assert [(hit["rule"], hit["walk"], hit["run"]) for hit in read["hits"]] == [
            ("H2", "not_suited", "not_suited")
        ]
        assert "second clinician" in read["suggestions"][0]["otherwise"]

    def test_it_cannot_be_cleared(self, clinician: Program, theo: str):
        answered = clinician.post("clearances/", **_wish(theo, "cleared"))

        assert answered.status == 409
        assert answered.body["code"] in {"excluded_from_moving", "alert_open"}

    def test_the_decision_and_its_letter_are_kept_together(self, clinician: Program, theo: str):
        rude = clinician.post("clearances/", **_wish(theo, "not_suited", text="You were rejected, because"))
        decided = clinician.post("clearances/", **_wish(theo, "not_suited", text="For now we sit, because"))

        assert rude.status == 409
        assert (decided.status, decided.body["excluded_by"]) == (201, ["addiction"])
        assert [letter["way"] for letter in decided.body["letters"]] == ["portal"]

    def test_sitting_is_booked_and_walking_is_not(self, clinician: Program, theo: str):
        start = datetime.combine(DAY, time(19), UTC).isoformat()
        walk = clinician.post("sessions/", client=theo, mode="walk", pace="chat", starts_at=start, minutes=50)
        sit = clinician.post("sessions/", client=theo, mode="sit", starts_at=start, minutes=50)

        assert (walk.status, walk.body["code"]) == (409, "not_cleared")
        assert (sit.status, sit.body["state"]) == (201, "booked")


def _wish(client: str, decision: str, *, text: str = "") -> dict[str, object]:
    wish: dict[str, object] = {
        "client": client,
        "mode": "walk",
        "decision": decision,
        "rationale": "Drinking daily since spring; wants help.",
        "exclusions": ["addiction"],
        "talked": True,
    }
    return wish | ({"letter": _letter(text)} if text else {})


def _letter(begins: str) -> dict[str, object]:
    """It names its reason and two ways onward in its own words."""
    reason, ways = (
        "you told us that drinking is hard to leave",
        ["Sitting with me.", "The clinic by the lock."],
    )
    return {"text": f"{begins} {reason}. {' '.join(ways)}", "reason": reason, "alternatives": ways}
