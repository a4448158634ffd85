"""Who has seen a record, told to the care team and to the client."""

import re
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from clients.seen import screens
from practice.audit import record
from practice.models import AuditEvent
from tests.counting import queries_of
from tests.factories import MemberFactory
from tests.practice.web.looking import looking_at

pytestmark = pytest.mark.django_db
MINE = "/my/seen-by/"


def _seen_by(client):
    return reverse("client_seen_by", args=[client.uid])


def _read(client, by, part="record"):
    record("client_read", on=None, by=by, at=timezone.now(), client=client, part=part)


def test_the_care_team_reads_who_looked(browser_of, clinician, client_person):
    _read(client_person, MemberFactory(name="Jo Marsh"))
    _read(client_person, client_person.member)

    page = browser_of(clinician).get(_seen_by(client_person)).content.decode()

    assert "Jo Marsh" in page
    assert "The client" in page


def test_looking_again_is_one_line_with_a_number(browser_of, clinician, client_person):
    for _ in range(3):
        _read(client_person, clinician)

    page = browser_of(client_person.member).get(MINE).content.decode()

    assert page.count("opened your record") == 1
    assert "3 times, last at" in page


@pytest.mark.browser
def test_many_looks_fit_a_phone(browser_of, clinician, client_person):
    for _ in range(30):
        _read(client_person, clinician, part="booking")
    markup = browser_of(client_person.member).get(MINE).content.decode()

    with looking_at(markup, viewport={"width": 360, "height": 740}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_client_reads_names_roles_and_what_was_looked_at(browser_of, clinician, client_person):
    _read(client_person, clinician, part="measures")

    page = browser_of(client_person.member).get(MINE).content.decode()

    assert "Robin Vale" in page
    assert "Clinician" in page
    assert "looked at your measures" in page


def test_a_client_does_not_read_of_their_own_visits_or_of_anybody_else(
    browser_of, clinician, client_person, stranger
):
    _read(client_person, client_person.member)
    _read(stranger, MemberFactory(name="Pat Thorn"))

    page = browser_of(client_person.member).get(MINE).content.decode()

    assert "Nobody has looked yet" in page
    assert "Pat Thorn" not in page


def test_emergency_access_stands_out_for_both(browser_of, clinician, client_person):
    opener = MemberFactory(name="Jo Marsh")
    record("break_glass_opened", on=client_person, by=opener, at=timezone.now(), client=client_person)

    for browser, url in (
        (browser_of(client_person.member), MINE),
        (browser_of(clinician), _seen_by(client_person)),
    ):
        assert "Emergency access" in browser.get(url).content.decode()


def test_a_colleague_without_care_finds_nothing_and_that_is_told(browser_of, colleague, client_person):
    answer = browser_of(colleague).get(_seen_by(client_person))

    assert answer.status_code == 404
    line = AuditEvent.objects.get(action="denied")
    assert (line.member_uid, line.client_uid, line.reason) == (
        colleague.uid,
        client_person.uid,
        "not_in_care",
    )


def test_what_was_done_with_another_record_of_the_same_reference_is_not_shown(
    browser_of, clinician, client_person
):
    erased = SimpleNamespace(uid=uuid4(), reference=client_person.reference)
    _read(erased, MemberFactory(name="Jo Marsh"))

    page = browser_of(clinician).get(_seen_by(client_person)).content.decode()

    assert "Jo Marsh" not in page


@pytest.mark.parametrize("how_many", [2, 50])
def test_the_page_asks_the_database_the_same_however_much_was_looked_at(
    browser_of, clinician, client_person, how_many
):
    for _ in range(how_many):
        _read(client_person, clinician)

    assert len(queries_of(browser_of(clinician), _seen_by(client_person))) <= 6


def _parts_that_are_read():
    """Every part that some door names when a record is opened."""
    root = Path(__file__).resolve().parents[3]
    sources = [file.read_text() for floor in ("clients", "sessions") for file in (root / floor).rglob("*.py")]
    return {part for text in sources for part in re.findall(r'note_reading\([^)]*?part="([\w-]+)"', text)}


@pytest.mark.parametrize("words", [screens.YOURS, screens.THEIRS])
def test_each_part_of_a_record_has_words_of_its_own(words):
    named = _parts_that_are_read() - {"own"}

    assert {"agreements", "changes", "results", "sessions"} <= named
    assert named - set(words) == set()
