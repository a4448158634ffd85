"""An intake is answered whole on the smallest screen: once without any script, once without a mouse or a finger."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.story.people import Person, somebody
from tests.story.product import PASSWORD, Product
from tests.story.program import program_of

pytestmark = pytest.mark.browser
SMALLEST = {"width": 320, "height": 640}
SHORT = ["phq2", "gad2"]
MOST_PAGES, MOST_TABS = 60, 60
TYPED = {"tel": "020 7946 0111", "text": "Mo", "textarea": "To sleep again.", "date": "1990-01-01"}
FOCUSED = """() => { const at = document.activeElement;
    return [at.tagName.toLowerCase(), at.type || "", at.innerText || ""] }"""


@pytest.fixture
def ask(product: Product) -> Callable[[str], str]:
    """Asks a client by a program, so that the story begins where theirs does; the address of their questions."""
    therapist = program_of(product, "clinician@demo.example", "clients", "screenings")

    def ask_(name: str) -> str:
        [found] = therapist.get(f"clients/?q={name}").body["results"]
        asked = therapist.post("screenings/", client=found["id"], purpose="intake", instruments=SHORT)
        assert asked.status == 201, asked.body
        return f"/my/questions/{asked.body['id']}/"

    return ask_


def is_at_the_end(page: Page) -> bool:
    return page.get_by_role("heading", level=1).inner_text() == "Check your answers"


def narrow_enough(page: Page) -> bool:
    """Nothing runs over the edge: the page is as wide as the screen."""
    box = page.locator("body").bounding_box()
    return box is not None and box["width"] <= SMALLEST["width"]


def answer_by_locator(page: Page) -> None:
    """One question, whatever it asks for, as a finger would."""
    form = page.locator("main form").first
    radios = form.get_by_role("radio")
    if radios.count():
        radios.first.check()
    for box in form.locator("input[type=text], input[type=tel], textarea").all():
        kind = "tel" if box.get_attribute("type") == "tel" else "text"
        box.fill(TYPED[kind])
    form.get_by_role("button", name="Continue", exact=True).click()


def test_without_any_script(browser: Browser, product: Product, ask: Callable[[str], str]):
    questions = ask("Adeyemi")
    context = browser.new_context(viewport=SMALLEST, java_script_enabled=False, locale="en-GB")  # type: ignore[arg-type] # Playwright wants its own kind of dict
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{product.url}/accounts/login/")
    page.get_by_label("E-mail address").fill("ruth@clients.demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{product.url}{questions}")
    page.get_by_role("link", name="Start", exact=True).first.click()

    for _page in range(MOST_PAGES):
        assert narrow_enough(page)
        if is_at_the_end(page):
            break
        answer_by_locator(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    page.get_by_role("button", name="Hand in my answers", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    context.close()


def test_by_keyboard_alone(browser: Browser, product: Product, ask: Callable[[str], str]):
    questions = ask("Winterbourne")
    person = somebody(browser, product, on=SMALLEST, prefix="keyboard")
    person.sign_in("ida@clients.demo.example")
    page = person.page
    person.go(questions)
    open_by_key(person, "Start")

    for _page in range(MOST_PAGES):
        assert person.page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]
        if is_at_the_end(page):
            break
        answer_by_key(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    open_by_key(person, "Hand in my answers")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    person.context.close()
    assert person.errors == []


def open_by_key(person: Person, word: str) -> None:
    """Tab to the link or button with these words, and Enter."""
    for _key in range(MOST_TABS):
        person.page.keyboard.press("Tab")
        tag, _kind, words = person.page.evaluate(FOCUSED)
        if tag in {"a", "button"} and words.strip() == word:
            return go_on(person.page)
    raise AssertionError(f"{word!r} is not reached with Tab")


def answer_by_key(page: Page) -> None:
    """Tab through the question: Space takes the first answer, letters fill a field, Enter is pressed on Continue."""
    has_chosen = False
    for _key in range(MOST_TABS):
        page.keyboard.press("Tab")
        tag, kind, words = page.evaluate(FOCUSED)
        if kind == "radio" and not has_chosen:
            page.keyboard.press("Space")
            has_chosen = True
        elif tag == "textarea" or kind in {"text", "tel"}:
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type(TYPED.get(kind, TYPED["text"]))
        elif tag == "button" and words.strip() == "Continue":
            return go_on(page)
    raise AssertionError("Continue is not reached with Tab")


def go_on(page: Page) -> None:
    """Enter, and wait for the page that it opens."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
