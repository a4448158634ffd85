"""Migration steps that seal columns which held clear text: reversible, in batches, inside the migration's transaction.

A column changes its type to bytea with the same words in it, then each row's words are sealed with its client's key.
Triggers that refuse changes are off meanwhile, which only the owner of the table can do. `rewrite` follows in a
migration of its own: until a table is written anew, the old form of each row is still on the disk.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.migrations import AlterField, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.utils import timezone

from practice.encryption import keys
from practice.encryption.actions import new_wrapped
from practice.encryption.fields import Encrypted, EncryptedBytes, EncryptedDate, EncryptedJSON
from practice.encryption.sealing import About, key_of, opened, seal

BATCH = 1_000
_LET_NOTHING_WAIT = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
"""A row that changed twice waits for its foreign keys to be looked at, and a table with such rows cannot be altered."""
Change = Callable[[bytes, UUID, About], bytes]
Row = tuple[int, bytes, UUID, About]
T = TypeVar("T")


def give_keys(app: str, model: str) -> RunPython:
    """Make a data key for every row of `model` that has none."""

    def forward(apps: Any, schema_editor: Any) -> None:
        rows, data_keys = apps.get_model(app, model).objects, apps.get_model("practice", "DataKey").objects
        for some in _batches(rows.filter(data_key=None).values_list("pk", flat=True)):
            made = [(pk, new_wrapped(now=timezone.now())) for pk in some]
            data_keys.bulk_create(data_keys.model(**_columns(key)) for _, key in made)
            rows.bulk_update([rows.model(pk=pk, data_key_id=key.uid) for pk, key in made], ["data_key"])

    return RunPython(forward, RunPython.noop)


def seal_columns(
    app: str,
    model: str,
    *,
    triggers: Sequence[str] = (),
    was: Mapping[str, str] | None = None,
    **fields: Encrypted[Any],
) -> list[Operation]:
    """Steps that turn columns into sealed ones. Constraints that speak of them are taken away before, put back after.

    `was` names the earlier type of a column where it is not plain text, jsonb or date.
    """
    table = f"{app}_{model}"
    types = [RunSQL(*_types(table, name, field, (was or {}).get(name))) for name, field in fields.items()]
    state = [AlterField(model, name, field) for name, field in fields.items()]
    there, back = (_all_rows(app, model, list(fields), triggers, change) for change in (_seal, _open))
    return [SeparateDatabaseAndState(list(types), list(state)), RunPython(there, back)]


def rewrite(*tables: str) -> list[Operation]:
    """Write the tables anew, so that nothing of what they held is left behind. Needs `atomic = False`."""
    return [RunSQL(f'VACUUM FULL "{table}"', RunSQL.noop) for table in tables]


def _columns(key: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(key, field.attname) for field in key._meta.concrete_fields}


def _types(table: str, name: str, field: Encrypted[Any], was: str | None) -> tuple[str, str]:
    """SQL that makes the column a bytea with the same words, and SQL that makes it what it was."""
    usual, there, back = _conversion(name, field)
    alter = f'ALTER TABLE "{table}" ALTER COLUMN "{name}"'
    return f"{alter} TYPE bytea USING {there}", f"{alter} TYPE {was or usual} USING {back}"


def _conversion(name: str, field: Encrypted[Any]) -> tuple[str, str, str]:
    """The type that the column had, and the way there and back. Blank is an empty bytea."""
    text = f"convert_from({name}, 'UTF8')"
    if isinstance(field, EncryptedBytes):
        return "bytea", name, name
    if isinstance(field, EncryptedDate):
        return "date", f"convert_to(to_char({name}, 'YYYY-MM-DD'), 'UTF8')", f"{text}::date"
    if isinstance(field, EncryptedJSON):
        there = f"CASE WHEN {name} = '{{}}' THEN ''::bytea ELSE convert_to({name}::text, 'UTF8') END"
        return "jsonb", there, f"CASE WHEN {name} = '' THEN '{{}}'::jsonb ELSE {text}::jsonb END"
    return "text", f"convert_to({name}, 'UTF8')", text


def _seal(plain: bytes, key: UUID, about: About) -> bytes:
    return seal(plain, key=keys.key_for(key, about=about), about=about)


def _open(sealed: bytes, _key: UUID, about: About) -> bytes:
    return opened(sealed, key=keys.key_for(key_of(sealed, about=about), about=about), about=about)


def _all_rows(app: str, model: str, names: list[str], triggers: Sequence[str], change: Change) -> Any:
    def work(apps: Any, schema_editor: Any) -> None:
        rows = apps.get_model(app, model)
        for trigger in triggers:
            schema_editor.execute(f'ALTER TABLE "{rows._meta.db_table}" DISABLE TRIGGER {trigger}')
        for name in names:
            _change_column(rows, rows._meta.get_field(name), change, schema_editor.connection)
        schema_editor.execute(_LET_NOTHING_WAIT)
        for trigger in triggers:
            schema_editor.execute(f'ALTER TABLE "{rows._meta.db_table}" ENABLE TRIGGER {trigger}')

    return work


def _change_column(rows: Any, field: Encrypted[Any], change: Change, connection: Any) -> None:
    update = f'UPDATE "{rows._meta.db_table}" SET "{field.column}" = %s WHERE id = %s'  # noqa: S608 - names of our own
    for some in _batches(_filled(rows, field)):
        for key in {key for _, _, key, _ in some}:
            keys.will_need(key)
        with connection.cursor() as cursor:
            cursor.executemany(update, [(change(value, key, about), pk) for pk, value, key, about in some])


def _filled(rows: Any, field: Encrypted[Any]) -> Iterator[Row]:
    """Every row that has something in the column: its key, the value as it is kept, its data key, and where it is."""
    owner = "__".join(filter(None, [field.key, "data_key_id"]))
    filled = rows.objects.exclude(**{f"{field.attname}__isnull": True})
    if field.empty is not None:
        filled = filled.exclude(**{field.attname: field.empty})
    for pk, sealed, key, *place in filled.values_list("pk", field.attname, owner, *field.bound_to).iterator(
        BATCH
    ):
        yield pk, sealed.value, key, field.place(rows._meta.db_table, place)


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    walk = iter(rows)
    while some := list(islice(walk, BATCH)):
        yield some
