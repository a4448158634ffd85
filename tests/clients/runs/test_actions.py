from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from clients.models import RunLog
from clients.runs import actions, rules
from practice.models import AuditEvent
from tests.factories import MONDAY_NOON, ClientFactory, RunLogFactory

WALK = rules.RunEntry(
    activity="walk",
    started_at=MONDAY_NOON - timedelta(hours=2),
    utc_offset_minutes=60,
    minutes=20,
    mood_after=4,
    context=("nature", "alone"),
    journal="Rain, then none.",
)
pytestmark = pytest.mark.django_db


def _log(client, *, uid=None, entry=WALK, by=None):
    return actions.log_run(
        client=client, uid=uid or uuid4(), entry=entry, by=by or client.member, now=MONDAY_NOON
    )


def test_an_entry_is_kept_with_a_line_in_the_trail(client_person):
    run, is_new = _log(client_person)

    assert is_new
    assert (run.client, run.logged_by, run.minutes, run.mood_after) == (
        client_person,
        client_person.member,
        20,
        4,
    )
    line = AuditEvent.objects.acts().get()
    assert (line.action, line.client_uid, line.subject_uid) == ("run_logged", client_person.uid, run.uid)
    assert "Rain" not in str(line.detail)


def test_sent_again_it_is_the_same_row(client_person):
    first, _ = _log(client_person)

    again, is_new = _log(client_person, uid=first.uid)

    assert not is_new
    assert again.pk == first.pk
    assert AuditEvent.objects.acts().count() == 1


def test_the_same_entry_in_another_order_and_zone_is_still_the_same(client_person):
    first, _ = _log(client_person)
    reordered = replace(WALK, context=("alone", "nature"))

    _again, is_new = _log(client_person, uid=first.uid, entry=reordered)

    assert not is_new


def test_the_same_id_with_other_words_is_refused_and_changes_nothing(client_person):
    first, _ = _log(client_person)

    with pytest.raises(actions.DifferentBody):
        _log(client_person, uid=first.uid, entry=replace(WALK, minutes=21))

    assert RunLog.objects.get().minutes == 20


def test_another_clients_id_says_nothing_and_is_simply_theirs_too(client_person, stranger):
    first, _ = _log(client_person)

    theirs, is_new = _log(stranger, uid=first.uid, entry=replace(WALK, journal="Mine."))

    assert is_new
    assert theirs.pk != first.pk


def test_a_refused_entry_leaves_no_trace(client_person):
    with pytest.raises(rules.MinutesOutOfRange):
        _log(client_person, entry=replace(WALK, minutes=5000))

    assert not RunLog.objects.exists()
    assert not AuditEvent.objects.acts().exists()


def test_staff_log_for_a_client_and_it_says_so(client_person, clinician):
    run, _ = _log(client_person, by=clinician)

    assert run.logged_by == clinician


def test_what_staff_log_is_shared(client_person, clinician):
    with pytest.raises(actions.StaffEntryIsShared):
        _log(client_person, entry=replace(WALK, share=False), by=clinician)


def test_the_writer_changes_an_entry(client_person):
    run, _ = _log(client_person)

    changed = actions.change_run(
        run=run, entry=replace(WALK, minutes=25, share=False), by=client_person.member, now=MONDAY_NOON
    )

    assert (changed.minutes, changed.share) == (25, False)
    assert AuditEvent.objects.filter(action="run_changed").count() == 1


def test_changing_nothing_writes_nothing(client_person):
    run, _ = _log(client_person)

    actions.change_run(run=run, entry=run.entry, by=client_person.member, now=MONDAY_NOON)

    assert not AuditEvent.objects.filter(action="run_changed").exists()


def test_a_change_meets_the_same_rules(client_person):
    run, _ = _log(client_person)

    with pytest.raises(rules.MoodOutOfRange):
        actions.change_run(
            run=run, entry=replace(WALK, mood_after=9), by=client_person.member, now=MONDAY_NOON
        )


def test_staff_do_not_change_what_a_client_wrote(client_person, clinician):
    run, _ = _log(client_person)

    with pytest.raises(actions.NotTheWriter):
        actions.change_run(run=run, entry=replace(WALK, minutes=1), by=clinician, now=MONDAY_NOON)


def test_a_client_does_not_change_what_staff_wrote(client_person, clinician):
    run, _ = _log(client_person, by=clinician)

    with pytest.raises(actions.NotTheWriter):
        actions.remove_run(run=run, by=client_person.member, now=MONDAY_NOON)


def test_the_writer_takes_an_entry_back_and_the_trail_keeps_that(client_person):
    run, _ = _log(client_person)

    actions.remove_run(run=run, by=client_person.member, now=MONDAY_NOON)

    assert not RunLog.objects.exists()
    assert AuditEvent.objects.filter(action="run_removed", subject_uid=run.uid).exists()


def test_taking_it_back_twice_is_harmless(client_person):
    run, _ = _log(client_person)
    gone = RunLog.objects.get(pk=run.pk)
    actions.remove_run(run=run, by=client_person.member, now=MONDAY_NOON)

    actions.remove_run(run=gone, by=client_person.member, now=MONDAY_NOON)

    assert AuditEvent.objects.filter(action="run_removed").count() == 1


def test_what_was_removed_cannot_be_changed(client_person):
    run, _ = _log(client_person)
    RunLog.objects.all().delete()

    with pytest.raises(actions.EntryGone):
        actions.change_run(run=run, entry=WALK, by=client_person.member, now=MONDAY_NOON)


def test_the_database_refuses_an_outing_of_unknown_length():
    with pytest.raises(IntegrityError, match="rest_has_no_minutes"):
        RunLogFactory.create(minutes=None)


def test_the_database_refuses_a_mood_of_nine():
    with pytest.raises(IntegrityError, match="mood_is_1_to_5"):
        RunLogFactory.create(mood_after=9)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_at_once_exactly_one_is_new(practice):
    client, uid, start = ClientFactory.create(portal=True), uuid4(), Barrier(20)

    def send(_number):
        start.wait()
        try:
            return _log(client, uid=uid)[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as senders:
        answers = list(senders.map(send, range(20)))

    assert sorted(answers) == [False] * 19 + [True]
    assert RunLog.objects.count() == AuditEvent.objects.acts().count() == 1
