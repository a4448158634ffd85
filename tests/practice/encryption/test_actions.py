"""Keys are handed over, looked at and refused."""

from io import StringIO
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import connection

from clients.models import RunLog
from practice.audit.models import AuditEvent
from practice.encryption import KeyMissing, keys
from practice.encryption.keyring import Keyring
from practice.encryption.models import DataKey
from practice.encryption.secrets import open_text, seal_text
from practice.encryption.starting import RecordsStayShut, refuse_to_start_without_keys, why_records_stay_shut
from tests.factories import MONDAY_NOON, ClientFactory, RunLogFactory

pytestmark = pytest.mark.django_db
OLD = django_settings.RECORD_KEYS[0]
NEW = "the-next-key-of-this-test-0123456789-abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def given(settings):
    """From now on these are TOWPATH_KEY and TOWPATH_OLD_KEYS."""

    def give(*texts):
        settings.RECORD_KEYS = list(texts)
        keys.forget()

    yield give
    keys.forget()


def manage(*args: str) -> str:
    said = StringIO()
    call_command("keys", *args, stdout=said)
    return said.getvalue()


def test_handing_over_leaves_every_record_readable_with_the_new_key_alone(given):
    run, secret = RunLogFactory.create(journal="By the weir."), seal_text("seed", about="totp:1")
    given(NEW, OLD)

    said = manage("rotate")

    given(NEW)
    assert "2 of 2 keys handed over" in said
    assert "TOWPATH_OLD_KEYS may be taken away" in said
    assert RunLog.objects.get(pk=run.pk).journal == "By the weir."
    assert open_text(secret, about="totp:1") == "seed"
    assert why_records_stay_shut() == ""


def test_handing_over_goes_on_where_it_stopped(given):
    ClientFactory.create_batch(3)
    given(NEW, OLD)
    manage("rotate")
    ClientFactory.create()

    said = manage("rotate")

    assert "of" not in said.split("Everything")[0]
    assert set(DataKey.objects.values_list("kek", flat=True)) == {Keyring.of([NEW]).current.fingerprint}


def test_handing_over_leaves_one_line_without_a_key_in_it(given):
    ClientFactory.create_batch(2)
    given(NEW, OLD)

    manage("rotate")

    line = AuditEvent.objects.get(action="keys_rotated")
    assert line.detail["count"] == 2
    assert NEW not in str(line.detail)


def test_a_bent_key_is_named_and_the_others_are_handed_over(given):
    bent, whole = ClientFactory.create().data_key, ClientFactory.create().data_key
    DataKey.objects.filter(pk=bent.pk).update(wrapped=b"x" * 60)
    given(NEW, OLD)

    with pytest.raises(CommandError, match=str(bent.pk)):
        manage("rotate")

    assert DataKey.objects.get(pk=whole.pk).kek == Keyring.of([NEW]).current.fingerprint
    assert DataKey.objects.get(pk=bent.pk).kek == Keyring.of([OLD]).current.fingerprint


def test_an_old_key_taken_away_too_early_is_missed_by_name(given):
    ClientFactory.create_batch(2)
    given(NEW)

    said = why_records_stay_shut()

    assert said.startswith(
        f"2 of the keys to the records are wrapped with the key {Keyring.of([OLD]).current.fingerprint}"
    )
    assert "in TOWPATH_OLD_KEYS if it was taken out too early" in said
    with pytest.raises(CommandError, match="Put that key back"):
        manage("rotate")


def test_without_a_key_a_value_is_not_called_damaged(given):
    run = RunLogFactory.create(journal="By the weir.")
    given(NEW)

    with pytest.raises(KeyMissing):
        assert RunLog.objects.get(pk=run.pk).journal


def test_migrate_and_check_refuse_too(given):
    ClientFactory.create()
    given(NEW)

    found = [one.id for one in run_checks(tags=[Tags.database], databases=["default"])]

    assert "towpath.E005" in found


@pytest.mark.django_db(transaction=True)
def test_nothing_starts_while_a_key_is_missing(given):
    ClientFactory.create()
    refuse_to_start_without_keys()
    given(NEW)

    with pytest.raises(RecordsStayShut, match="towpath: 1 of the keys to the records"):
        refuse_to_start_without_keys()


def test_show_counts_what_each_key_wraps(given):
    ClientFactory.create_batch(2)
    given(NEW, OLD)
    ClientFactory.create()

    said = manage("show")

    new, old = Keyring.of([NEW, OLD]).fingerprints
    assert f"{new}  TOWPATH_KEY       wraps 1" in said
    assert f"{old}  TOWPATH_OLD_KEYS  wraps 2" in said
    assert "0 destroyed" in said


def test_show_names_a_key_that_was_not_given(given):
    ClientFactory.create()
    given(NEW)

    assert f"{Keyring.of([OLD]).current.fingerprint}  not given here   wraps 1" in manage("show")


def test_check_opens_everything_and_says_so():
    RunLogFactory.create_batch(2, journal="By the weir.")

    said = manage("check")

    assert "clients_runlog: 2 of 2 rows" in said
    assert "2 values open, 0 were erased for good, none is damaged." in said


def test_check_lists_what_is_damaged():
    one, _two = RunLogFactory.create_batch(2, journal="By the weir.")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE clients_runlog SET journal = overlay(journal placing 'x' from 50) WHERE id = %s", [one.pk]
        )
    said = StringIO()

    with pytest.raises(CommandError, match="1 values open, 0 were erased for good, 1 ARE DAMAGED"):
        call_command("keys", "check", stdout=said)

    assert f"damaged: clients_runlog.journal of row {one.client_id}|{one.uid}" in said.getvalue()


def test_a_value_whose_key_is_in_no_table_is_damaged():
    run = RunLogFactory.create(journal="By the weir.")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE clients_runlog SET journal = overlay(journal placing %s from 2) WHERE id = %s",
            [uuid4().bytes, run.pk],
        )

    with pytest.raises(CommandError, match="1 ARE DAMAGED"):
        manage("check")


def test_a_key_is_made_at_a_time(given):
    assert ClientFactory.create().data_key.created_at == MONDAY_NOON
