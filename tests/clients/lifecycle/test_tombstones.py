"""Erased stays erased: the list outside the database, and what it does after an older backup came back."""

import io
import json
from datetime import date
from hashlib import sha256
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from clients.lifecycle import actions, tombstones
from clients.models import CareTeamMember, Client, Tombstone
from clients.record.actions import register_client
from practice.encryption import keys
from practice.encryption.models import DataKey
from tests.clients.lifecycle.whole import NOTE, YEARS_LATER
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(whole):
    member = MemberFactory(name="Jo Marsh")
    CareTeamMember.objects.create(client=whole, member=member, part="covering", since=date(2020, 1, 1))
    return member


@pytest.fixture
def erase(whole, clinician, partner, django_capture_on_commit_callbacks):
    def erase():
        request = actions.ask_erasure(client=whole, reason="time_is_over", by=clinician, now=YEARS_LATER)
        with django_capture_on_commit_callbacks(execute=True):
            return actions.confirm_erasure(request=request, by=partner, now=YEARS_LATER)

    return erase


@pytest.fixture
def restored(whole, clinician, partner):
    """They were erased; then the database went back to what it was before, and the file did not."""
    request = actions.ask_erasure(client=whole, reason="time_is_over", by=clinician, now=YEARS_LATER)
    with transaction.atomic():
        actions.confirm_erasure(request=request, by=partner, now=YEARS_LATER)
        tombstones.append_missing()
        transaction.set_rollback(True)
    keys.forget()
    return whole


def run(*words):
    out = io.StringIO()
    call_command("tombstones", *words, stdout=out)
    return out.getvalue()


def test_the_file_says_who_was_erased_when_by_whom_and_why(whole, erase, clinician, partner):
    erase()

    line = json.loads(tombstones.path().read_text())
    assert line["client"] == str(whole.uid)
    assert (line["asked_by"], line["confirmed_by"]) == (str(clinician.uid), str(partner.uid))
    assert line["reason"] == "time_is_over"


def test_the_file_has_no_name_and_no_reference(whole, erase):
    erase()

    text = tombstones.path().read_text()
    assert whole.name not in text
    assert whole.reference not in text


def test_only_its_owner_reads_the_file(erase):
    erase()

    assert tombstones.path().stat().st_mode & 0o777 == 0o600


def test_a_line_that_a_crash_left_out_is_written_later(whole, erase):
    erase()
    tombstones.path().unlink()

    assert "1 tombstones written" in run("write")
    assert str(whole.uid) in tombstones.path().read_text()


def test_nothing_is_written_twice(erase):
    erase()

    tombstones.append_missing()

    assert len(tombstones.path().read_text().splitlines()) == 1


def test_what_a_crash_cut_off_does_not_swallow_the_next_line(whole, erase):
    tombstones.path().write_text('{"client": "cut o')

    erase()

    assert [line.client for line in tombstones.lines() if isinstance(line, tombstones.Line)] == [
        str(whole.uid)
    ]


def test_an_erasure_that_was_rolled_back_leaves_no_line(
    whole, clinician, partner, django_capture_on_commit_callbacks
):
    request = actions.ask_erasure(client=whole, reason="time_is_over", by=clinician, now=YEARS_LATER)

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        actions.confirm_erasure(request=request, by=partner, now=YEARS_LATER)
        transaction.set_rollback(True)

    assert not tombstones.path().exists()
    assert Client.objects.exists()


def test_who_came_back_with_an_older_backup_is_erased_again(restored):
    assert Client.objects.get().sessions.get().note.body == {"subjective": NOTE}

    said = run("replay")

    assert "1 erased again" in said
    assert not Client.objects.exists()
    assert DataKey.objects.get(pk=restored.data_key_id).destroyed_at
    assert Tombstone.objects.get().replayed_at


def test_the_stone_that_is_set_again_still_names_the_two(restored, clinician, partner):
    run("replay")

    stone = Tombstone.objects.get()
    assert (stone.asked_by, stone.confirmed_by, stone.erased_at) == (clinician.uid, partner.uid, YEARS_LATER)


def test_replaying_twice_harms_nothing(restored):
    run("replay")

    assert "1 tombstones, 0 erased again" in run("replay")
    assert Tombstone.objects.count() == 1


def test_a_hold_of_the_backup_does_not_keep_who_was_erased_later(restored, owner):
    actions.set_hold(client=restored, reason="claim", by=owner, now=YEARS_LATER)

    run("replay")

    assert not Client.objects.exists()


def test_who_was_not_in_the_backup_yet_has_a_stone_again(restored):
    line = tombstones.path().read_text().replace(str(restored.uid), str(uuid4()))
    tombstones.path().write_text(line)

    assert "0 erased again" in run("replay")
    assert Tombstone.objects.exists()
    assert Client.objects.exists()


def of_an_earlier_version(reference):
    """The line as it was written before the hash of a reference took a key."""
    line = json.loads(tombstones.path().read_text())
    line["reference"] = sha256(f"towpath reference {reference}".encode()).hexdigest()
    tombstones.path().write_text(json.dumps(line) + "\n")


def test_a_line_of_an_earlier_version_erases_again_all_the_same(restored):
    of_an_earlier_version(restored.reference)

    assert "1 erased again" in run("replay")
    assert not Client.objects.exists()
    assert "1 tombstones, 0 erased again" in run("replay")


def test_a_reference_that_an_earlier_version_buried_is_never_given_again(restored, clinician):
    of_an_earlier_version("TP-0001")
    run("replay")

    after = register_client(name="Somebody Else", by=clinician, now=YEARS_LATER)

    assert after.reference == "TP-0002"


def test_list_says_who_is_there_again_and_changes_nothing(restored):
    said = run("list")

    assert str(restored.uid) in said
    assert Client.objects.exists()


@pytest.mark.parametrize(
    "bad",
    [
        "not json",
        "[]",
        '{"client": 1}',
        '{"client": "x", "reference": "", "reason": "mistake", "early": false, "asked_by": "", "asked_by_name": "",'
        ' "confirmed_by": "", "confirmed_by_name": "", "erased_at": "2026-01-01T00:00:00+00:00"}',
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_are_done(restored, bad):
    tombstones.path().write_text(f"{bad}\n{tombstones.path().read_text()}")

    with pytest.raises(CommandError, match="line 1"):
        run("replay")

    assert not Client.objects.exists()


def test_no_file_is_no_tombstone():
    assert "0 tombstones, 0 erased again" in run("replay")
