"""A clearance is withdrawn with walks and a run ahead: chosen about for all or one by one, and told once."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.story.people import LAPTOP, Person, somebody
from tests.story.product import Product, is_around_midnight
from tests.story.program import Program, program_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(is_around_midnight(), reason="the day is about to change, or has just begun"),
]
CLIENT, NAME = "jonas@clients.demo.example", "Jonas Lind"
IN_DAYS = (9, 10)
ALREADY_AHEAD = 2
TODAY = date.today()  # noqa: DTZ011 - any days ahead will do


@pytest.fixture(scope="module")
def desk(browser: Browser, product: Product) -> Iterator[Person]:
    person = somebody(browser, product, on=LAPTOP, prefix="desk")
    yield person
    person.context.close()
    assert person.errors == []


def test_walks_are_booked_while_it_stands(therapist: Person):
    therapist.sign_in("clinician@demo.example")

    for days in IN_DAYS:
        _book_a_walk(therapist, TODAY + timedelta(days=days))
        expect(therapist.page.get_by_text("The session is booked.")).to_be_visible()


def _book_a_walk(therapist: Person, day: date) -> None:
    page = therapist.page
    therapist.open_record("Lind", NAME)
    therapist.follow("Book a session")
    page.get_by_label("Date", exact=True).fill(day.isoformat())
    page.get_by_label("Starts at").fill("18:00")
    page.get_by_label("Minutes", exact=True).fill("30")
    page.get_by_role("radio", name=re.compile("^Walking")).check()
    page.get_by_role("radio", name="Could chat").check()
    therapist.press("Book session")


def test_the_therapist_withdraws_and_is_led_to_what_is_ahead(therapist: Person):
    page = therapist.page
    therapist.open_record("Lind", NAME)
    therapist.follow("Decide")
    for mode in ("walk", "run"):
        page.locator(f"input[name={mode}_decision][value=hold]").check()
    page.get_by_label("Why", exact=True).fill("The knee swells after each run; the scan is next week.")
    page.get_by_label("The reason in plain words, as the client will read it").fill("your knee needs a rest")
    therapist.press("Look at the letter, then sign")
    therapist.press("Sign decision")

    expect(page.get_by_text(f"{NAME}: {ALREADY_AHEAD + len(IN_DAYS)} sessions are on hold")).to_be_visible()
    therapist.look("withdrawn")
    therapist.follow("Choose")

    expect(page.get_by_role("heading", name=f"All {ALREADY_AHEAD + len(IN_DAYS)} at once")).to_be_visible()
    therapist.look("sessions-on-hold")


def test_for_all_at_once_and_nobody_is_told_twice(therapist: Person):
    page = therapist.page
    _for_all(therapist).get_by_role("button", name="Keep on hold").click()
    expect(
        page.get_by_text("Kept for 4 sessions. The client gets one letter, without a word about why.")
    ).to_be_visible()

    _for_all(therapist).get_by_role("button", name="Keep on hold").click()

    expect(page.get_by_text("That was chosen already. Nobody is told twice.")).to_be_visible()
    therapist.look("sessions-kept-on-hold")


def test_one_is_sat_instead_and_one_is_cancelled(therapist: Person):
    page = therapist.page
    _on(therapist, days=IN_DAYS[0]).get_by_label("Where you sit").select_option(label="By video")
    _on(therapist, days=IN_DAYS[0]).get_by_role("button", name="Sit instead").click()
    expect(page.get_by_text("Kept for 1 session.")).to_be_visible()
    _on(therapist, days=IN_DAYS[1]).get_by_role("button", name="Cancel session").click()

    expect(page.get_by_text("Sitting instead: by video")).to_be_visible()
    expect(page.get_by_text("Cancelled", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="All 2 at once")).to_be_visible()
    therapist.look("sessions-chosen")


def _for_all(therapist: Person) -> Locator:
    return therapist.page.get_by_role("region", name=re.compile("at once$"))


def _on(therapist: Person, *, days: int) -> Locator:
    """The card of the session on that day."""
    day = TODAY + timedelta(days=days)
    return therapist.page.get_by_role("region", name=re.compile(rf"^\w+ {day.day} {day:%b}, 18:00"))


def test_the_desk_hears_that_it_is_on_hold_and_never_why(desk: Person):
    page = desk.page
    desk.sign_in("reception@demo.example")
    expect(page.get_by_role("heading", name="Waiting on you")).to_be_visible()
    for folded in page.locator("details.more > summary").all():
        folded.click()

    expect(
        page.get_by_text(re.compile(f"{NAME}.* Ask Robin Vale before you say anything about it."))
    ).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("knee")
    desk.look("today-at-the-desk")


def test_the_client_sees_what_became_of_each(client_on_phone: Person):
    main = client_on_phone.page.locator("main")
    client_on_phone.sign_in(CLIENT)

    expect(main).to_contain_text("We sit instead: by video")
    expect(main).to_contain_text("Does not take place")
    expect(main.get_by_text("On hold", exact=True)).to_have_count(ALREADY_AHEAD)
    client_on_phone.look("home-after-a-withdrawal")
    client_on_phone.follow("Read it")
    expect(main).to_contain_text("For now we would not run or walk with you, because your knee needs a rest.")


@pytest.fixture(scope="module")
def clinician(product: Product) -> Program:
    return program_of(product, "clinician@demo.example", "clients", "screenings", "sessions", "sign")


@pytest.fixture(scope="module")
def wilhelmina(clinician: Program) -> str:
    return str(clinician.get("clients/?q=Featherstonehaugh").body["results"][0]["id"])


class TestTheSameByProgram:
    """Another client of the same clinician, with a token instead of pages."""

    def test_the_decision_finds_what_is_ahead(self, clinician: Program, wilhelmina: str):
        booked = [_walk(clinician, wilhelmina, days=days) for days in IN_DAYS]
        assert [one[0] for one in booked] == [201, 201]

        clinician.post(
            "clearances/", client=wilhelmina, mode="walk", decision="hold", rationale="Dizzy since Monday."
        )

        held = clinician.get(f"clients/{wilhelmina}/sessions-on-hold/").body
        assert {one[1] for one in booked} <= {row["id"] for row in held}
        assert {row["state"] for row in held} == {"on_hold"}
        assert _walk(clinician, wilhelmina, days=12)[0] == 409

    def test_for_all_at_once_and_nobody_is_told_twice(self, clinician: Program, wilhelmina: str):
        at = f"clients/{wilhelmina}/sessions-on-hold/"

        first, again = clinician.post(at, choice="keep"), clinician.post(at, choice="keep")

        assert len(first.body) == len(clinician.get(at).body)
        assert (again.status, again.body) == (200, [])

    def test_one_is_sat_instead_one_cancelled_and_taken_back(self, clinician: Program, wilhelmina: str):
        at = f"clients/{wilhelmina}/sessions-on-hold/"
        first, second, *others = [row["id"] for row in clinician.get(at).body]

        sat = clinician.post(at, choice="sit", place="video", sessions=[first]).body
        cancelled = clinician.post(at, choice="cancel", sessions=[second]).body
        back = clinician.post(f"sessions/{second}/undo-choice/")

        assert [(row["mode"], row["place"], row["state"]) for row in sat] == [("sit", "video", "booked")]
        assert [row["state"] for row in cancelled] == ["cancelled"]
        assert back.body["state"] == "on_hold"
        assert {row["id"] for row in clinician.get(at).body} == {second, *others}


def _walk(clinician: Program, client: str, *, days: int) -> tuple[int, str]:
    start = datetime.combine(TODAY + timedelta(days=days), time(19, 30), UTC).isoformat()
    wish = {"client": client, "mode": "walk", "pace": "chat", "starts_at": start, "minutes": 30}
    answered = clinician.post("sessions/", **wish)
    return answered.status, str(answered.body.get("id", ""))
