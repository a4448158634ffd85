"""Which tables hold something else than before: PostgreSQL counts the changes, and the rows are compared."""

from collections.abc import Iterable

from django.db import connection

TRAIL = ("practice_audit", "practice_trail")
USE = {"django_session", "usersessions_usersession", "practice_workerheartbeat"}
"""What reading may write: that somebody read, and when a device was last used."""

_TOUCHED = (
    "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
    " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
)


class Ledger:
    """Made before the attack, asked after it, in the same transaction."""

    def __init__(self) -> None:
        self._before = {table: _digest(table) for table in connection.introspection.table_names()}
        self._counts = _counts()

    def changed(self) -> set[str]:
        """The tables whose rows differ from those at the start, leaving out the trail and the notes of last use."""
        counts = _counts()
        touched = {table for table, count in counts.items() if count != self._counts.get(table)}
        self._counts = counts
        return {table for table in _that_count(touched) if _digest(table) != self._before.get(table)}


def _that_count(tables: Iterable[str]) -> set[str]:
    return {table for table in tables if not table.startswith(TRAIL) and table not in USE}


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED)
        return dict(cursor.fetchall())


def _digest(table: str) -> str:
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {name} t")  # noqa: S608 - a name from the catalog
        return str(cursor.fetchone()[0])
