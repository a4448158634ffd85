"""Sealed fields on real rows: plain on the instance, sealed in the table, opened only when somebody looks."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Client, EmergencyContact, RunLog
from practice.encryption import Damaged, Erased, keys
from practice.encryption.actions import destroy_key
from practice.encryption.sealing import opened
from sessions.models import Note
from tests.counting import queries_of
from tests.factories import MONDAY_NOON, ClearanceFactory, ClientFactory, NoteFactory, RunLogFactory

pytestmark = pytest.mark.django_db
CANARY = "heron by the seventh lock"


def raw(table: str, column: str, pk: int) -> bytes:
    """What the table has."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [pk])  # noqa: S608 - names of the test
        return bytes(cursor.fetchone()[0])


def put(table: str, column: str, pk: int, value: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, pk])  # noqa: S608 - names of the test


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The fields that were opened, in their order."""
    seen: list[str] = []

    def counted(sealed: bytes, *, key: Any, about: Any) -> bytes:
        seen.append(about.field)
        return opened(sealed, key=key, about=about)

    monkeypatch.setattr("practice.encryption.fields.opened", counted)
    return seen


def test_words_are_plain_on_the_row_and_sealed_in_the_table():
    run = RunLogFactory.create(journal=CANARY)

    assert RunLog.objects.get(pk=run.pk).journal == CANARY
    assert CANARY.encode() not in raw("clients_runlog", "journal", run.pk)


def test_blank_stays_blank():
    assert raw("clients_runlog", "journal", RunLogFactory.create().pk) == b""
    assert RunLog.objects.filter(journal="").exists()


def test_a_constraint_still_says_that_there_must_be_words():
    with pytest.raises(IntegrityError, match="clearance_has_a_rationale"):
        ClearanceFactory.create(rationale="")


def test_dictionaries_days_and_contacts_come_back_as_they_were():
    note = NoteFactory.create(body={"plan": "Tea ☕", "subjective": ""}, walk={})
    client = ClientFactory.create(born_on=date(1988, 3, 27), focus=CANARY)
    contact = EmergencyContact.objects.create(client=client, name="Ada", phone="020 7946 0018")

    assert Note.objects.get(pk=note.pk).body == {"plan": "Tea ☕", "subjective": ""}
    assert Note.objects.get(pk=note.pk).walk == {}
    assert Client.objects.get(pk=client.pk).born_on == date(1988, 3, 27)
    assert EmergencyContact.objects.get(pk=contact.pk).phone == "020 7946 0018"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(journal=st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=300))
def test_any_text_comes_back(db, journal):
    run = RunLogFactory.create(journal=journal)

    assert RunLog.objects.get(pk=run.pk).journal == journal


def test_nothing_is_opened_until_somebody_looks(openings):
    RunLogFactory.create_batch(3, journal=CANARY)
    rows = list(RunLog.objects.all())
    assert openings == []

    assert rows[0].journal == rows[0].journal == CANARY

    assert openings == ["journal"]


def test_a_list_of_clients_opens_nothing(openings, browser_of, clinician):
    for number in range(3):
        client = ClientFactory.create(treated_by=clinician, focus=CANARY, born_on=date(1990, 1, 1 + number))
        RunLogFactory.create(client=client, logged_by=clinician, journal=CANARY)
        at = MONDAY_NOON - timedelta(days=number)
        NoteFactory.create(session__client=client, session__clinician=clinician, session__starts_at=at)

    assert browser_of(clinician).get("/clients/").status_code == 200

    assert openings == []


def test_the_keys_of_a_whole_page_come_in_one_question(django_assert_num_queries):
    RunLogFactory.create_batch(5, journal=CANARY)
    keys.forget()
    rows = list(RunLog.objects.all())

    with django_assert_num_queries(1):
        said = {row.journal for row in rows}

    assert said == {CANARY}


def test_a_page_with_cold_keys_asks_one_question_more(browser_of, clinician, client_person):
    for days in range(3):
        RunLogFactory.create(
            client=client_person, journal=CANARY, started_at=MONDAY_NOON - timedelta(days=days), share=True
        )
    browser, url = browser_of(clinician), f"/clients/{client_person.uid}/runs/"
    warm = len(queries_of(browser, url))
    keys.forget()

    assert len(queries_of(browser, url)) <= warm + 1


def test_what_nobody_changed_is_written_as_it_was():
    run = RunLogFactory.create(journal=CANARY)
    before = raw("clients_runlog", "journal", run.pk)
    read, unread = RunLog.objects.get(pk=run.pk), RunLog.objects.get(pk=run.pk)
    assert read.journal == CANARY

    read.save()
    unread.save()

    assert raw("clients_runlog", "journal", run.pk) == before


def test_what_was_changed_is_sealed_anew():
    run = RunLogFactory.create(journal="First.")
    row = RunLog.objects.get(pk=run.pk)

    row.journal = row.journal + " Second."
    row.save(update_fields=["journal"])

    assert RunLog.objects.get(pk=run.pk).journal == "First. Second."


def test_a_dictionary_changed_in_place_is_sealed_anew():
    note = Note.objects.get(pk=NoteFactory.create(body={"plan": "Tea"}).pk)

    note.body["plan"] = "Coffee"
    note.save()

    assert Note.objects.get(pk=note.pk).body == {"plan": "Coffee"}


def test_a_field_that_was_left_out_is_brought_when_it_is_asked_for(django_assert_num_queries):
    run = RunLog.objects.defer("journal").get(pk=RunLogFactory.create(journal=CANARY).pk)

    with django_assert_num_queries(1):
        assert run.journal == CANARY


def test_words_in_the_clear_never_pass_by_the_side_door():
    RunLogFactory.create(journal=CANARY)

    with pytest.raises(TypeError, match="is sealed"):
        RunLog.objects.update(journal="in the clear")
    with pytest.raises(TypeError, match="only blank can be looked for"):
        RunLog.objects.filter(journal=CANARY).exists()


def test_two_rows_that_swap_their_words_are_damaged_and_the_third_is_whole():
    client = ClientFactory.create(portal=True)
    one, two, three = (RunLogFactory.create(client=client, journal=f"{CANARY} {n}") for n in range(3))
    first, second = (raw("clients_runlog", "journal", run.pk) for run in (one, two))

    put("clients_runlog", "journal", one.pk, second)
    put("clients_runlog", "journal", two.pk, first)

    for run in (one, two):
        with pytest.raises(Damaged, match=r"clients_runlog\.journal of row"):
            assert RunLog.objects.get(pk=run.pk).journal
    assert RunLog.objects.get(pk=three.pk).journal == f"{CANARY} 2"


def test_a_log_of_another_client_with_the_same_id_does_not_open_here():
    one = RunLogFactory.create(journal=CANARY)
    two = RunLogFactory.create(uid=one.uid, journal="Mine.")

    put("clients_runlog", "journal", two.pk, raw("clients_runlog", "journal", one.pk))

    with pytest.raises(Damaged):
        assert RunLog.objects.get(pk=two.pk).journal


@pytest.mark.parametrize("length", [1, 16, 17, 29, 44, 50])
def test_a_value_cut_short_is_damaged(length):
    run = RunLogFactory.create(journal=CANARY)

    put("clients_runlog", "journal", run.pk, raw("clients_runlog", "journal", run.pk)[:length])

    with pytest.raises(Damaged):
        assert RunLog.objects.get(pk=run.pk).journal


def test_the_log_names_what_is_damaged_and_not_a_word_of_it(caplog):
    run = RunLogFactory.create(journal=CANARY)
    put("clients_runlog", "journal", run.pk, raw("clients_runlog", "journal", run.pk)[:-1] + b"!")

    with pytest.raises(Damaged):
        assert RunLog.objects.get(pk=run.pk).journal

    assert f"clients_runlog.journal of row {run.client_id}|{run.uid} is damaged." in caplog.text
    assert "heron" not in caplog.text


def test_a_destroyed_key_makes_all_it_sealed_unreadable_for_good(clinician):
    gone, stays = RunLogFactory.create(journal=CANARY), RunLogFactory.create(journal="Still here.")

    destroy_key(key=gone.client.data_key, by=clinician, now=MONDAY_NOON)

    with pytest.raises(Erased):
        assert RunLog.objects.get(pk=gone.pk).journal
    with pytest.raises(Erased), transaction.atomic():
        RunLogFactory.create(client=Client.objects.get(pk=gone.client_id), journal="One more.")
    assert RunLog.objects.get(pk=stays.pk).journal == "Still here."


def test_a_key_is_destroyed_once(clinician):
    client = ClientFactory.create()

    first = destroy_key(key=client.data_key, by=clinician, now=MONDAY_NOON)
    second = destroy_key(key=client.data_key, by=clinician, now=MONDAY_NOON + timedelta(days=1))

    assert bytes(second.wrapped) == b""
    assert second.destroyed_at == first.destroyed_at
