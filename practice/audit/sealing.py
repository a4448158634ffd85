"""Seals what was written since the last time: one chain, each link over the one before and the whole line.

Writers never wait for it. A line taken away before it was sealed is found too: numbers have no gaps within a shard.
"""

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from practice.audit.key import key

LOCK = 7_412_027
BATCH = 5_000
BEGINNING = b"towpath trail"

CANONICAL = (
    "jsonb_build_array(1, e.id, e.uid, (extract(epoch FROM e.at) * 1000000)::bigint, e.stream, e.member_uid,"
    " e.member_name, e.member_roles, e.action, e.outcome, e.reason, e.subject, e.subject_uid, e.client_uid,"
    " e.client_reference, e.address, e.device, e.request, e.detail, e.transaction, e.shard, e.number)::text"
)
"""A line as the text that is sealed: every column, in one order, in one spelling. The 1 is this spelling's number."""

_UNSEALED = (
    "WITH sealed AS MATERIALIZED (SELECT shard, coalesce((SELECT max(event_number) FROM practice_trailseal s"  # noqa: S608 - made of names of our own
    " WHERE s.shard = c.shard), 0) AS upto FROM practice_trailcounter c)"
    f" SELECT e.id, e.shard, e.number, sealed.upto, {CANONICAL} FROM sealed"
    " JOIN practice_auditevent e ON e.shard = sealed.shard AND e.number > sealed.upto"
    " ORDER BY e.shard, e.number LIMIT %s"
)
_SHORT = (
    "SELECT c.shard, coalesce(latest.number, 0) + 1 FROM practice_trailcounter c"
    " LEFT JOIN LATERAL (SELECT number FROM practice_auditevent e WHERE e.shard = c.shard"
    " ORDER BY number DESC LIMIT 1) latest ON true WHERE coalesce(latest.number, 0) < c.last ORDER BY 1"
)


class Place(NamedTuple):
    """The number that a line had, or should have, in its shard."""

    shard: int
    number: int


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """What a round of sealing did, and the lines it found missing on the way."""

    count: int
    missing: Sequence[Place]


class Link(NamedTuple):
    """One link of the chain."""

    number: int
    seal: bytes


def seal(*, now: datetime) -> Sealed:
    """Seal all that is not sealed yet. Does nothing while somebody else seals."""
    count, missing, more = 0, list[Place](), True
    while more:
        done = _seal_batch(now)
        count, more = count + done.count, done.count == BATCH
        missing += done.missing
    return Sealed(count=count, missing=missing)


def link(before: bytes, number: int, line: str, secret: bytes) -> bytes:
    """HMAC-SHA256 over the link before, the number of this one, and the line."""
    return hmac.digest(secret, b"%s|%d|%s" % (before, number, line.encode()), "sha256")


def last_link() -> Link:
    """The end of the chain; number 0 before it begins."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, seal FROM practice_trailseal ORDER BY number DESC LIMIT 1")
        row = cursor.fetchone()
    return Link(row[0], bytes(row[1])) if row else Link(0, BEGINNING)


@transaction.atomic
def _seal_batch(now: datetime) -> Sealed:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return Sealed(count=0, missing=())
        cursor.execute(_SHORT)
        short = [Place(*row) for row in cursor.fetchall()]
        cursor.execute(_UNSEALED, [BATCH])
        rows = cursor.fetchall()
        if rows:
            _write(cursor, rows, now)
    return Sealed(count=len(rows), missing=[*_gaps(rows), *short])


def _write(cursor: Any, rows: Sequence[tuple[Any, ...]], now: datetime) -> None:
    secret, (number, before) = key(), last_link()
    columns = "number, event_id, shard, event_number, seal, sealed_at"
    with cursor.copy(f"COPY practice_trailseal ({columns}) FROM STDIN") as sink:
        for event, shard, place, _upto, line in rows:
            number += 1
            before = link(before, number, line, secret)
            sink.write_row((number, event, shard, place, before, now))


def _gaps(rows: Sequence[tuple[Any, ...]]) -> Iterator[Place]:
    """The first missing number of each run, in rows that come by shard and number."""
    expected: dict[int, int] = {}
    for _event, shard, number, upto, _line in rows:
        if number > expected.get(shard, upto + 1):
            yield Place(shard, expected.get(shard, upto + 1))
        expected[shard] = number + 1
