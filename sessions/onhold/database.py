"""What the database itself makes true: no booked walk or run without a clearance that carries it, whatever asks.

Both triggers lock the client's row first, as every action does: a booking and a decision at the same instant come one
after the other, and the second sees the first. What a route is like is looked at by the actions alone.
"""

from django.db.migrations import RunSQL

CARRIES = """
CREATE FUNCTION clearance_carries(which bigint, starts timestamptz, ends timestamptz, zone text) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM clients_clearance c, LATERAL (SELECT (starts AT TIME ZONE zone)::date AS day) it
    WHERE c.id = which AND c.decision IN ('cleared', 'conditions') AND it.day BETWEEN c.valid_from AND c.review_on
      AND (c.most_minutes IS NULL OR ends - starts <= make_interval(mins => c.most_minutes))
      AND (c.letter_by IS NULL OR it.day <= c.letter_by
        OR EXISTS (SELECT FROM clients_letterseen letter WHERE letter.clearance_id = c.id)))
$$;
REVOKE EXECUTE ON FUNCTION clearance_carries(bigint, timestamptz, timestamptz, text) FROM PUBLIC;
"""
_CARRIES_NO_LONGER = "DROP FUNCTION clearance_carries(bigint, timestamptz, timestamptz, text)"

ONLY_ON_A_LIVING_CLEARANCE = """
CREATE FUNCTION moving_session_stands_on_a_living_clearance() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  newest bigint;
BEGIN
  PERFORM FROM clients_client WHERE id = NEW.client_id FOR NO KEY UPDATE;
  SELECT id INTO newest FROM clients_clearance
    WHERE client_id = NEW.client_id AND mode = NEW.mode ORDER BY id DESC LIMIT 1;
  IF newest = NEW.clearance_id AND clearance_carries(newest, NEW.starts_at, NEW.ends_at, NEW.time_zone) THEN
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
    (OLD.state, OLD.mode, OLD.client_id, OLD.clearance_id, OLD.starts_at, OLD.ends_at, OLD.time_zone) IS DISTINCT FROM
    (NEW.state, NEW.mode, NEW.client_id, NEW.clearance_id, NEW.starts_at, NEW.ends_at, NEW.time_zone))
  EXECUTE FUNCTION moving_session_stands_on_a_living_clearance();
"""
_NO_LONGER_ONLY = """
DROP TRIGGER moving_session_is_booked_on_a_living_clearance ON therapy_sessions_therapysession;
DROP TRIGGER moving_session_stays_on_a_living_clearance ON therapy_sessions_therapysession;
DROP FUNCTION moving_session_stands_on_a_living_clearance();
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
      AND clearance_carries(NEW.id, starts_at, ends_at, time_zone);
  UPDATE therapy_sessions_therapysession SET state = 'on_hold', held_at = NEW.decided_at
    WHERE client_id = NEW.client_id AND mode = NEW.mode AND state = 'booked' AND starts_at > NEW.decided_at
      AND clearance_id <> NEW.id;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION clearance_finds_the_sessions_ahead() FROM PUBLIC;
CREATE TRIGGER clearance_finds_the_sessions_ahead AFTER INSERT ON clients_clearance
  FOR EACH ROW WHEN (NEW.mode <> 'sit') EXECUTE FUNCTION clearance_finds_the_sessions_ahead();
"""
_FINDS_NO_LONGER = """
DROP TRIGGER clearance_finds_the_sessions_ahead ON clients_clearance;
DROP FUNCTION clearance_finds_the_sessions_ahead();
"""

WHAT_STANDS_NOW = """
UPDATE therapy_sessions_therapysession s SET clearance_id = newest.id
  FROM (SELECT DISTINCT ON (client_id, mode) * FROM clients_clearance ORDER BY client_id, mode, id DESC) newest
  WHERE newest.client_id = s.client_id AND newest.mode = s.mode AND s.state = 'booked' AND s.starts_at > now()
    AND newest.id <> s.clearance_id AND clearance_carries(newest.id, s.starts_at, s.ends_at, s.time_zone);
UPDATE therapy_sessions_therapysession s SET state = 'on_hold', held_at = now()
  WHERE s.state = 'booked' AND s.mode <> 'sit' AND s.starts_at > now() AND (
    NOT clearance_carries(s.clearance_id, s.starts_at, s.ends_at, s.time_zone)
    OR EXISTS (SELECT FROM clients_clearance later WHERE later.client_id = s.client_id AND later.mode = s.mode
      AND later.id > s.clearance_id));
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
"""What was booked before these triggers stood is looked at once."""
_GOES_ON = (
    "UPDATE therapy_sessions_therapysession SET state = 'booked', held_at = NULL WHERE state = 'on_hold'"
)


def steps() -> list[RunSQL]:
    """The reversible steps of the migration, in order."""
    carries, *triggers = guards()
    return [carries, RunSQL(WHAT_STANDS_NOW, _GOES_ON), *triggers]


def guards() -> list[RunSQL]:
    """What stays: the function, and the triggers on both sides."""
    return [
        RunSQL(CARRIES, _CARRIES_NO_LONGER),
        RunSQL(ONLY_ON_A_LIVING_CLEARANCE, _NO_LONGER_ONLY),
        RunSQL(A_CLEARANCE_FINDS_ITS_SESSIONS, _FINDS_NO_LONGER),
    ]
