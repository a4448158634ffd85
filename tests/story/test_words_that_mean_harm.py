"""T17 in a real browser: words that would be a script, typed by a client and by a clinician, run nowhere."""

import re

import pytest
from playwright.sync_api import Dialog, expect

from tests.security.hostile import BREAKER, LONG
from tests.story.people import Person

pytestmark = pytest.mark.browser
NAME = f"Harm {BREAKER}"
RAN = (
    "() => Boolean(window.tpx) || document.querySelectorAll('tpx, [onload*=tpx], [onerror*=tpx]').length > 0"
)


def listen(person: Person) -> None:
    """Whatever opens or is stopped by the content policy goes to the errors, which must be none at the end."""

    def opened(dialog: Dialog) -> None:
        person.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    person.page.on("dialog", opened)


def visit(person: Person, *paths: str) -> None:
    for path in paths:
        person.go(path)
        assert not person.page.evaluate(RAN), path


def test_a_client_writes_what_would_be_a_script(client_on_phone: Person):
    listen(client_on_phone)
    page = client_on_phone.page
    client_on_phone.sign_in("client@demo.example")
    client_on_phone.go("/my/log/")

    page.get_by_role("radio", name="Run", exact=True).check()
    page.get_by_role("radio", name="20", exact=True).check()
    page.get_by_text("Add words, effort").click()
    page.get_by_label("In your own words").fill(LONG)
    client_on_phone.press("Save")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Saved.")
    visit(client_on_phone, "/my/", "/my/history/", "/my/plan/")


def test_a_therapist_reads_it_and_writes_some_more(therapist: Person):
    listen(therapist)
    page = therapist.page
    therapist.sign_in("clinician@demo.example")
    therapist.go("/clients/new/")
    page.get_by_label("Name they like to be called").fill(NAME)
    page.get_by_label(re.compile("What you are working on")).fill(LONG)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/clients/[0-9a-f-]{36}/"))
    record = re.sub(r"^https?://[^/]+", "", page.url)

    visit(therapist, record, f"{record}runs/", f"{record}measures/", f"{record}edit/", f"{record}summary/")
    visit(therapist, "/today/", "/clients/?q=Harm", "/review/", "/calendar/", "/sessions/new/", "/summaries/")
    therapist.go("/clients/?q=Amara")
    therapist.follow("Amara Okafor")

    assert not page.evaluate(RAN)
    visit(therapist, f"{re.sub(r'^https?://[^/]+', '', page.url).partition('?')[0]}runs/")
    expect(page.get_by_text("<script>tpx()</script>").first).to_be_visible()
