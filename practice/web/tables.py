"""From rows to the plain values of an export. A part that cannot be read says so; the rest of the row stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model

from practice.contributions import Table
from practice.encryption import Unreadable
from practice.web.csv import Cell
from practice.web.refusals import Words

PLAIN = (str, int, float, Decimal, date, datetime, time, bool)


def table(
    name: str,
    *,
    about: Words,
    rows: Iterable[Model],
    columns: Mapping[str, Words],
    models: Sequence[str] = (),
) -> Table:
    """A table with a column for each path from the row, such as `clinician.name`; a point becomes `_` in its name."""
    return Table(
        name=name,
        about=about,
        columns={path.replace(".", "_"): words for path, words in columns.items()},
        rows=((*(cell(row, path) for path in columns),) for row in rows),
        models=models,
    )


def cell(row: object, path: str) -> Cell:
    """What stands at the end of a path from the row; None where the path breaks off; [why] where it is unreadable."""
    try:
        return plain(found(row, path))
    except Unreadable as problem:
        return f"[{problem.why}]"


def found(row: object, path: str) -> Any:
    """What stands at the end of a path from the row. Raises Unreadable."""
    for name in path.split("."):
        row = getattr(row, name, None)
    return row


def plain(value: object) -> Cell:
    """A value as a cell: an id as its text, a list as its words, anything strange as its text."""
    if value is None or isinstance(value, PLAIN):
        return value
    if isinstance(value, list | tuple | set):
        return ", ".join(map(str, value))
    return str(value) if isinstance(value, UUID) else repr(value)


def entries(row: object, path: str) -> Iterator[tuple[str, Cell]]:
    """The keys and values of a sealed dictionary; one entry that says why where it cannot be read."""
    try:
        value = found(row, path)
    except Unreadable as problem:
        yield "", f"[{problem.why}]"
        return
    for key, said in (value or {}).items():
        yield str(key), plain(said)
