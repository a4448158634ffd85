"""The pages of a note."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from clients.models import CareTeamMember
from practice.audit.models import AuditEvent
from sessions.models import Note
from sessions.notes import actions
from tests.factories import MONDAY_NOON, MemberFactory, NoteFactory, SessionFactory

EVENING = MONDAY_NOON + timedelta(hours=6)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


@pytest.fixture
def evening():
    with time_machine.travel(EVENING, tick=False):
        yield


@pytest.fixture
def session(client_person, clinician):
    return SessionFactory.create(client=client_person, clinician=clinician, walk=True, completed=True)


@pytest.fixture
def draft(session):
    return NoteFactory.create(session=session)


@pytest.fixture
def signed(draft):
    return actions.sign_note(note=draft, by=draft.author, now=EVENING)


def url(name, session):
    return reverse(name, args=[session.uid])


def typed(**changes):
    return {
        "version": "0",
        "format": "soap",
        "body_subjective": "She laughed.",
        "walk_effort": "3",
        **changes,
    }


def test_an_empty_editor_knows_the_setting(session, clinician, browser_of):
    page = browser_of(clinician).get(url("note", session))

    assert page.status_code == 200
    assert page.context["form"]["walk_setting"].value() == "walk"


def test_a_draft_is_saved_without_javascript(session, clinician, browser_of):
    answer = browser_of(clinician).post(url("write_note", session), typed())

    assert answer.status_code == 302
    assert Note.objects.get().body == {"subjective": "She laughed."}


def test_autosave_answers_with_the_time_and_the_version(session, clinician, browser_of):
    answer = browser_of(clinician).post(url("save_note", session), typed())

    assert answer.json() == {"saved_at": "19:00", "version": 1}


def test_a_stale_autosave_says_so_in_words(draft, clinician, browser_of):
    answer = browser_of(clinician).post(url("save_note", draft.session), typed(version="0"))

    assert answer.status_code == 409
    assert "both texts are kept" in answer.json()["message"]


def test_a_stale_save_shows_both_texts(draft, clinician, browser_of):
    answer = browser_of(clinician).post(url("write_note", draft.session), typed(version="0"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Talked about the week." in page
    assert "She laughed." in page


def test_after_reading_both_a_save_goes_through(draft, clinician, browser_of):
    browser = browser_of(clinician)
    shown = browser.post(url("write_note", draft.session), typed(version="0")).context["form"]

    browser.post(url("write_note", draft.session), typed(version=shown["version"].value()))

    assert Note.objects.get().body["subjective"] == "She laughed."


def test_another_format_keeps_the_text(draft, clinician, browser_of):
    answer = browser_of(clinician).post(
        url("write_note", draft.session), typed(version="1", switch="dap"), follow=True
    )

    assert Note.objects.get().format == "dap"
    assert b"She laughed." in answer.content
    assert b"Written in another format" in answer.content


def test_a_text_from_another_format_can_be_emptied(draft, clinician, browser_of):
    browser = browser_of(clinician)
    browser.post(url("write_note", draft.session), typed(version="1", switch="dap"))

    browser.post(
        url("write_note", draft.session),
        {"version": "2", "format": "dap", "body_data": "Walked.", "body_subjective": ""},
    )

    assert "subjective" not in Note.objects.get().body


def test_a_fact_that_looks_off_keeps_everything_typed(session, clinician, browser_of):
    answer = browser_of(clinician).post(url("write_note", session), typed(walk_effort="99"))

    assert answer.status_code == 422
    assert b"She laughed." in answer.content
    assert answer.context["form"].errors["walk_effort"]


def test_a_hidden_character_is_refused_at_its_field(session, clinician, browser_of):
    answer = browser_of(clinician).post(url("save_note", session), typed(body_subjective="a\x00b"))

    assert answer.status_code == 422


def test_emoji_and_right_to_left_text_are_kept(session, clinician, browser_of):
    browser_of(clinician).post(url("write_note", session), typed(body_subjective="مشينا ببطء 🙂"))

    assert Note.objects.get().body["subjective"] == "مشينا ببطء 🙂"


def test_the_review_page_names_what_is_empty(draft, clinician, browser_of):
    page = browser_of(clinician).get(url("sign_note", draft.session))

    assert b"Objective, Assessment" in page.content


def test_signing_from_the_review_page_shows_the_seal(draft, clinician, browser_of):
    answer = browser_of(clinician).post(url("sign_note", draft.session), {"version": "1"}, follow=True)

    assert Note.objects.get().seal.encode() in answer.content
    assert "The words are those that were signed." in answer.content.decode()


def test_signing_what_was_changed_meanwhile_shows_the_new_words(draft, clinician, browser_of):
    browser = browser_of(clinician)
    browser.post(url("write_note", draft.session), typed(version="1"))

    answer = browser.post(url("sign_note", draft.session), {"version": "1"})

    assert answer.status_code == 409
    assert b"She laughed." in answer.content
    assert not Note.objects.get().is_signed


def test_a_second_click_on_sign_is_harmless(signed, clinician, browser_of):
    answer = browser_of(clinician).post(url("sign_note", signed.session), {"version": "1"})

    assert answer.status_code == 302


def test_an_addendum_is_shown_with_its_author(signed, clinician, browser_of):
    answer = browser_of(clinician).post(
        url("add_addendum", signed.session), {"text": "She rang <b>later</b>."}, follow=True
    )

    assert "She rang &lt;b&gt;later&lt;/b&gt;." in answer.content.decode()


def test_an_empty_addendum_is_refused_at_its_field(signed, clinician, browser_of):
    answer = browser_of(clinician).post(url("add_addendum", signed.session), {"text": " "})

    assert answer.status_code == 422


def test_reading_a_note_leaves_a_line(signed, clinician, browser_of):
    browser_of(clinician).get(url("note", signed.session))

    assert AuditEvent.objects.filter(action="note_read", subject_uid=signed.uid).count() == 1


def test_the_last_signed_note_is_beside_the_new_one(signed, clinician, browser_of):
    later = SessionFactory.create(
        client=signed.session.client,
        clinician=clinician,
        completed=True,
        starts_at=MONDAY_NOON + timedelta(hours=4),
    )

    page = browser_of(clinician).get(url("note", later))

    assert page.context["previous"].parts[0].text == "Talked about the week."


def test_a_session_to_come_says_why_there_is_no_note(client_person, clinician, browser_of):
    later = SessionFactory.create(
        client=client_person, clinician=clinician, starts_at=MONDAY_NOON + timedelta(days=1)
    )

    assert b"has not begun yet" in browser_of(clinician).get(url("note", later)).content


def test_a_colleague_outside_the_care_team_finds_nothing(signed, colleague, browser_of):
    assert browser_of(colleague).get(url("note", signed.session)).status_code == 404


def test_a_covering_colleague_reads_signed_notes_but_no_drafts(draft, colleague, browser_of):
    CareTeamMember.objects.create(
        client=draft.session.client, member=colleague, part="covering", since=MONDAY_NOON.date()
    )

    page = browser_of(colleague).get(url("note", draft.session))

    assert b"Talked about the week." not in page.content
    assert b"Somebody else has begun this note" in page.content


@pytest.mark.parametrize("role", ["reception", "owner"])
def test_roles_without_the_right_are_refused(role, signed, browser_of):
    member = MemberFactory.create(roles=[role])

    assert browser_of(member).get(url("note", signed.session)).status_code == 403


def test_a_client_never_reads_notes(signed, client_person, browser_of):
    assert browser_of(client_person.member).get(url("note", signed.session)).status_code == 403


def test_a_supervisor_of_the_client_reads_but_does_not_write(signed, browser_of):
    supervisor = MemberFactory.create(roles=["supervisor"])
    CareTeamMember.objects.create(
        client=signed.session.client, member=supervisor, part="supervising", since=MONDAY_NOON.date()
    )
    browser = browser_of(supervisor)

    assert browser.get(url("note", signed.session)).status_code == 200
    assert browser.post(url("add_addendum", signed.session), {"text": "x"}).status_code == 403
