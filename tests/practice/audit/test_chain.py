"""Whatever is done to the trail, by whomever: the look at it says so and says where."""

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Max, Min

from practice.audit import heads, record
from practice.audit.actions import accept_trail, check_trail, keep_trail
from practice.audit.sealing import seal
from practice.audit.verifying import verify
from practice.encryption import keys
from practice.models import AuditEvent, TrailCheck, TrailSeal
from tests.factories import PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(now):
    """Six sealed lines, and their head outside."""
    practice = PracticeFactory()
    for _ in range(5):
        record("practice_founded", on=practice, by=None, at=now)
    check_trail(by=None, now=now)
    seal(now=now)
    return list(AuditEvent.objects.order_by("pk"))


def _codes():
    return [fault.code for fault in verify().faults]


def test_an_untouched_trail_is_intact(lines):
    finding = verify()

    assert finding.is_intact
    assert (finding.sealed, finding.unsealed) == (len(lines), 0)


def test_the_chain_has_one_link_for_each_line_without_a_gap(lines):
    assert list(TrailSeal.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, len(lines) + 1)
    )
    assert set(TrailSeal.objects.values_list("event_id", flat=True)) == {line.pk for line in lines}


def test_a_long_transaction_goes_on_to_other_counters_and_leaves_no_gap(now):
    """Else PostgreSQL would read every old version of one counter for each further line."""
    for step in range(200):
        with transaction.atomic():
            record("signed_in", on=None, by=None, at=now, step=step)
            transaction.set_rollback(step % 5 == 4)

    numbers = [last - first + 1 for first, last, _lines in _of_each_counter()]
    assert 3 <= len(numbers) <= 32
    assert numbers == [lines for _first, _last, lines in _of_each_counter()]
    assert sum(numbers) == 160


def _of_each_counter():
    counters = AuditEvent.objects.filter(action="signed_in").values("shard").order_by("shard")
    return list(
        counters.annotate(first=Min("number"), last=Max("number"), lines=Count("pk")).values_list(
            "first", "last", "lines"
        )
    )


def test_sealing_again_seals_nothing_twice(lines, now):
    assert seal(now=now).count == 0


def test_the_seals_need_the_key_outside_the_database(lines, settings):
    settings.RECORD_KEYS = ["another-key-for-this-test-only-0123456789-abcdefghijklmnop"]
    keys.forget()

    assert _codes() == ["key_gone"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE practice_auditevent SET action = 'nothing'",
        "DELETE FROM practice_auditevent",
        "TRUNCATE practice_auditevent",
        "ALTER TABLE practice_auditevent DISABLE TRIGGER ALL",
        "DROP TABLE practice_auditevent",
        "UPDATE practice_trailseal SET number = number + 100",
        "DELETE FROM practice_trailseal",
        "TRUNCATE practice_trailseal",
        "DELETE FROM practice_trailcheck",
        "UPDATE practice_trailcounter SET last = 0",
        "INSERT INTO practice_trailcounter VALUES (300, 1)",
        "DELETE FROM practice_trailkey",
        "SELECT trail_write('row_added', 'client', NULL, NULL, '', '{}')",
    ],
)
def test_the_role_of_the_product_can_do_nothing_to_the_trail_but_add_to_it(lines, sql):
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(sql)

    assert verify().is_intact


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE practice_auditevent SET action = 'nothing'",
        "DELETE FROM practice_auditevent",
        "TRUNCATE practice_auditevent",
        "UPDATE practice_trailseal SET number = number + 100",
        "TRUNCATE practice_trailseal",
    ],
)
def test_the_owner_of_the_tables_is_refused_too(lines, sql, as_owner_of_the_tables):
    with pytest.raises(DatabaseError), transaction.atomic():
        as_owner_of_the_tables(sql)


def test_a_line_edited_in_the_middle_is_named(lines, as_superuser):
    as_superuser("UPDATE practice_auditevent SET member_name = 'Somebody else' WHERE id = %s", lines[2].pk)

    faults = verify().faults

    place = TrailSeal.objects.get(event_id=lines[2].pk).number
    assert [(fault.code, fault.where["number"]) for fault in faults] == [("line_changed", place)]


@pytest.mark.parametrize("column", ["at", "detail", "client_reference", "address", "outcome", "reason"])
def test_no_column_of_a_line_can_be_edited(lines, as_superuser, column):
    value = {"at": "at + interval '1 s'", "detail": "'{\"a\": 1}'"}.get(column, "'refused'")
    as_superuser(f"UPDATE practice_auditevent SET {column} = {value} WHERE id = {lines[1].pk}")  # noqa: S608 - the test's own

    assert _codes() == ["line_changed"]


def test_a_line_taken_from_the_middle_is_named(lines, as_superuser):
    as_superuser("DELETE FROM practice_auditevent WHERE id = %s", lines[2].pk)

    assert _codes() == ["line_gone", "number_gone"]


def test_a_line_taken_with_its_link_is_missed(lines, as_superuser):
    as_superuser("DELETE FROM practice_auditevent WHERE id = %s", lines[2].pk)
    as_superuser("DELETE FROM practice_trailseal WHERE event_id = %s", lines[2].pk)

    assert _codes()[0] == "seal_gone"


def test_an_end_cut_off_with_its_links_and_numbers_is_found_by_the_head_outside(lines, as_superuser):
    _cut_the_end(as_superuser, lines[3:])

    assert _codes() == ["shorter_than_head"]


def test_an_older_database_that_has_grown_again_is_found_by_the_head_outside(lines, as_superuser, now):
    _cut_the_end(as_superuser, lines[3:])
    practice = PracticeFactory()
    for _ in range(9):
        record("practice_founded", on=practice, by=None, at=now)
    seal(now=now)

    assert _codes() == ["not_the_same_chain"]


def _cut_the_end(as_superuser, gone):
    """As an attacker who knows the tables would, or as an older backup does: links, lines and counters fit together."""
    for line in gone:
        as_superuser("DELETE FROM practice_auditevent WHERE id = %s", line.pk)
        as_superuser("DELETE FROM practice_trailseal WHERE event_id = %s", line.pk)
    as_superuser(
        "UPDATE practice_trailcounter c SET last ="
        " coalesce((SELECT max(number) FROM practice_auditevent e WHERE e.shard = c.shard), 0)"
    )


def test_a_restore_can_be_accepted_and_stays_told(lines, as_superuser, now):
    _cut_the_end(as_superuser, lines[3:])

    accept_trail(by=None, now=now)

    assert verify().is_intact
    assert AuditEvent.objects.filter(action="trail_accepted").exists()


def test_a_line_taken_before_it_was_sealed_is_named(lines, as_superuser, now):
    record("practice_founded", on=PracticeFactory(), by=None, at=now)
    unsealed = AuditEvent.objects.latest("pk")
    as_superuser("DELETE FROM practice_auditevent WHERE id = %s", unsealed.pk)

    assert seal(now=now).missing == [(unsealed.shard, unsealed.number)]
    assert [fault.where for fault in verify().faults] == [
        {"shard": unsealed.shard, "number": unsealed.number}
    ]


def test_the_next_round_of_sealing_raises_the_alarm_once(lines, as_superuser, now):
    record("practice_founded", on=PracticeFactory(), by=None, at=now)
    as_superuser("DELETE FROM practice_auditevent WHERE id = %s", AuditEvent.objects.latest("pk").pk)

    keep_trail(now=now)
    keep_trail(now=now)

    assert list(TrailCheck.objects.order_by("pk").values_list("fault", flat=True)) == ["", "number_gone"]


def test_a_second_line_that_is_taken_away_is_told_as_well(lines, as_superuser, now):
    for _line in range(2):
        record("practice_founded", on=PracticeFactory(), by=None, at=now)
        as_superuser("DELETE FROM practice_auditevent WHERE id = %s", AuditEvent.objects.latest("pk").pk)
        keep_trail(now=now)
        record("practice_founded", on=PracticeFactory(), by=None, at=now)
        keep_trail(now=now)

    faults = TrailCheck.objects.filter(fault="number_gone")
    assert len({str(check.where) for check in faults}) == faults.count() == 2


def test_a_line_slipped_in_past_the_counter_is_named(lines, as_superuser):
    as_superuser(
        "INSERT INTO practice_auditevent (uid, at, stream, member_name, member_roles, action, outcome, reason, subject,"
        " client_reference, address, device, request, detail, transaction, shard, number)"
        " VALUES (gen_random_uuid(), now(), 'act', 'Kim', '', 'client_read', 'done', '', 'client', '', '', '', '', '{}',"
        " 1, 200, 1)"
    )

    assert "not_counted" in _codes()


def test_a_trigger_that_sleeps_is_named(lines, as_superuser):
    as_superuser("ALTER TABLE clients_runlog DISABLE TRIGGER trail_update")

    assert _codes() == ["trigger_gone"]


def test_a_head_written_by_somebody_else_is_named(lines, home):
    file = home / "trail" / "heads.log"
    said = json.loads(file.read_text().splitlines()[-1])
    file.write_text(json.dumps(said | {"count": 1}) + "\n")

    assert _codes() == ["head_forged"]


def test_a_line_that_a_full_disk_cut_off_is_no_forgery(lines, home, now):
    file = home / "trail" / "heads.log"
    file.write_text(file.read_text() + '{"at": "2026-06-01T12')

    heads.append(now=now)

    assert _codes() == []
    assert len(heads.heads()) == 2


def test_a_file_cut_off_to_nothing_is_missed(lines, home):
    (home / "trail" / "heads.log").write_text('{"at": "20')

    assert _codes() == ["heads_gone"]


def test_what_a_person_has_accepted_ends_an_alarm_about_a_forged_line(lines, home, now):
    file = home / "trail" / "heads.log"
    said = json.loads(file.read_text().splitlines()[-1])
    file.write_text(json.dumps(said | {"count": 1}) + "\n")

    accept_trail(by=None, now=now)

    assert _codes() == []


def test_a_file_of_heads_that_is_gone_is_missed(lines, home):
    (home / "trail" / "heads.log").unlink()

    assert _codes() == ["heads_gone"]


def test_the_file_of_heads_is_private_and_only_added_to(lines, home, now):
    file = home / "trail" / "heads.log"
    before = file.read_text()

    heads.append(now=now)

    assert file.read_text().startswith(before)
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_command_says_intact(lines, capsys):
    call_command("audit", "verify")

    assert capsys.readouterr().out.strip().endswith("intact")


def test_the_command_names_the_fault_and_ends_with_one(lines, as_superuser, capsys):
    as_superuser("UPDATE practice_auditevent SET action = 'nothing' WHERE id = %s", lines[0].pk)

    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify")

    assert ended.value.code == 1
    assert "Line 1 of the chain" in capsys.readouterr().err
