"""A part that is damaged: a calm sentence where it stood, everything else as before, and nothing written over it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.utils import timezone

from clients.instruments import load, written
from clients.models import Client, Response
from practice.encryption.actions import destroy_key
from practice.encryption.fields import Sealed
from sessions.models import Note
from sessions.summaries import actions as summaries
from tests.factories import (
    MONDAY_NOON,
    ClientFactory,
    NoteFactory,
    RunLogFactory,
    ScreeningFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
SENTENCE = "This part cannot be read (damaged). The rest of the record is whole."
LEFT_OUT = "One part is left out here"


def kept(row: models.Model, name: str) -> Sealed:
    """What the table has."""
    sealed: Any = type(row)._base_manager.filter(pk=row.pk).values_list(name, flat=True).get()
    assert isinstance(sealed, Sealed)
    return sealed


def spoil(row: models.Model, name: str) -> None:
    """Flip one bit of what the table has."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    value = bytearray(kept(row, name).value)
    value[-1] ^= 1
    rows.update(**{name: Sealed(bytes(value))})


def log(client: Client, **words: Any) -> Any:
    return RunLogFactory.create(client=client, started_at=timezone.now() - timedelta(days=1), **words)


@pytest.fixture
def one_of_three(client_person):
    """Three entries, one of them damaged."""
    first, *_others = [log(client_person, journal=f"Day {number} by the weir.") for number in range(3)]
    spoil(first, "journal")
    return first


def test_one_entry_is_damaged_and_the_others_are_read(browser_of, clinician, client_person, one_of_three):
    page = browser_of(clinician).get(f"/clients/{client_person.uid}/runs/").content.decode()

    assert page.count(SENTENCE) == 1
    assert "Day 1 by the weir." in page
    assert "Day 2 by the weir." in page
    assert "Day 0" not in page


def test_the_record_shows_the_rest_too(browser_of, clinician, client_person, one_of_three):
    page = browser_of(clinician).get(f"/clients/{client_person.uid}/")

    assert page.status_code == 200
    assert SENTENCE in page.content.decode()


def test_a_program_gets_null_and_is_told_which(api_of, client_person, one_of_three):
    answer = api_of(client_person.member).get("/api/v1/runs/").json()

    journals = {entry["id"]: entry["journal"] for entry in answer["results"]}
    assert journals[str(one_of_three.uid)] is None
    assert sorted(filter(None, journals.values())) == ["Day 1 by the weir.", "Day 2 by the weir."]
    assert answer["damaged"] == [{"field": "journal", "id": f"{client_person.pk}|{one_of_three.uid}"}]


def test_an_answer_without_damage_says_nothing_of_it(api_of, client_person):
    assert "damaged" not in api_of(client_person.member).get("/api/v1/runs/").json()


def test_nothing_is_written_over_a_damaged_part(browser_of, clinician, client_person):
    client = Client.objects.get(pk=client_person.pk)
    client.focus = "Sleep."
    client.save()
    spoil(client, "focus")
    before = kept(client, "focus").value

    form = {"name": "Sam", "focus": SENTENCE, "seen": "x"}
    answer = browser_of(clinician).post(f"/clients/{client_person.uid}/edit/", form)

    assert answer.status_code == 500
    assert "This part cannot be read" in answer.content.decode()
    assert kept(client, "focus").value == before


def test_a_damaged_birth_date_leaves_the_age_out(browser_of, clinician, client_person):
    Client.objects.get(pk=client_person.pk)
    client_person.born_on = MONDAY_NOON.date() - timedelta(days=9_000)
    client_person.save()
    spoil(client_person, "born_on")

    assert browser_of(clinician).get(f"/clients/{client_person.uid}/").status_code == 200


def test_a_draft_whose_words_are_damaged_cannot_be_edited(browser_of, clinician, client_person):
    session = SessionFactory.create(client=client_person, clinician=clinician, completed=True)
    spoil(NoteFactory.create(session=session), "body")

    answer = browser_of(clinician).get(f"/sessions/{session.uid}/note/")

    assert answer.status_code == 500
    assert "It can be brought back from a backup." in answer.content.decode()


def test_a_signed_note_shows_what_is_whole_and_that_its_seal_does_not_hold(
    browser_of, clinician, client_person
):
    session = SessionFactory.create(client=client_person, clinician=clinician, completed=True)
    note = NoteFactory.create(session=session, walk={"setting": "walk"})
    spoil(note, "body")
    Note.objects.filter(pk=note.pk).update(signed_at=MONDAY_NOON, signed_by=clinician, seal="0" * 64)

    page = browser_of(clinician).get(f"/sessions/{session.uid}/note/").content.decode()

    assert LEFT_OUT in page
    assert "do not rely on this note" in page
    assert "Talked about the week." not in page


def test_an_api_answer_that_is_nothing_without_the_part_is_a_problem(api_of, clinician, client_person):
    session = SessionFactory.create(client=client_person, clinician=clinician, completed=True)
    note = NoteFactory.create(session=session)
    spoil(note, "body")

    answer = api_of(clinician).get(f"/api/v1/notes/{note.uid}/")

    assert (answer.status_code, answer.json()["code"]) == (500, "damaged")
    assert answer.json()["damaged"] == [{"field": "body", "id": str(note.uid)}]


def response_of(client: Client, days: int, total: int) -> Response:
    instrument = load("phq9")
    submitted = timezone.now() - timedelta(days=days)
    screening = ScreeningFactory.create(client=client, purpose="measure", submitted_at=submitted)
    return Response.objects.create(
        screening=screening,
        order=1,
        instrument="phq9",
        version=instrument.version,
        snapshot=written(instrument),
        answers={item.key: 0 for item in instrument.scored},
        result={"total": total, "band": "mild", "missing": [], "flags": []},
        has_total=True,
    )


def test_a_damaged_form_is_left_out_of_the_measures(browser_of, clinician, client_person):
    for days, total in ((20, 11), (10, 12), (1, 13)):
        response = response_of(client_person, days, total)
        if total == 12:
            spoil(response, "result")
        Response.objects.filter(pk=response.pk).update(submitted_at=response.screening.submitted_at)

    page = browser_of(clinician).get(f"/clients/{client_person.uid}/measures/?since=all").content.decode()

    assert LEFT_OUT in page
    assert "13" in page


def test_no_summary_is_made_of_half_a_record(clinician, client_person):
    entry = log(client_person, journal="By the weir.", share=True)
    spoil(entry, "journal")
    today = timezone.localdate()
    summary, _job = summaries.ask_summary(
        client=client_person,
        since=today - timedelta(days=30),
        until=today,
        audience="supervision",
        by=clinician,
        now=timezone.now(),
    )

    with pytest.raises(summaries.NotWhole, match=f"clients_runlog.journal of row .*{entry.uid}"):
        summaries.make_summary(summary, lambda _percent, _step: None)

    summary.refresh_from_db()
    assert summary.made_at is None


def test_what_was_erased_says_so_and_not_that_it_is_damaged(browser_of, clinician, client_person):
    log(client_person, journal="By the weir.")
    destroy_key(key=client_person.data_key, by=None, now=timezone.now())

    page = browser_of(clinician).get(f"/clients/{client_person.uid}/runs/").content.decode()

    assert "This part was erased for good." in page
    assert SENTENCE not in page


def test_another_clients_record_is_not_touched_by_the_damage(browser_of, clinician, one_of_three):
    other = ClientFactory.create(treated_by=clinician, portal=True)
    log(other, journal="Quiet water.")

    page = browser_of(clinician).get(f"/clients/{other.uid}/runs/").content.decode()

    assert "Quiet water." in page
    assert SENTENCE not in page
