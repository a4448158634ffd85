"""A signature is its author's own act, and a co-signature that of a supervisor under what is signed already.

The policies of the wall look at the row as it will be, so a supervisor could sign a draft in its author's name and
co-sign it in one UPDATE. This compares with the row as it was. Towpath's own acts (the fictional practice, commands)
pass; `towpath_supervises` stands in clients/wall.py.
"""

from django.db import migrations

_MAKE = """
CREATE FUNCTION note_is_signed_and_cosigned_by_the_right_people() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  client bigint;
BEGIN
  IF towpath_itself() THEN
    RETURN NEW;
  END IF;
  IF NEW.author_id <> OLD.author_id THEN
    RAISE EXCEPTION USING MESSAGE = 'A note keeps its author.', ERRCODE = 'restrict_violation',
      CONSTRAINT = 'note_keeps_its_author', TABLE = TG_TABLE_NAME;
  END IF;
  IF OLD.signed_at IS NULL AND NEW.signed_at IS NOT NULL
     AND NOT (NEW.signed_by_id = OLD.author_id AND OLD.author_id = coalesce(towpath_member(), 0)) THEN
    RAISE EXCEPTION USING MESSAGE = 'A note is signed by its author.', ERRCODE = 'restrict_violation',
      CONSTRAINT = 'note_is_signed_by_its_author', TABLE = TG_TABLE_NAME;
  END IF;
  IF OLD.cosigned_at IS NULL AND NEW.cosigned_at IS NOT NULL THEN
    SELECT client_id INTO client FROM therapy_sessions_therapysession WHERE id = OLD.session_id;
    IF OLD.signed_at IS NULL OR NEW.cosigned_by_id <> coalesce(towpath_member(), 0)
       OR NOT coalesce(towpath_supervises(client), false) THEN
      RAISE EXCEPTION USING MESSAGE = 'A signed note is co-signed by whoever supervises.',
        ERRCODE = 'restrict_violation', CONSTRAINT = 'note_is_cosigned_by_a_supervisor', TABLE = TG_TABLE_NAME;
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER note_is_signed_and_cosigned_by_the_right_people BEFORE UPDATE ON therapy_sessions_note FOR EACH ROW
  WHEN ((NEW.author_id, NEW.signed_at, NEW.cosigned_at) IS DISTINCT FROM
    (OLD.author_id, OLD.signed_at, OLD.cosigned_at))
  EXECUTE FUNCTION note_is_signed_and_cosigned_by_the_right_people();
"""
_DROP = """
DROP TRIGGER note_is_signed_and_cosigned_by_the_right_people ON therapy_sessions_note;
DROP FUNCTION note_is_signed_and_cosigned_by_the_right_people();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0026_rather_talk_and_answers_that_hold"),
        ("therapy_sessions", "0011_minutes_on_the_move_and_chosen_routes"),
    ]
    operations = [migrations.RunSQL(_MAKE, _DROP)]
