"""What `database` makes true, with the minutes of a walk or run told apart: those on the move count against the limit of a
clearance, and all of the session where nobody knows them.
"""

from django.db.migrations import RunSQL

from sessions.onhold import database

CARRIES = """
CREATE FUNCTION clearance_carries(which bigint, starts timestamptz, ends timestamptz, zone text, moving integer) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM clients_clearance c, LATERAL (SELECT (starts AT TIME ZONE zone)::date AS day) it
    WHERE c.id = which AND c.decision IN ('cleared', 'conditions') AND it.day BETWEEN c.valid_from AND c.review_on
      AND (c.most_minutes IS NULL OR COALESCE(make_interval(mins => moving), ends - starts) <= make_interval(mins => c.most_minutes))
      AND (c.letter_by IS NULL OR it.day <= c.letter_by
        OR EXISTS (SELECT FROM clients_letterseen letter WHERE letter.clearance_id = c.id)))
$$;
REVOKE EXECUTE ON FUNCTION clearance_carries(bigint, timestamptz, timestamptz, text, integer) FROM PUBLIC;
"""
_CARRIES_NO_LONGER = "DROP FUNCTION clearance_carries(bigint, timestamptz, timestamptz, text, integer)"

ONLY_ON_A_LIVING_CLEARANCE = """
CREATE FUNCTION moving_session_stands_on_a_living_clearance() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  newest bigint;
BEGIN
  PERFORM FROM clients_client WHERE id = NEW.client_id FOR NO KEY UPDATE;
  SELECT id INTO newest FROM clients_clearance
    WHERE client_id = NEW.client_id AND mode = NEW.mode ORDER BY id DESC LIMIT 1;
  IF newest = NEW.clearance_id AND
    clearance_carries(newest, NEW.starts_at, NEW.ends_at, NEW.time_zone,
      NEW.moving_minutes) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING MESSAGE = 'A booked walk or run stands on the newest clearance of its client.',
    ERRCODE = 'restrict_violation', CONSTRAINT = 'moving_session_stands_on_a_living_clearance',
    TABLE = TG_TABLE_NAME;
END $$;
REVOKE EXECUTE ON FUNCTION moving_session_stands_on_a_living_clearance() FROM PUBLIC;
CREATE TRIGGER moving_session_is_booked_on_a_living_clearance BEFORE INSERT ON therapy_sessions_therapysession
  FOR EACH ROW WHEN (NEW.state = 'booked' AND NEW.mode <> 'sit')
  EXECUTE FUNCTION moving_session_stands_on_a_living_clearance();
CREATE TRIGGER moving_session_stays_on_a_living_clearance BEFORE UPDATE ON therapy_sessions_therapysession
  FOR EACH ROW WHEN (NEW.state = 'booked' AND NEW.mode <> 'sit' AND
    (OLD.state, OLD.mode, OLD.client_id, OLD.clearance_id, OLD.starts_at, OLD.ends_at, OLD.time_zone,
     OLD.moving_minutes) IS DISTINCT FROM
    (NEW.state, NEW.mode, NEW.client_id, NEW.clearance_id, NEW.starts_at, NEW.ends_at, NEW.time_zone,
     NEW.moving_minutes))
  EXECUTE FUNCTION moving_session_stands_on_a_living_clearance();
"""

A_CLEARANCE_FINDS_ITS_SESSIONS = """
CREATE FUNCTION clearance_finds_the_sessions_ahead() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM clients_client WHERE id = NEW.client_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM clients_clearance
      WHERE client_id = NEW.client_id AND mode = NEW.mode AND id > NEW.id) THEN
    RETURN NULL;
  END IF;
  UPDATE therapy_sessions_therapysession SET clearance_id = NEW.id
    WHERE client_id = NEW.client_id AND mode = NEW.mode AND state = 'booked' AND starts_at > NEW.decided_at
      AND clearance_carries(NEW.id, starts_at, ends_at, time_zone, moving_minutes);
  UPDATE therapy_sessions_therapysession SET state = 'on_hold', held_at = NEW.decided_at
    WHERE client_id = NEW.client_id AND mode = NEW.mode AND state = 'booked' AND starts_at > NEW.decided_at
      AND clearance_id <> NEW.id;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION clearance_finds_the_sessions_ahead() FROM PUBLIC;
CREATE TRIGGER clearance_finds_the_sessions_ahead AFTER INSERT ON clients_clearance
  FOR EACH ROW WHEN (NEW.mode <> 'sit') EXECUTE FUNCTION clearance_finds_the_sessions_ahead();
"""


def steps() -> list[RunSQL]:
    """The reversible steps of the migration, in order: what stood goes, what counts the minutes comes."""
    before = [RunSQL(step.reverse_sql or "", step.sql) for step in reversed(database.guards())]
    no_longer = [str(step.reverse_sql) for step in database.guards()[1:]]
    return [
        *before,
        RunSQL(CARRIES, _CARRIES_NO_LONGER),
        RunSQL(ONLY_ON_A_LIVING_CLEARANCE, no_longer[0]),
        RunSQL(A_CLEARANCE_FINDS_ITS_SESSIONS, no_longer[1]),
    ]
