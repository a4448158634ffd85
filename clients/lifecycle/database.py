"""What never changes still goes with its client: a door in the database that only a tombstone opens."""

from django.db.migrations import RunSQL

_BODY = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {door}RAISE EXCEPTION USING MESSAGE = '{sentence}', ERRCODE = 'restrict_violation', CONSTRAINT = '{name}',
    TABLE = TG_TABLE_NAME;
END $$;
"""
_DOOR = "IF TG_OP = 'DELETE' AND towpath_is_erased({client}) THEN RETURN OLD; END IF;\n  "


def goes_with_its_client(*, name: str, sentence: str, client: str) -> RunSQL:
    """A reversible step: rows that the trigger function `name` protects may be deleted once their client has a tombstone.

    `client` is SQL that finds the key of the client from OLD.
    """
    values = {"name": name, "sentence": sentence}
    return RunSQL(_BODY.format(door=_DOOR.format(client=client), **values), _BODY.format(door="", **values))
