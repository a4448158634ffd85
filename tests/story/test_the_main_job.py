"""One client is screened, cleared, booked on a route, seen and written up, logs two runs, and is summed up on paper."""

import re
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.story.people import Person
from tests.story.product import earlier_today

pytestmark = pytest.mark.browser
DATA = Path(__file__).resolve().parents[1] / "data"
CLIENT, NAME = "pat@clients.demo.example", "Pat Quill"
JOURNAL = "Down to the water & back <img src=file:///etc/passwd>"
QUESTIONS_AT_MOST = 120


def test_the_therapist_sees_the_day(therapist: Person):
    therapist.look("sign-in", of="/accounts/login/")
    therapist.sign_in("clinician@demo.example")

    expect(therapist.page.get_by_role("heading", name=re.compile("Needs you now"))).to_be_visible()
    expect(therapist.page).to_have_title(re.compile(r"^\(\d\) "))
    therapist.look("today")


def test_asks_the_intake(therapist: Person):
    therapist.go("/clients/")
    therapist.look("caseload")
    therapist.page.get_by_label("Search people").fill("Quill")
    therapist.page.keyboard.press("Enter")
    therapist.follow(NAME)
    therapist.look("record-empty")

    therapist.follow("Ask questions")
    therapist.page.get_by_label("Intake", exact=True).check()
    therapist.look("ask")
    therapist.press("Ask")

    expect(therapist.page.get_by_text("The questions wait in the client’s portal.")).to_be_visible()


def test_the_client_answers_one_question_a_page(client_on_phone: Person):
    client_on_phone.sign_in(CLIENT)
    client_on_phone.look("home-first")
    client_on_phone.follow("Have a look")
    client_on_phone.look("questions-start")
    client_on_phone.follow("Start")
    client_on_phone.look("question")

    for _ in range(QUESTIONS_AT_MOST):
        if client_on_phone.page.get_by_role("button", name="Hand in my answers").count():
            break
        _answer_quietly(client_on_phone)
    client_on_phone.look("questions-check")
    client_on_phone.press("Hand in my answers")

    expect(client_on_phone.page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    client_on_phone.look("questions-done")


def _answer_quietly(person: Person) -> None:
    """No, never, not at all; nought; nothing to add; what would have to be typed waits for a talk."""
    number = person.page.locator("main input[type=number]")
    choice = person.page.locator("main input[type=radio]")
    later = person.page.locator("main input[name=later]")
    if later.count() and not number.count():
        later.check()
    elif number.count():
        number.first.fill("0")
    elif choice.count():
        choice.first.check()
    person.press("Continue")


def test_the_therapist_asks_in_person_and_decides(therapist: Person):
    therapist.go("/review/")
    therapist.look("review")
    therapist.page.get_by_role("link", name=re.compile(NAME)).first.click()
    therapist.page.get_by_text("Write down the answers").click()
    for question in ("q1", "q2", "q3", "q4"):
        therapist.page.locator(
            f"input[name={question}][value='0'], input[name$={question}][value='0']"
        ).check()
    therapist.press("Keep the answers")
    therapist.look("screening")

    _decide(therapist, "walk")
    _decide(therapist, "run")
    therapist.page.get_by_label("Why", exact=True).fill("Nothing stands against it; talked on the phone.")
    therapist.press("Look at the letter, then sign")
    therapist.look("sign")
    therapist.press("Sign decision")

    expect(therapist.page.get_by_text("Clear", exact=True).first).to_be_visible()
    therapist.look("decided")


def _decide(therapist: Person, mode: str) -> None:
    therapist.page.locator(f"input[name={mode}_decision][value=cleared]").check()


def test_imports_a_route(therapist: Person):
    therapist.go("/routes/import/")
    therapist.page.get_by_label("GPX or FIT file").set_input_files(DATA / "Mojstrovka.gpx")
    therapist.page.get_by_label(re.compile("^Name")).fill("Ridge and back")
    therapist.page.get_by_label(re.compile("^Meeting place")).fill("The car park at the pass")
    therapist.look("route-import")
    therapist.press("Import route")

    expect(therapist.page.get_by_role("heading", level=1)).to_contain_text("Ridge and back")
    expect(therapist.page.locator("svg[role=img]").first).to_be_visible()
    therapist.look("route")
    therapist.go("/routes/")
    therapist.look("routes")


def test_a_choice_made_while_the_page_asks_is_kept(therapist: Person):
    page = therapist.page
    asked: list[Route] = []
    therapist.go("/clients/?q=Okafor")
    therapist.follow("Amara Okafor")
    therapist.follow("Book a session")

    def hold(route: Route) -> None:
        asked.append(route)

    page.route(re.compile(r"/sessions/new/\?.*minutes="), hold)

    with page.expect_request(re.compile("minutes=25")):
        page.get_by_label("Minutes", exact=True).fill("25")
        page.keyboard.press("Tab")
    _group(therapist, "How you meet").get_by_role("radio", name=re.compile("^Walking")).check()
    therapist.look("book-while-it-asks")
    _let_through(page, asked)

    expect(
        _group(therapist, "How you meet").get_by_role("radio", name=re.compile("^Walking"))
    ).to_be_checked()


def _let_through(page: Page, asked: list[Route]) -> None:
    """The answers arrive late, in the order they were asked for."""
    for route in list(asked):
        with page.expect_response(route.request.url):
            route.continue_()
    page.unroute_all()


def test_books_a_walk_that_has_just_been(therapist: Person):
    start = earlier_today("07:00", "04:00", "01:00", "00:00")
    therapist.go("/clients/?q=Quill")
    therapist.follow(NAME)
    therapist.follow("Book a session")
    therapist.page.get_by_label("Date").fill(start.date().isoformat())
    therapist.page.get_by_label("Starts at").fill(start.strftime("%H:%M"))
    therapist.page.get_by_label("Minutes", exact=True).fill("20")
    _group(therapist, "How you meet").get_by_role("radio", name=re.compile("^Walking")).check()
    therapist.page.get_by_role("radio", name="Could chat").check()
    route = therapist.page.get_by_label(re.compile("^Route")).locator("option", has_text="Ridge and back")
    expect(route).to_contain_text(" min")
    therapist.page.get_by_label(re.compile("^Route")).select_option(route.get_attribute("value"))
    therapist.look("book")
    therapist.press("Book session")

    expect(therapist.page.get_by_role("button", name="It took place")).to_be_visible()
    therapist.look("session")


def test_writes_the_session_up_and_signs(therapist: Person):
    therapist.press("It took place")
    therapist.follow("Note")
    therapist.page.get_by_label("Subjective").fill("Glad to be outside again.")
    therapist.page.get_by_label("Plan", exact=True).fill("Ten minutes of morning light, if it suits.")
    expect(therapist.page.locator("[data-autosave-state]")).to_contain_text("Saved")
    therapist.look("note")
    therapist.press("Review and sign")
    therapist.look("note-review")
    therapist.press("Sign note")

    expect(therapist.page.get_by_text("The words are those that were signed.")).to_be_visible()
    therapist.look("note-signed")


@pytest.mark.parametrize("time", ["first", "second"])
def test_the_client_logs_in_four_taps(client_on_phone: Person, time: str):
    page = client_on_phone.page
    client_on_phone.go("/my/log/")
    client_on_phone.look(f"log-{time}")

    _group(client_on_phone, "What did you do").get_by_role("radio", name="Run", exact=True).check()
    page.get_by_role("radio", name="20", exact=True).check()
    _group(client_on_phone, "How are you now").get_by_role("radio", name=re.compile("^4")).check()
    page.get_by_text("Add words, effort").click()
    page.get_by_label("In your own words").fill(JOURNAL)
    client_on_phone.press("Save")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Saved.")
    client_on_phone.look(f"saved-{time}")


def _group(person: Person, name: str) -> Locator:
    return person.page.get_by_role("radiogroup", name=re.compile(name))


def test_the_client_looks_back(client_on_phone: Person):
    for path, name in (("/my/", "home"), ("/my/history/", "history"), ("/my/plan/", "plan")):
        client_on_phone.go(path)
        client_on_phone.look(name)
    client_on_phone.go("/my/history/")

    expect(client_on_phone.page.get_by_text("Down to the water & back").first).to_be_visible()


def test_the_therapist_reads_the_record(therapist: Person):
    therapist.go("/clients/?q=Quill")
    therapist.follow(NAME)
    therapist.look("record")
    therapist.follow("Runs and mood")

    expect(therapist.page.get_by_text("Down to the water & back").first).to_be_visible()
    therapist.look("runs")


def test_exports_the_summary(therapist: Person):
    therapist.go("/clients/?q=Quill")
    therapist.follow(NAME)
    therapist.follow("Summary")
    therapist.look("summary-ask")
    therapist.press("Make the summary")
    download = therapist.page.get_by_role("button", name="Download PDF")
    _until_made(therapist, download)
    therapist.look("summary")
    with therapist.page.expect_download() as caught:
        download.click()

    paper = pypdfium2.PdfDocument(BytesIO(Path(caught.value.path()).read_bytes()))
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    assert len(paper) <= 4
    assert JOURNAL in text.replace("\r\n", " ")
    assert "root:" not in text


def _until_made(therapist: Person, download: Locator) -> None:
    """The page asks by itself until the work is done; then it is opened again."""
    expect(therapist.page.get_by_role("progressbar")).to_have_count(0, timeout=60_000)
    therapist.page.reload()
    expect(download).to_be_visible()


def test_the_week_and_the_day_at_the_end(therapist: Person):
    for path, name in (("/calendar/", "calendar"), ("/summaries/", "summaries"), ("/style/", "style")):
        therapist.go(path)
        therapist.look(name)


def test_a_safety_answer_reaches_the_therapist(client_on_phone: Person, therapist: Person):
    """The item is answered on the phone, help is shown before the next question, and Today has it on top."""
    therapist.go("/clients/?q=Quill")
    therapist.follow(NAME)
    therapist.follow("Ask questions")
    therapist.page.get_by_label("Check-in", exact=True).check()
    therapist.press("Ask")
    client_on_phone.go("/my/")
    client_on_phone.follow("Have a look")
    client_on_phone.follow("Start")
    for _ in range(8):
        _answer_quietly(client_on_phone)

    client_on_phone.page.locator("main input[type=radio]").nth(1).check()
    client_on_phone.press("Continue")

    expect(client_on_phone.page.get_by_role("heading", level=1)).to_contain_text("Thank you for telling us")
    client_on_phone.look("support")
    therapist.go("/today/")
    expect(therapist.page.get_by_text(re.compile(f"{NAME}.*safety answer")).first).to_be_visible()
    therapist.look("today-with-alert")
