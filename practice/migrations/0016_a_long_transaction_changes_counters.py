"""A transaction updates the row of its counter for every line. PostgreSQL cannot clear the old versions of that row
away before the end, and reads all of them each time: ten thousand lines took five times as long as need be. So a
transaction goes on to another counter after every 64 lines, and has at most 32 of the 256.
"""

from django.db import migrations

NUMBERED = """
CREATE OR REPLACE FUNCTION trail_number() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
  {moved}first integer := {first};
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
    ON CONFLICT (shard) DO UPDATE SET last = counter.last + 1 RETURNING last INTO NEW.number;{move}
  NEW.shard := chosen;
  NEW.transaction := pg_current_xact_id()::text::bigint;
  NEW.stream := CASE WHEN pg_trigger_depth() > 1 THEN 'change' ELSE 'act' END;
  RETURN NEW;
END $$;
"""
ONE_COUNTER = NUMBERED.format(moved="", first="pg_backend_pid() % 256", move="")
SEVERAL_COUNTERS = NUMBERED.format(
    moved="""moved integer := length(coalesce(current_setting('towpath.counters', true), '')) % 32;
  """,
    first="(pg_backend_pid() + moved) % 256",
    move="""
  IF NEW.number % 64 = 0 THEN
    PERFORM set_config('towpath.counters', repeat('.', (moved + 1) % 32), true);
  END IF;""",
)


class Migration(migrations.Migration):
    dependencies = [("practice", "0015_when_a_place_was_last_changed")]
    operations = [migrations.RunSQL(SEVERAL_COUNTERS, ONE_COUNTER)]
