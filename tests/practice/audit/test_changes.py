"""What changes in the database leaves a line, by whatever way it is changed; the line never says to what."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.utils import timezone

from clients.models import Client, RunLog
from practice.audit import triggers
from practice.audit.watched import watched
from practice.models import AuditEvent, Member
from practice.people.acting import acting_as
from tests.factories import ClientFactory, MemberFactory, NoteFactory, RunLogFactory

pytestmark = pytest.mark.django_db
WORDS = "Heron on the lock gate"


def _changes(subject):
    return list(AuditEvent.objects.changes().filter(subject=subject).order_by("pk"))


def _said(subject):
    return [(line.action, line.detail) for line in _changes(subject)]


def test_every_watched_table_has_its_triggers_awake():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgenabled = 'O'"
        )
        awake = set(cursor.fetchall())

    assert triggers.wanted() - awake == set()


def test_every_table_with_a_path_to_a_client_is_watched():
    names = {one.name for one in watched()}

    assert {"client", "emergencycontact", "careteammember", "screening", "response", "clearance"} <= names
    assert {"safetyalert", "runlog", "therapysession", "note", "addendum", "summary"} <= names
    assert {"member", "user", "apitoken", "practice", "authenticator", "datakey"} <= names


def test_an_added_row_is_told_with_its_client_and_who_acted(clinician):
    client = ClientFactory(portal=True)

    with acting_as(clinician, now=timezone.now()):
        AuditEvent.objects.acts()  # whoever acts is known for the whole transaction
        Member.objects.filter(pk=clinician.pk).update(name="Robin Dale")
    run = RunLogFactory(client=client)

    line = _changes("runlog")[0]
    assert (line.action, line.subject_uid, line.client_uid) == ("row_added", run.uid, client.uid)
    assert (line.client_reference, line.member_name) == (client.reference, "Towpath")
    renamed = _changes("member")[-1]
    assert (renamed.action, renamed.member_uid, renamed.member_roles) == (
        "row_changed",
        clinician.uid,
        "clinician",
    )


def test_a_change_names_the_columns_and_never_the_values():
    run = RunLogFactory(journal="Geese")

    RunLog.objects.filter(pk=run.pk).update(minutes=42, effort="easy")

    assert _said("runlog")[-1] == ("row_changed", {"columns": ["effort", "minutes"]})
    assert "42" not in str(_changes("runlog")[-1].detail)


def test_an_update_that_changes_nothing_says_nothing():
    run = RunLogFactory()

    RunLog.objects.filter(pk=run.pk).update(minutes=run.minutes)

    assert [action for action, _detail in _said("runlog")] == ["row_added"]


def test_a_removed_row_is_told():
    run = RunLogFactory()

    RunLog.objects.filter(pk=run.pk).delete()

    line = _changes("runlog")[-1]
    assert (line.action, line.subject_uid, line.client_uid) == ("row_removed", run.uid, run.client.uid)


def test_raw_sql_is_told_though_nobody_knows_who():
    client = ClientFactory(portal=True)

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('towpath.member', '', true)")
        cursor.execute("UPDATE practice_member SET name = 'Kim' WHERE id = %s", [MemberFactory().pk])
        cursor.execute("SELECT set_config('towpath.member', 'towpath', true)")
        cursor.execute("UPDATE clients_client SET pronouns = 'they' WHERE id = %s", [client.pk])

    assert (_changes("member")[-1].member_name, _changes("client")[-1].member_name) == ("", "Towpath")
    assert _changes("client")[-1].client_uid == client.uid


def test_a_bulk_update_is_told_row_by_row():
    runs = RunLogFactory.create_batch(3)
    for run in runs:
        run.minutes = 5

    RunLog.objects.bulk_update(runs, ["minutes"])

    told = [line for line in _changes("runlog") if line.action == "row_changed"]
    assert {line.subject_uid for line in told} == {run.uid for run in runs}


def test_what_hangs_on_a_session_names_its_client():
    note = NoteFactory()

    line = _changes("note")[0]

    assert line.client_reference == note.session.client.reference


def test_a_long_statement_leaves_a_line_for_each_client():
    first, second = ClientFactory(portal=True), ClientFactory(portal=True)
    _copy_runs([first] * 30 + [second] * 12)

    lines = {(line.client_reference, line.detail["rows"]) for line in _changes("runlog")}

    assert lines == {(first.reference, 30), (second.reference, 12)}


def test_a_very_long_statement_leaves_one_line(monkeypatch):
    clients = [ClientFactory(portal=True) for _ in range(triggers.ROW_BY_ROW + 1)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clients_client")
    before = len(_changes("client"))

    Client.objects.filter(pk__in=[client.pk for client in clients]).update(status="paused")

    lines = _changes("client")[before:]
    assert len(lines) == len(clients)
    assert all(line.detail == {"rows": 1, "columns": ["status"]} for line in lines)


def test_no_line_carries_what_was_written():
    client = ClientFactory(focus=WORDS, portal=True)
    RunLogFactory(client=client, journal=WORDS)
    client.focus = f"{WORDS} again"
    client.save()

    assert WORDS not in str(list(AuditEvent.objects.values_list()))


def _copy_runs(clients):
    began = datetime(2026, 5, 1, 8, tzinfo=UTC)
    columns = "uid, client_id, logged_by_id, activity, started_at, utc_offset_minutes, minutes, effort, context, journal,"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS whose (client_id bigint, member_id bigint)")
        cursor.executemany(
            "INSERT INTO whose VALUES (%s, %s)", [(client.pk, client.member_id) for client in clients]
        )
        cursor.execute(
            f"INSERT INTO clients_runlog ({columns} share, created_at, changed_at)"  # noqa: S608 - names of our own
            " SELECT gen_random_uuid(), client_id, member_id, 'walk', %s, 0, 20, '', '{}', '', true, %s, %s FROM whose",
            [began, began, began],
        )
