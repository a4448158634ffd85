"""What a summary says."""

import json

import pytest

from clients.models import RunLog
from sessions.notes import actions as notes
from sessions.summaries.document import Document, Fact, frozen, thawed
from sessions.summaries.screens import documents, gathered
from tests.factories import ClearanceFactory, NoteFactory
from tests.sessions.summaries.lives import asked, form, on, outing, session

pytestmark = pytest.mark.django_db


def said(client, **changes) -> Document:
    """The most generous document."""
    return next(documents(gathered(asked(client, **changes))))


def facts(document, title):
    return next(box.facts for box in document.boxes if box.title == title)


def test_attendance_counts_planned_held_cancelled_and_missed(client_person):
    for day, state in enumerate(["completed", "completed", "cancelled", "no_show"]):
        session(client_person, day, state=state)

    assert facts(said(client_person), "Attendance") == (
        Fact(word="Took place", value="2 of 4"),
        Fact(word="Cancelled", value="1"),
        Fact(word="Did not come", value="1"),
    )


def test_only_sessions_of_the_period_count(client_person):
    session(client_person, -1)

    assert facts(said(client_person), "Attendance") == (Fact(word="No sessions in this period", value=""),)


def test_the_last_day_belongs_to_the_period(client_person):
    session(client_person, 70)

    assert facts(said(client_person), "Attendance")[0].value == "1 of 1"


def test_the_setting_names_the_pace_in_talking_words(client_person):
    walk = ClearanceFactory(client=client_person)
    session(client_person, 1, mode="walk", place="outdoors", pace="chat", clearance=walk)

    assert facts(said(client_person), "Setting") == (Fact(word="Walking, could chat", value="1"),)


def test_a_reliable_change_is_read_apart_from_the_cut_off(client_person):
    form(client_person, 1, "phq9", [2] * 8 + [1])
    form(client_person, 40, "phq9", [1] * 8 + [0])

    row, item = said(client_person).measure_rows

    assert (row.first, row.latest, row.change) == ("17", "8", "−9")
    assert row.reading == "reliably lower; now below 10"
    assert item.reading == "last above 0 on 2 June"


def test_a_single_form_speaks_of_no_change(client_person):
    form(client_person, 1, "gad7", [2] * 7)

    row = said(client_person).measure_rows[0]

    assert (row.change, row.reading) == ("", "too few forms to speak of a change")


def test_missing_data_is_said(client_person):
    document = said(client_person)

    assert document.measures_said == "No forms came in during this period."
    assert document.weeks_said == "Nothing was recorded in this period."
    assert document.moods_said == "No entry of this period has both moods."
    assert document.quotes_said == "The client shared no words of their own in this period."


def test_only_words_and_entries_that_the_client_shares_are_used(client_person):
    outing(client_person, 1, journal="For you.", share=True)
    outing(client_person, 2, journal="For me alone.", share=False)

    document = said(client_person)

    assert [quote.text.lines for quote in document.quotes] == [("For you.",)]
    assert document.moods is not None
    assert document.moods.entries == 1
    assert "alone" not in json.dumps(frozen(document))


def test_an_entry_hidden_by_the_client_is_not_used_even_if_the_clinician_wrote_it(client_person, clinician):
    entry = outing(client_person, 1, share=False)
    RunLog.objects.filter(pk=entry.pk).update(logged_by=clinician)

    assert said(client_person).moods is None


def test_words_beyond_the_newest_are_counted(client_person):
    for day in range(6):
        outing(client_person, day, journal=f"Day {day}.")

    document = said(client_person)

    assert document.quotes[0].text.lines == ("Day 5.",)
    assert document.quotes_said == "2 more entries not shown."


def test_sessions_stand_on_the_strip_of_weeks(client_person):
    session(client_person, 2)

    first = said(client_person).weeks[0]

    assert first.days[2] == "session"
    assert first.session_minutes == 50


def test_notes_are_counted_but_never_quoted(client_person, clinician):
    note = NoteFactory.create(session=session(client_person, 1), body={"data": "Spoke of the lighthouse."})
    notes.sign_note(note=note, by=clinician, now=on(1, 20))

    document = said(client_person)

    assert "1 of them with a signed note" in document.sources[0]
    assert "lighthouse" not in json.dumps(frozen(document))


def test_a_questionnaire_is_attributed(client_person):
    form(client_person, 1, "phq9", [1] * 9)

    assert any("Spitzer" in source for source in said(client_person).sources)


@pytest.fixture
def full_life(client_person):
    client_person.focus = "Getting out of the door."
    client_person.save()
    form(client_person, 1, "phq9", [1] * 9)
    session(client_person, 2)
    outing(client_person, 3, journal="Rain and laughter.")
    return client_person


def test_supervision_reads_a_reference_and_everything(full_life):
    document = said(full_life, questions="Slower?", plan="Rest.")

    assert document.heading == full_life.reference
    assert "Sam" not in json.dumps(frozen(document))
    assert all([document.measures, document.quotes, document.questions, document.plan, document.why])


def test_the_client_reads_their_name_but_no_scores_decisions_or_questions(full_life):
    document = said(full_life, audience="client", questions="Slower?", plan="Rest.")

    assert document.heading == "Sam Wood"
    assert not document.questions
    assert not document.measure_rows
    assert [box.title for box in document.boxes] == ["Attendance", "Setting"]
    assert "PHQ" not in json.dumps(frozen(document))


def test_a_referrer_reads_measures_but_neither_words_nor_safety_answers(full_life):
    document = said(full_life, audience="referrer", questions="Slower?")
    kept = json.dumps(frozen(document))

    assert document.measures
    assert document.measures[0].item_row is None
    assert "laughter" not in kept
    assert "Safety" not in kept
    assert "question 9" not in kept


def test_a_document_comes_back_from_its_snapshot_as_it_was(full_life):
    document = said(full_life, plan="Rest.")

    again = thawed(Document, json.loads(json.dumps(frozen(document))))

    assert frozen(again) == frozen(document)
    assert again.measures[0].points[0].on == on(1).date()


def test_a_snapshot_of_another_age_is_still_read(full_life):
    kept = {**frozen(said(full_life)), "a_field_of_old": "x"}

    assert thawed(Document, kept).heading == full_life.reference


def test_reading_takes_the_same_questions_however_much_there_is(full_life, django_assert_max_num_queries):
    for day in range(10, 30):
        outing(full_life, day, journal="More.")
        session(full_life, day)
    summary = asked(full_life)

    with django_assert_max_num_queries(14):
        next(documents(gathered(summary)))
