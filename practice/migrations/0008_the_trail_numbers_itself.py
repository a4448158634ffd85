from django.db import migrations, models

from practice.database.triggers import never_changes

NUMBERED = """
CREATE FUNCTION trail_number() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
  first integer := pg_backend_pid() % 256;
  chosen integer := first;
BEGIN
  WHILE NOT pg_try_advisory_xact_lock(7412026, chosen) LOOP
    chosen := (chosen + 1) % 256;
    IF chosen = first THEN
      PERFORM pg_advisory_xact_lock(7412026, first);
      EXIT;
    END IF;
  END LOOP;
  INSERT INTO practice_trailcounter AS counter (shard, last) VALUES (chosen, 1)
    ON CONFLICT (shard) DO UPDATE SET last = counter.last + 1 RETURNING last INTO NEW.number;
  NEW.shard := chosen;
  NEW.transaction := pg_current_xact_id()::text::bigint;
  NEW.stream := CASE WHEN pg_trigger_depth() > 1 THEN 'change' ELSE 'act' END;
  RETURN NEW;
END $$;
CREATE TRIGGER trail_number BEFORE INSERT ON practice_auditevent
  FOR EACH ROW EXECUTE FUNCTION trail_number();
"""
UNNUMBERED = "DROP TRIGGER trail_number ON practice_auditevent; DROP FUNCTION trail_number();"
NEVER_EMPTIED = """
CREATE FUNCTION trail_is_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = 'The trail is never emptied.', ERRCODE = 'restrict_violation';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER trail_is_never_emptied BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION trail_is_never_emptied();
"""
    for table in ("practice_auditevent", "practice_trailseal", "practice_trailcheck", "practice_trailkey")
)
EMPTIED = "DROP FUNCTION trail_is_never_emptied() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("practice", "0007_the_trail_is_numbered_and_sealed")]
    operations = [
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.UniqueConstraint(
                fields=("shard", "number"), name="trail_numbers_are_taken_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gt", 0)), name="trail_line_has_a_number"
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["stream", "-at", "-uid"], name="trail_newest"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                fields=["client_reference", "stream", "-at", "-uid"],
                name="trail_by_client",
                condition=models.Q(("client_reference", ""), _negated=True),
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                fields=["member_uid", "-at", "-uid"],
                name="trail_by_member",
                condition=models.Q(("stream", "act")),
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                fields=["action", "-at", "-uid"],
                name="trail_by_action",
                condition=models.Q(("stream", "act")),
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                fields=["-at", "-uid"],
                name="trail_not_done",
                condition=models.Q(("outcome", "done"), _negated=True),
            ),
        ),
        migrations.RunSQL(NUMBERED, UNNUMBERED),
        never_changes(
            "practice_trailseal", name="trail_seal_stands", sentence="A seal of the trail never changes."
        ),
        never_changes(
            "practice_trailcheck", name="trail_check_stands", sentence="A check of the trail never changes."
        ),
        never_changes(
            "practice_trailkey", name="trail_key_stands", sentence="The key of the trail never changes."
        ),
        migrations.RunSQL(NEVER_EMPTIED, EMPTIED),
    ]
