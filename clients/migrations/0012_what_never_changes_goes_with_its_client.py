from django.db import migrations

from clients.lifecycle.database import goes_with_its_client
from practice.database.triggers import never_changes

# Asked by triggers while somebody acts who need not see the rows: so it looks as the owner of the tables.
_IS_ERASED = """
CREATE FUNCTION towpath_is_erased(client bigint) RETURNS boolean STABLE LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT FROM clients_client c JOIN clients_tombstone t ON t.client_uid = c.uid WHERE c.id = client) $$;
"""
_HELD = """
CREATE FUNCTION held_record_is_not_erased() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.replayed_at IS NULL AND EXISTS (
    SELECT FROM clients_hold h JOIN clients_client c ON c.id = h.client_id
    WHERE c.uid = NEW.client_uid AND h.lifted_at IS NULL
  ) THEN
    RAISE EXCEPTION USING MESSAGE = 'A record on legal hold is not erased.', ERRCODE = 'restrict_violation',
      CONSTRAINT = 'held_record_is_not_erased', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER held_record_is_not_erased BEFORE INSERT ON clients_tombstone FOR EACH ROW
  EXECUTE FUNCTION held_record_is_not_erased();
"""
_NOT_HELD = """
DROP TRIGGER held_record_is_not_erased ON clients_tombstone;
DROP FUNCTION held_record_is_not_erased();
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0011_exports_holds_and_tombstones")]
    operations = [
        migrations.RunSQL(_IS_ERASED, "DROP FUNCTION towpath_is_erased(bigint)"),
        goes_with_its_client(
            name="submitted_answers_never_change",
            sentence="Submitted answers never change.",
            client="(SELECT s.client_id FROM clients_screening s WHERE s.id = OLD.screening_id)",
        ),
        goes_with_its_client(
            name="decision_is_replaced_never_edited",
            sentence="A decision is replaced by a new one, never edited.",
            client="OLD.client_id",
        ),
        never_changes(
            "clients_client",
            name="client_goes_only_when_erased",
            sentence="A client goes only when two people have erased them.",
            when="NOT towpath_is_erased(OLD.id)",
            verbs="DELETE",
        ),
        never_changes(
            "clients_tombstone",
            name="tombstone_never_changes",
            sentence="A tombstone never changes.",
        ),
        migrations.RunSQL(_HELD, _NOT_HELD),
    ]
