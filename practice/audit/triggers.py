"""The trail that the database writes by itself: a line for every row added, changed or removed, whoever did it.

`migrate` calls `build` at its end. The triggers fire once per statement: up to ROW_BY_ROW rows leave a line each; more
leave a line per client with the number of rows; where a statement touches more than CLIENT_BY_CLIENT clients, one line
has both numbers. A line names the columns that changed and never what stood or stands in them. See docs/trail.md.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from practice.audit.watched import Watched, watched
from practice.database.roles import app_role, owner_role

ROW_BY_ROW = 20
CLIENT_BY_CLIENT = 200
KEPT = ("practice_auditevent", "practice_trailseal", "practice_trailcheck", "practice_trailkey")
COUNTED = "practice_trailcounter"
_ROWS = {"insert": "new_rows", "update": "new_rows", "delete": "old_rows"}
_SEES = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
    "truncate": "",
}
_ACTIONS = {
    "insert": "row_added",
    "update": "row_changed",
    "delete": "row_removed",
    "truncate": "table_emptied",
}

_WRITE = """
CREATE OR REPLACE FUNCTION trail_write(what text, thing text, thing_uid uuid, whose uuid, reference text, detail jsonb)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  said text := current_setting('towpath.member', true);
  who_uid uuid;
  who_name text := CASE said WHEN 'towpath' THEN 'Towpath' ELSE '' END;
  who_roles text := '';
BEGIN
  IF said ~ '^[0-9]{1,18}$' THEN
    SELECT m.uid, CASE WHEN m.roles = '{client}' THEN c.reference ELSE m.name END, array_to_string(m.roles, ',')
      INTO who_uid, who_name, who_roles
      FROM practice_member m LEFT JOIN clients_client c ON c.member_id = m.id WHERE m.id = said::bigint;
  END IF;
  INSERT INTO practice_auditevent (uid, at, stream, member_uid, member_name, member_roles, action, outcome, reason,
    subject, subject_uid, client_uid, client_reference, address, device, request, detail, transaction, shard, number)
  VALUES (gen_random_uuid(), clock_timestamp(), 'change', who_uid, coalesce(who_name, ''), coalesce(who_roles, ''),
    what, 'done', '', thing, thing_uid, whose, coalesce(reference, ''), '', '', '', detail, 0, 0, 0);
END $$;
REVOKE EXECUTE ON FUNCTION trail_write(text, text, uuid, uuid, text, jsonb) FROM PUBLIC;
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  touched bigint;
  concerned bigint;
BEGIN
{body}
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION {function}() FROM PUBLIC;
"""
_BY_SIZE = """
  SELECT count(*) INTO touched FROM {rows};
  IF touched = 0 THEN
    RETURN NULL;
  ELSIF touched <= {row_by_row} THEN
    PERFORM trail_write('{action}', '{name}', {uid}, {client_uid}, {reference}, {each})
      FROM {rows} this {joins} {compared};
    RETURN NULL;
  END IF;
  SELECT count(DISTINCT {client_uid}) INTO concerned FROM {rows} this {joins};
  IF concerned BETWEEN 1 AND {client_by_client} THEN
    PERFORM trail_write('{action}', '{name}', NULL, part.uid, part.reference,
        jsonb_build_object('rows', part.touched) || {columns})
      FROM (SELECT {client_uid} AS uid, {reference} AS reference, count(*) AS touched
        FROM {rows} this {joins} GROUP BY 1, 2) AS part;
  ELSE
    PERFORM trail_write('{action}', '{name}', NULL, NULL, '',
        jsonb_build_object('rows', touched, 'clients', concerned) || {columns});
  END IF;
"""
_COMPARED = """
      LEFT JOIN old_rows was ON was.{key} = this.{key}
      CROSS JOIN LATERAL (SELECT to_jsonb(this) AS this, to_jsonb(was) AS was OFFSET 0) AS whole
      CROSS JOIN LATERAL (SELECT jsonb_agg(now.key ORDER BY now.key) AS columns FROM jsonb_each(whole.this) AS now
        WHERE whole.was IS NULL OR now.value IS DISTINCT FROM whole.was -> now.key) AS changed
      WHERE changed.columns IS NOT NULL"""
_ALL_COLUMNS = """(SELECT jsonb_build_object('columns', coalesce(jsonb_agg(DISTINCT now.key), '[]'))
        FROM new_rows this LEFT JOIN old_rows was ON was.{key} = this.{key}
        CROSS JOIN LATERAL (SELECT to_jsonb(this) AS this, to_jsonb(was) AS was OFFSET 0) AS whole
        CROSS JOIN LATERAL jsonb_each(whole.this) AS now
        WHERE whole.was IS NULL OR now.value IS DISTINCT FROM whole.was -> now.key)"""


def build(cursor: Any) -> bool:
    """Let the database keep a trail of every watched table as it is now. False when it does so already."""
    statements = [_WRITE, *(sql for one in watched() for sql in _statements(one)), *_only_added_to()]
    mark = sha256("\n".join(statements).encode()).hexdigest()
    cursor.execute("SELECT obj_description(to_regproc('trail_write'), 'pg_proc')")
    if cursor.fetchone()[0] == mark:
        return False
    for statement in statements:
        cursor.execute(statement)
    cursor.execute(f"COMMENT ON FUNCTION trail_write IS '{mark}'")
    return True


def wanted() -> set[tuple[str, str]]:
    """(table, trigger) for each trigger that keeps the trail: of the tables it watches, and of its own."""
    kept = {(one.table, f"trail_{operation}") for one in watched() for operation in _SEES}
    return kept | {
        ("practice_auditevent", "trail_number"),
        ("practice_auditevent", "trail_is_only_added_to"),
        ("practice_trailseal", "trail_seal_stands"),
        *((table, "trail_is_never_emptied") for table in KEPT),
    }


def _statements(one: Watched) -> Iterator[str]:
    for operation, sees in _SEES.items():
        function = f"trail_{operation}_{one.table}"
        yield _FUNCTION.format(function=function, body=_body(one, operation))
        yield (
            f'CREATE OR REPLACE TRIGGER trail_{operation} AFTER {operation.upper()} ON "{one.table}" {sees}'
            f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )


def _body(one: Watched, operation: str) -> str:
    action = _ACTIONS[operation]
    if operation == "truncate":
        return f"PERFORM trail_write('{action}', '{one.name}', NULL, NULL, '', '{{}}');"
    at, joins = one.client("this")
    is_change = operation == "update"
    return _BY_SIZE.format(
        row_by_row=ROW_BY_ROW,
        client_by_client=CLIENT_BY_CLIENT,
        rows=_ROWS[operation],
        action=action,
        name=one.name,
        uid="this.uid" if one.has_uid else "NULL",
        client_uid=f"{at}.uid" if at else "NULL::uuid",
        reference=f"{at}.reference" if at else "''",
        joins=joins,
        each="jsonb_build_object('columns', changed.columns)" if is_change else "'{}'::jsonb",
        compared=_COMPARED.format(key=one.key) if is_change else "",
        columns=_ALL_COLUMNS.format(key=one.key) if is_change else "'{}'::jsonb",
    )


def _only_added_to() -> Iterator[str]:
    """The app's role reads the trail and adds to it; nothing else. Its counters are the triggers' alone."""
    if app_role() == owner_role():
        return
    taken = "UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER"
    yield f'REVOKE {taken} ON {", ".join(KEPT)} FROM PUBLIC, "{app_role()}"'
    yield f'REVOKE INSERT, {taken} ON {COUNTED} FROM PUBLIC, "{app_role()}"'
