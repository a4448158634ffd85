"""A page of a list of client records leaves one line: which list, how many rows, and the client where all are of one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from practice.audit.trail import HasUid, listed
from practice.database.wall import CLIENTS, ways_to_a_client
from practice.people.models import Member


@dataclass(frozen=True)
class _One:
    uid: UUID
    reference: str
    member_id: int | None = None


def note_page(kind: str, *, model: type[models.Model], rows: Sequence[Any], by: Member, at: datetime) -> None:
    """Say that a page of `rows` was shown, where they belong to clients; a list of routes is nobody's record."""
    table = model._meta.db_table
    if table == CLIENTS or table in ways_to_a_client():
        listed(kind, count=len(rows), by=by, at=at, client=_the_one_client(rows, by))


def _the_one_client(rows: Sequence[Any], by: Member) -> HasUid | None:
    """The client of all rows, if the rows say so without another question to the database.

    Who is a client is shown rows of nobody else, so that one is them.
    """
    found = {_client_of(row) for row in rows}
    one = found.pop() if len(found) == 1 else None
    return replace(one, member_id=by.pk) if one is not None and by.is_client else one


def _client_of(row: Any) -> _One | None:
    if row._meta.db_table == CLIENTS:
        return _One(row.uid, row.reference)
    if hasattr(row, "client_uid") and hasattr(row, "client_reference"):
        return _One(row.client_uid, row.client_reference)
    loaded = row._state.fields_cache.get("client")
    return _One(loaded.uid, loaded.reference) if loaded is not None else None
