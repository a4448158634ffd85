"""T17 and T18: whatever was typed into whatever field is shown as it was typed, on every page, in JSON and on paper."""

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.urls import reverse

from sessions.summaries import pdf
from sessions.summaries.screens import documents, gathered
from tests.factories import ClientFactory, confirm_every_number
from tests.security.callers import Callers
from tests.security.hostile import BREAKER, LONG, ODD, SOME, breaking
from tests.security.matrix import opens
from tests.security.pages import forms_of, strangers, text_of
from tests.security.routes import routes
from tests.security.town import build

pytestmark = pytest.mark.django_db
JSON = {route.name for route in routes() if route.is_api} - {"api_docs", "api_schema", "api_summary_pdf"}
WHO = ("clinician", "reception", "owner", "client")
NEVER_SHOWN = {
    "Lee Stone",  # somebody else's client
    "Ash",  # whoever took up a letter is shown by the name in the record
    "questions",  # stands in a summary, on the page that makes one and on its paper
}


@pytest.fixture(scope="module")
def labels():
    return set()


@pytest.fixture(scope="module")
def hostile_town(room, labels):
    def say(label):
        labels.add(label)
        return breaking(label)

    return build(say)


@pytest.fixture(scope="module")
def callers(hostile_town):
    return Callers(hostile_town.people)


@pytest.fixture(scope="module")
def pages(hostile_town, callers):
    """Every answer to a plain read, by the first role that gets there and route."""
    read = {
        (role, route.name): callers.call(role, "GET", route.address(hostile_town.ours))
        for route in routes()
        if not route.path.startswith("accounts/") and route.name != "readyz"
        for role in [role for role in WHO if opens(role, route.name)][:1]
    }
    closed = reverse("safety_alert", args=[hostile_town.ours.uid("closed alert")])
    return read | {("clinician", "alert that is closed"): callers.call("clinician", "GET", closed)}


def html(pages):
    return {
        door: answer.content.decode()
        for door, answer in pages.items()
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.status_code == 200
    }


def test_no_text_becomes_part_of_a_page(pages):
    found = {door: strangers(text) for door, text in html(pages).items()}

    assert {door: there for door, there in found.items() if there} == {}


def test_no_page_breaks_over_a_text(pages):
    assert [door for door, answer in pages.items() if answer.status_code >= 500] == []


def test_no_text_is_read_as_a_template(pages):
    assert [
        door for door, text in html(pages).items() if "49" in text and "7*7" not in text and "tpx" in text
    ] == []


def test_every_text_is_shown_as_it_was_typed(pages, labels):
    read = "".join(text_of(text) for text in html(pages).values())
    shown = {label for label in labels if f"{label} {BREAKER}" in read}

    assert labels - shown - NEVER_SHOWN == set()
    assert LONG in read


def test_the_api_speaks_json_that_no_browser_takes_for_a_page(pages):
    wrong = [
        door
        for door, answer in pages.items()
        if door[1] in JSON
        if "json" not in answer.headers["Content-Type"]
        or answer.headers["X-Content-Type-Options"] != "nosniff"
    ]

    assert wrong == []


def test_no_text_becomes_part_of_the_paper_and_each_is_printed(hostile_town):
    document = next(documents(gathered(hostile_town.ours.rows["waiting summary"])))

    markup = render_to_string("sessions/summaries/paper.html", {"doc": document})
    words = _printed(document)

    assert strangers(markup) == []
    assert BREAKER[:30] in words
    assert "root:" not in words


def _printed(document):
    paper = pypdfium2.PdfDocument(BytesIO(pdf.printed(document).content))
    words = "".join(page.get_textpage().get_text_range() for page in paper)
    paper.close()
    return words.replace("\r\n", "").replace("\n", "")


@pytest.fixture(scope="module")
def forms(pages, hostile_town):
    """Every form of every page with a field for words, and who may send it."""
    addresses = {route.name: route.address(hostile_town.ours) for route in routes()}
    addresses["alert that is closed"] = reverse("safety_alert", args=[hostile_town.ours.uid("closed alert")])
    found: dict[Any, Any] = {}
    for (role, name), text in html(pages).items():
        for form in forms_of(text, addresses[name]):
            if form.words and not form.action.startswith("/accounts/"):
                found.setdefault((form.action, form.words), (role, form))
    return {(role, *key): form for key, (role, form) in found.items()}


@pytest.mark.parametrize("odd", SOME)
def test_every_field_of_every_form_takes_an_odd_text_or_says_no(forms, callers, odd):
    assert broken_by(ODD[odd], forms, callers) == {}


@pytest.mark.deep
@pytest.mark.parametrize("odd", set(ODD) - set(SOME))
def test_every_field_of_every_form_takes_a_text_as_odd_as_it_gets(forms, callers, odd):
    assert broken_by(ODD[odd], forms, callers) == {}


def broken_by(odd, forms, callers):
    """The forms that break when each of their filled fields holds this text."""
    answers = {
        (role, form.action): callers.call(role, "POST", form.action, {**form.values, **filled(form, odd)})
        for (role, _action, _words), form in forms.items()
    }
    return {door: answer.status_code for door, answer in answers.items() if answer.status_code >= 500}


def filled(form, odd):
    return {name: odd for name in form.words if form.values[name] != ""}


@pytest.mark.parametrize("name", [pytest.param("empty fields", marks=pytest.mark.deep), "all fields"])
def test_every_form_takes_words_that_break_out(forms, callers, name):
    """Each field for words filled, also those that stood empty; what comes back holds no stranger."""
    wrong = {}
    for (role, _action, _words), form in forms.items():
        chosen = [word for word in form.words if name == "all fields" or not form.values[word]]
        answer = callers.call(role, "POST", form.action, {**form.values, **dict.fromkeys(chosen, BREAKER)})
        text = answer.content.decode(errors="replace")
        if answer.status_code >= 500 or (
            "html" in answer.headers.get("Content-Type", "") and strangers(text)
        ):
            wrong[role, form.action] = answer.status_code

    assert wrong == {}


def test_there_are_forms_to_try(forms):
    assert len(forms) > 15  # so that a change of the pages cannot empty the tests above


def test_letters_hold_one_subject_and_no_markup(hostile_town, callers):
    name = breaking("Kim")
    client = ClientFactory(name=name, treated_by=hostile_town.people["clinician"])
    address = reverse("open_portal", args=[client.uid])
    confirm_every_number(hostile_town.people["owner"])

    callers.call_for_good("clinician", "POST", address, {"email": "kim@clients.example"})

    assert len(mail.outbox) == 1
    for letter in mail.outbox:
        assert "\n" not in letter.subject
        assert getattr(letter, "alternatives", []) == []
        assert letter.attachments == []
        assert letter.recipients() == ["kim@clients.example"]
        assert name not in f"{letter.subject}{letter.body}"
