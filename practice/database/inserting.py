"""Add a row whose statement is always the same: made once, planned once, without a savepoint."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

from practice.database.prepared import prepared_cursor


@dataclass(frozen=True)
class _Insert:
    fields: "tuple[models.Field[Any, Any], ...]"
    sql: str

    def run(self, row: models.Model) -> int | None:
        values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in self.fields]
        with prepared_cursor() as cursor:
            cursor.execute(self.sql, values)
            found = cursor.fetchone()
        return None if found is None else int(found[0])


@cache
def _insert_into(model: type[models.Model], on_conflict: OnConflict | None) -> _Insert:
    """Django's own statement for a row of this model, all columns but its number."""
    key = model._meta.pk
    fields = tuple(field for field in model._meta.local_concrete_fields if field is not key)
    query = InsertQuery(model, on_conflict=on_conflict)
    query.insert_values(fields, [model()], raw=True)
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.returning_fields = [key]
    ((sql, _values),) = compiler.as_sql()
    return _Insert(fields, sql)


def insert_unless_there(row: models.Model) -> bool:
    """Insert a new row; False, and nothing written, when one with its unique key stands.

    Whoever is inserting the same at this moment is waited for. Only for tables with one such key beside `id`.
    No signal is sent.
    """
    return _kept(row, OnConflict.IGNORE)


def insert(row: models.Model) -> None:
    """Insert a new row. Raises IntegrityError like `save`; no signal is sent."""
    _kept(row, None)


def _kept(row: models.Model, on_conflict: OnConflict | None) -> bool:
    number = _insert_into(type(row), on_conflict).run(row)
    if number is None:
        return False
    row.pk, row._state.adding, row._state.db = number, False, DEFAULT_DB_ALIAS
    return True
