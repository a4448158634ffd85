"""What the trail costs, at a million lines: `python -m tests.bench.trail` on a database of its own, never a real one."""

import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "practice.settings")
django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from clients.models import Client
from practice.audit import record
from practice.audit.forms import FilterForm
from practice.audit.models import AuditEvent
from practice.audit.screens import trail_page
from practice.audit.sealing import seal
from practice.audit.verifying import verify
from practice.database.roles import as_owner
from practice.models import Member
from practice.people.acting import beyond_the_wall

LINES = int(os.environ.get("TOWPATH_BENCH_LINES", "1000000"))
TIMES = 300
FILL = """
SET session_replication_role = replica;
INSERT INTO practice_auditevent (uid, at, stream, member_uid, member_name, member_roles, action, outcome, reason, subject,
  client_uid, client_reference, address, device, request, detail, transaction, shard, number)
SELECT gen_random_uuid(), now() - number * interval '30 s', 'act', members.uid, members.name, 'clinician',
  (ARRAY['client_read','note_read','run_logged','signed_in'])[1 + number % 4],
  CASE WHEN number % 1000 = 0 THEN 'refused' ELSE 'done' END, '', 'client', clients.uid, clients.reference, '127.0.0.1',
  'Firefox on Linux', '', '{"part": "record"}', 0, 300 + number % 50, 1 + number / 50
FROM generate_series(0, LINES - 1) AS number
JOIN (SELECT row_number() OVER () AS place, uid, name FROM practice_member WHERE roles <> '{client}') members
  ON members.place = 1 + number % (SELECT count(*) FROM practice_member WHERE roles <> '{client}')
JOIN (SELECT row_number() OVER () AS place, uid, reference FROM clients_client) clients
  ON clients.place = 1 + number % (SELECT count(*) FROM clients_client);
INSERT INTO practice_trailcounter SELECT shard, max(number) FROM practice_auditevent WHERE shard >= 300 GROUP BY shard;
SET session_replication_role = origin;
ANALYZE practice_auditevent;
"""
COPY = """
INSERT INTO clients_runlog (uid, client_id, logged_by_id, activity, started_at, utc_offset_minutes, minutes, effort, context,
  journal, share, created_at, changed_at)
SELECT gen_random_uuid(), c.id, c.member_id, 'walk', now() - n * interval '1 min', 0, 20, '', '{}', '', true, now(), now()
FROM clients_client c, generate_series(1, %s) n WHERE c.member_id IS NOT NULL
"""


def main() -> None:
    call_command("migrate", verbosity=0)
    if not Member.objects.exists():
        call_command("demo", scale=100)
    with beyond_the_wall("a bench looks at everything"):
        client, member = (
            Client.objects.filter(member__isnull=False)[0],
            Member.objects.filter(roles=["owner"])[0],
        )
    _measure("one line, short trail", lambda: _line(client, member))
    if not AuditEvent.objects.filter(shard__gte=300).exists():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(FILL.replace("LINES", str(LINES)))
    _say(f"{AuditEvent.objects.count()} lines")
    _measure("one line, long trail", lambda: _line(client, member))
    _once("sealing them", lambda: seal(now=timezone.now()))
    _once("looking at them all", lambda: _say(str(verify())))
    _pages()
    _changes()


def _line(client: Client, member: Member) -> None:
    record("client_read", on=client, by=member, at=timezone.now(), client=client, part="record")


def _pages() -> None:
    people = list(Member.objects.exclude(roles=["client"]))
    for asked in (
        {},
        {"person": str(people[0].uid)},
        {"client": "TP-0001"},
        {"kind": "read"},
        {"kind": "break-glass"},
        {"outcome": "refused"},
        {"since": "2026-06-01", "until": "2026-06-02"},
        {"kind": "row"},
    ):
        form = FilterForm(asked, people=people)
        _measure(f"a page, {asked or 'everything'}", partial(_page, form), 20)


def _page(form: FilterForm) -> None:
    trail_page(form.narrowed(AuditEvent.objects.all()), "")


def _changes() -> None:
    """The same rows written with the triggers awake and asleep."""
    for what in ("awake", "asleep"):
        with as_owner():
            for table in ("clients_runlog",):
                _switch(table, on=what == "awake")
            _measure(f"one run, triggers {what}", lambda: _insert(1, " LIMIT 1"))
            _once(f"runs at once, triggers {what}", lambda: _insert(1_000, ""))
            _switch("clients_runlog", on=True)


def _switch(table: str, *, on: bool) -> None:
    with connection.cursor() as cursor:
        for name in ("trail_insert", "trail_update", "trail_delete"):
            cursor.execute(f"ALTER TABLE {table} {'ENABLE' if on else 'DISABLE'} TRIGGER {name}")


def _insert(each: int, limit: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('towpath.member', 'towpath', true)")
        cursor.execute(COPY + limit, [each])
        if each > 1:
            _say(f"{cursor.rowcount} rows")


def _measure(name: str, work: Callable[[], Any], times: int = TIMES) -> None:
    for _ in range(5):
        work()
    took = sorted(_timed(work) for _ in range(times))
    _say(f"{name}: p50 {statistics.median(took):.2f} ms, least {took[0]:.2f} ms")


def _once(name: str, work: Callable[[], Any]) -> None:
    _say(f"{name}: {_timed(work) / 1000:.1f} s")


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
