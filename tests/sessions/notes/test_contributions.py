"""What notes contribute to the timeline and to Today."""

from datetime import timedelta

import pytest

from sessions.notes import actions
from sessions.notes.contributions import signed_notes, unwritten_notes
from tests.factories import MONDAY_NOON, NoteFactory, SessionFactory

EVENING = MONDAY_NOON + timedelta(hours=6)
AGES_AGO, IN_A_YEAR = MONDAY_NOON - timedelta(days=999), MONDAY_NOON + timedelta(days=365)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(client_person, clinician):
    return SessionFactory.create(client=client_person, clinician=clinician, completed=True)


def test_a_session_without_a_note_waits_for_its_clinician(session, clinician):
    waiting = unwritten_notes(clinician, EVENING)

    assert [item.text for item in waiting] == ["Session of Mon 1 Jun, 13:00"]


def test_a_draft_still_waits(session, clinician):
    NoteFactory.create(session=session)

    assert unwritten_notes(clinician, EVENING)[0].action == "Finish"


def test_a_signed_note_waits_no_more_and_stands_in_the_timeline(session, clinician):
    note = NoteFactory.create(session=session)
    actions.sign_note(note=note, by=clinician, now=EVENING)

    told = signed_notes(session.client, clinician, AGES_AGO, IN_A_YEAR)

    assert unwritten_notes(clinician, EVENING) == []
    assert [item.title for item in told] == ["Note of 1 June signed"]


def test_a_colleague_outside_the_care_team_sees_none_of_it(session, colleague):
    note = NoteFactory.create(session=session)
    actions.sign_note(note=note, by=note.author, now=EVENING)

    assert signed_notes(session.client, colleague, AGES_AGO, IN_A_YEAR) == []
    assert unwritten_notes(colleague, EVENING) == []


def test_what_waits_takes_the_same_few_questions_however_many(
    client_person, clinician, django_assert_max_num_queries
):
    for hour in range(4):
        SessionFactory.create(
            client=client_person,
            clinician=clinician,
            completed=True,
            starts_at=MONDAY_NOON + timedelta(hours=hour),
        )

    with django_assert_max_num_queries(1):
        unwritten_notes(clinician, EVENING)
