"""The second wall: row-level security on every table that leads to a client, whatever asks.

Each table says for whom its rows are there; a table that leads to a client and says nothing is for the care team only.
Who acts stands in settings that live as long as the transaction (practice.people.acting); without them there are no
rows. The policies are written anew by `migrate` whenever they changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import models

from practice.database.wall_functions import WHO_ACTS

CLIENTS = "clients_client"
ITSELF = "(SELECT towpath_itself())"
"""Towpath's own work: commands, and the few places that say `beyond_the_wall`."""
DESK = "(SELECT towpath_desk())"
"""Those who keep the desk."""
OWNER = "(SELECT towpath_owner())"
"""The owner of the practice."""
MEMBER = "(SELECT towpath_member())"
"""The key of the member who acts."""
OWN_CLIENT = "(SELECT towpath_own_client())"
"""The key of the client that the acting member is."""
CASELOAD = "nullif(current_setting('towpath.caseload', true), '')::bigint[]"
"""The keys of the clients in the member's care, found when the member began to act and again when a care team changed."""


@dataclass(frozen=True, kw_only=True)
class Guard:
    """For whom the rows of a table are there: `rows` to read them at all, and of these who may `add` and `change` them.

    None: whoever may read.
    """

    table: str
    rows: str
    add: str | None = None
    change: str | None = None
    remove: str | None = None

    def statements(self, owner: str) -> Iterator[str]:
        """The policies, in place of any that stood there. `owner` is the quoted role that owns the tables."""
        table = f'"{self.table}"'
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
        yield f"DROP POLICY IF EXISTS who_may_see ON {table}"
        yield f"DROP POLICY IF EXISTS keeper ON {table}"
        rows = f"{ITSELF} OR {self.rows}"
        yield f"CREATE POLICY who_may_see ON {table} USING ({rows}) WITH CHECK ({rows})"
        yield f"CREATE POLICY keeper ON {table} TO {owner} USING (true) WITH CHECK (true)"
        yield from self._limits(table, f"{ITSELF} OR current_user = {_literal(owner)}")

    def _limits(self, table: str, always: str) -> Iterator[str]:
        """What not everybody who reads may do. Locking a row is no change of it, so it is not kept from anybody."""
        limits = {
            "add": ("INSERT", f"WITH CHECK ({always} OR {self.add})", self.add),
            "change": ("UPDATE", f"USING (true) WITH CHECK ({always} OR {self.change})", self.change),
            "remove": ("DELETE", f"USING ({always} OR {self.remove})", self.remove),
        }
        for what, (verb, policy, said) in limits.items():
            yield f"DROP POLICY IF EXISTS who_may_{what} ON {table}"
            if said:
                yield f"CREATE POLICY who_may_{what} ON {table} AS RESTRICTIVE FOR {verb} {policy}"


def _literal(quoted: str) -> str:
    """The name of a quoted role as a text: what PostgreSQL does by itself, foreign keys say, it does as the owner."""
    name = quoted.strip('"').replace("'", "''")
    return f"'{name}'"


_said: dict[str, Guard] = {}
_functions: list[str] = [WHO_ACTS]


def care_team(column: str = "client_id") -> str:
    """Rows whose client is in the care of the acting member."""
    return f"{column} IN (SELECT unnest({CASELOAD}))"


def care_team_beyond(column: str) -> str:
    """The same for a column of the row behind, within `through`: the caseload is read once, not once for each row."""
    return f"{column} = ANY ((SELECT {CASELOAD})::bigint[])"


def own(column: str = "client_id") -> str:
    """Rows of the client who acts."""
    return f"{column} = {OWN_CLIENT}"


def through(column: str, table: str, and_also: str = "true") -> str:
    """Rows that hang on a row of another guarded table which is there for the acting member."""
    return f'EXISTS (SELECT FROM "{table}" up WHERE up.id = {column} AND {and_also})'


def guard(
    table: str,
    *rows: str,
    writes: Sequence[str] = (),
    changes: Sequence[str] = (),
    removes: Sequence[str] = (),
) -> None:
    """Say for whom the rows of a table are there: any of `rows`; who may write them: any of `writes`.

    `changes` and `removes` are for tables where that is another matter than adding.
    """
    _said[table] = Guard(
        table=table,
        rows=_any(rows),
        add=_any(writes) or None,
        change=_any(changes or writes) or None,
        remove=_any(removes or writes) or None,
    )


def _any(words: Sequence[str]) -> str:
    return " OR ".join(f"({one})" for one in words)


def treating(column: str = "client_id") -> str:
    """Rows whose client the acting member treats today: asked when one is written, not when many are read."""
    return f"towpath_treats({column})"


def caring(column: str = "client_id") -> str:
    """The same, and whoever has opened the record in an emergency."""
    return f"towpath_cares({column})"


def says(functions: str) -> None:
    """SQL functions that the policies ask, made before them."""
    if functions not in _functions:
        _functions.append(functions)


def guards() -> list[Guard]:
    """Every table that leads to a client, with its guard."""
    found = {table: _said.get(table) or _for_the_care_team(way) for table, way in ways_to_a_client().items()}
    return [_said[CLIENTS], *(found[table] for table in sorted(found))]


def ways_to_a_client() -> "dict[str, models.ForeignKey[Any, Any]]":
    """Each table that leads to the clients, with the foreign key that does; the shortest way first."""
    found: dict[str, models.ForeignKey[Any, Any]] = {}
    while more := _one_step_further({CLIENTS, *found}):
        found |= more
    return found


def _one_step_further(known: set[str]) -> "dict[str, models.ForeignKey[Any, Any]]":
    return {
        model._meta.db_table: field
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table not in known
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model._meta.db_table in known
    }


def _for_the_care_team(field: "models.ForeignKey[Any, Any]") -> Guard:
    table, up = field.model._meta.db_table, field.related_model._meta.db_table
    rows = care_team(field.column) if up == CLIENTS else through(field.column, up)
    return Guard(table=table, rows=f"({rows})")


def build(cursor: Any, owner: str) -> bool:
    """Put the wall up as it is said now. False when it stands like that already."""
    statements = [*_functions, *(statement for one in guards() for statement in one.statements(owner))]
    mark = sha256("\n".join(statements).encode()).hexdigest()
    cursor.execute("SELECT obj_description(to_regproc('towpath_caseload'), 'pg_proc')")
    if cursor.fetchone()[0] == mark and not gaps(cursor):
        return False
    for statement in statements:
        cursor.execute(statement)
    cursor.execute(f"COMMENT ON FUNCTION towpath_caseload() IS '{mark}'")
    return True


def gaps(cursor: Any) -> list[str]:
    """The tables that lead to a client and have no whole wall in front of them, by name."""
    cursor.execute(
        "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid"
        " WHERE relrowsecurity AND relforcerowsecurity AND polname = 'who_may_see'"
        " AND polqual IS NOT NULL AND polwithcheck IS NOT NULL AND polcmd = '*' AND polpermissive"
    )
    whole = {name for (name,) in cursor.fetchall()}
    return [one.table for one in guards() if one.table not in whole]
