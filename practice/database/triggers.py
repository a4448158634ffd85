"""Rows that must never change: a trigger refuses it, whoever asks, in Python or in SQL."""

from django.db.migrations import RunSQL

_MAKE = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = '{sentence}', ERRCODE = 'restrict_violation', CONSTRAINT = '{name}',
    TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER {name} BEFORE {verbs} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {name}();
"""
_DROP = "DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();"


def never_changes(
    table: str, *, name: str, sentence: str, when: str = "", verbs: str = "UPDATE OR DELETE"
) -> RunSQL:
    """A reversible migration step: refuse `verbs` on rows of `table` for which `when` holds of the OLD row.

    PostgreSQL reports it as a broken constraint called `name`, so `refusing(name=...)` can translate it.
    """
    values = {"name": name, "table": table, "sentence": sentence, "verbs": verbs}
    condition = f"WHEN ({when})" if when else ""
    return RunSQL(_MAKE.format(when=condition, **values), _DROP.format(**values))
