"""Who acts, told to PostgreSQL: the policies of the database let a transaction see what this member may see.

The settings live as long as the transaction. Without them no row of a client's record is there at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from practice.database.prepared import prepared_cursor

if TYPE_CHECKING:
    from practice.people.models import Member

TOWPATH, NOBODY = "towpath", ""
_ACT = "SELECT towpath_act(%s::text, %s::text, %s::text)"
"""Says who acts, finds their caseload, and answers who acted before."""


@contextmanager
def acting_as(member: "Member", *, now: datetime) -> Iterator[None]:
    """One transaction in which `member` acts: the rows of their care teams, at `now` on the practice's clock."""
    with _told(str(member.pk), now):
        yield


@contextmanager
def acting_as_nobody() -> Iterator[None]:
    """One transaction that begins with nobody: `become` says who it is once that is known."""
    if connection.in_atomic_block:
        with _told(NOBODY, None):
            yield
    else:
        with transaction.atomic():
            yield


def become(member: "Member", *, now: datetime) -> None:
    """Say who acts, for the rest of this transaction."""
    _tell(str(member.pk), now)


@contextmanager
def beyond_the_wall(why: str) -> Iterator[None]:
    """Act for Towpath itself, where no single member could: `why` is for whoever reads the code.

    Every place that does is listed in tests/practice/database/test_wall.py.
    """
    with _told(TOWPATH, None):
        yield


@contextmanager
def _told(who: str, now: datetime | None) -> Iterator[None]:
    """A transaction, or a savepoint of the one under way; at its end it is said again what was said before.

    A rollback takes the settings back by itself.
    """
    is_nested = connection.in_atomic_block
    with transaction.atomic():
        before = _tell(who, now)
        yield
        if is_nested:
            _say(before)


def _tell(who: str, now: datetime | None) -> list[str]:
    """Say it; what was said before."""
    today = timezone.localdate(now).isoformat() if now else ""
    return _say([who, now.isoformat() if now else "", today])


def _say(words: list[str]) -> list[str]:
    with prepared_cursor() as cursor:
        cursor.execute(_ACT, words)
        (before,) = cursor.fetchone()
        return list(before)
