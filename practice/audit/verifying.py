"""Look at the whole trail: every link of the chain, every number, the heads outside, the triggers that write it."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime

from practice.audit import heads
from practice.audit.faults import Fault
from practice.audit.key import key
from practice.audit.models import TrailCheck
from practice.audit.sealing import BEGINNING, CANONICAL, link
from practice.audit.triggers import KEPT, wanted
from practice.database.roles import app_role, owner_role
from practice.encryption.problems import Damaged, KeyMissing

_CHAIN = (
    f"SELECT s.number, s.seal, e.action, CASE WHEN e.id IS NULL THEN NULL ELSE {CANONICAL} END"  # noqa: S608 - made of names of our own
    " FROM practice_trailseal s LEFT JOIN practice_auditevent e"
    " ON e.id = s.event_id AND e.shard = s.shard AND e.number = s.event_number ORDER BY s.number"
)
_SHARDS = (
    "SELECT shard, coalesce(c.last, 0), coalesce(e.lines, 0), coalesce(e.latest, 0)"
    " FROM practice_trailcounter c FULL JOIN (SELECT shard, count(*) AS lines, max(number) AS latest"
    " FROM practice_auditevent GROUP BY shard) e USING (shard) ORDER BY shard"
)
_FIRST_MISSING = (
    "SELECT coalesce(min(this.number), 0) + 1 FROM (SELECT number, lead(number) OVER (ORDER BY number) AS next"
    " FROM practice_auditevent WHERE shard = %s UNION ALL SELECT 0, min(number) FROM practice_auditevent"
    " WHERE shard = %s) this WHERE next IS NULL OR next <> number + 1"
)
_UNSEALED = "SELECT (SELECT count(*) FROM practice_auditevent) - (SELECT count(*) FROM practice_trailseal)"
CHUNK = 5_000


@dataclass(frozen=True, kw_only=True)
class Finding:
    """How much was looked at, and what is wrong with it; the first fault is the first in the chain."""

    sealed: int
    unsealed: int
    faults: tuple[Fault, ...]

    @property
    def is_intact(self) -> bool:
        return not self.faults


@dataclass(kw_only=True)
class _Walk:
    """Where a walk along the chain has come to."""

    length: int = 0
    seals: dict[int, str]
    fault: Fault | None = None

    def notice(self, code: str, **where: Any) -> None:
        self.fault = self.fault or Fault(code=code, where=where)


@transaction.atomic
def verify() -> Finding:
    """Look at everything. Memory does not grow with the trail."""
    head_fault: Fault | None = None
    try:
        secret = key()
        known = heads.heads()
    except (Damaged, KeyMissing):
        return Finding(sealed=0, unsealed=_unsealed(), faults=(Fault(code="key_gone"),))
    except heads.ForgedHead as forged:
        known, head_fault = [], Fault(code="head_forged", where={"line": forged.line})
    walk = _walk(secret, {head.count for head in known})
    found = [walk.fault, *_numbers(), head_fault or _head_fault(known, walk), *_unguarded()]
    return Finding(
        sealed=walk.length, unsealed=_unsealed(), faults=tuple(fault for fault in found if fault is not None)
    )


def _walk(secret: bytes, remembered: set[int]) -> _Walk:
    """Along the chain once; `seals` has the links whose numbers are in `remembered`."""
    walk, before = _Walk(seals={}), BEGINNING
    for number, kept, action, line in _chain():
        if number != walk.length + 1:
            walk.notice("seal_gone", number=walk.length + 1)
        if line is None:
            walk.notice("line_gone", number=number)
        elif not hmac.compare_digest(link(before, number, line, secret), kept):
            walk.notice("line_changed", number=number, what=action)
        before, walk.length = kept, number
        if number in remembered:
            walk.seals[number] = kept.hex()
    return walk


def _chain() -> Iterator[tuple[int, bytes, str, str | None]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_CHAIN)
        while rows := cursor.fetchmany(CHUNK):
            for number, kept, action, line in rows:
                yield number, bytes(kept), action, line


def _numbers() -> Iterator[Fault]:
    """The first shard whose numbers are not 1, 2, 3 … up to what its counter says."""
    with connection.cursor() as cursor:
        cursor.execute(_SHARDS)
        for shard, last, lines, latest in cursor.fetchall():
            if latest > last:
                yield Fault(code="not_counted", where={"shard": shard, "number": latest})
                return
            if lines < last:
                cursor.execute(_FIRST_MISSING, [shard, shard])
                yield Fault(code="number_gone", where={"shard": shard, "number": cursor.fetchone()[0]})
                return


def _head_fault(known: list[heads.Head], walk: _Walk) -> Fault | None:
    if not known:
        was_checked = TrailCheck.objects.filter(fault="").exists()
        return Fault(code="heads_gone") if was_checked else None
    for head in known:
        at = date_format(localtime(head.at), "j F Y, H:i")
        if head.count > walk.length:
            where = {"at": at, "count": head.count, "now": walk.length}
            return Fault(code="shorter_than_head", where=where)
        if head.count and walk.seals.get(head.count) != head.seal:
            return Fault(code="not_the_same_chain", where={"at": at, "count": head.count})
    return None


def _unguarded() -> Iterator[Fault]:
    """What would let a change pass without a line: a trigger that sleeps or is gone, a right to change the trail."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE tgenabled IN ('O', 'A') AND relnamespace = 'public'::regnamespace"
        )
        gone = sorted(wanted() - set(cursor.fetchall()))
        if gone:
            yield Fault(code="trigger_gone", where={"table": gone[0][0], "trigger": gone[0][1]})
        if app_role() != owner_role() and _may_change(cursor):
            yield Fault(code="may_be_changed")


def _may_change(cursor: Any) -> bool:
    cursor.execute(
        "SELECT bool_or(has_table_privilege(%s::name, tab, 'UPDATE, DELETE, TRUNCATE')) FROM unnest(%s::text[]) AS tab",
        [app_role(), list(KEPT)],
    )
    return bool(cursor.fetchone()[0])


def _unsealed() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_UNSEALED)
        return int(cursor.fetchone()[0])
