"""What the database itself makes true: no booked walk or run against what its client has agreed to.

An agreement that was taken back, whose text has changed or whose review is due carries no moving session, whatever a
clinician decided; where the client never signed, the practice's rule says. As with clearances (`database`), the client's
row is locked first, so that a booking and a withdrawal at the same instant come one after the other.
"""

from django.db.migrations import RunSQL

AGREES = """
CREATE FUNCTION client_agrees_to_move(which bigint, starts timestamptz, zone text) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT COALESCE(
    (SELECT said.step = 'given' AND (starts AT TIME ZONE zone)::date <= said.review_on AND said.version = COALESCE(
        (SELECT max(number) FROM clients_agreementtext WHERE agreement = 'movement'), 1)
      FROM clients_consent said WHERE said.client_id = which AND said.about = 'movement'
        AND said.step IN ('given', 'withdrawn')
        AND (said.at AT TIME ZONE zone)::date <= (starts AT TIME ZONE zone)::date
      ORDER BY said.id DESC LIMIT 1),
    NOT EXISTS (SELECT FROM practice_practice WHERE needs_agreement))
$$;
REVOKE EXECUTE ON FUNCTION client_agrees_to_move(bigint, timestamptz, text) FROM PUBLIC;
"""
_AGREES_NO_LONGER = "DROP FUNCTION client_agrees_to_move(bigint, timestamptz, text)"

ONLY_ON_AN_AGREEMENT = """
CREATE FUNCTION moving_session_stands_on_an_agreement() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM clients_client WHERE id = NEW.client_id FOR NO KEY UPDATE;
  IF client_agrees_to_move(NEW.client_id, NEW.starts_at, NEW.time_zone) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING MESSAGE = 'A booked walk or run stands on an agreement that its client has not taken back.',
    ERRCODE = 'restrict_violation', CONSTRAINT = 'moving_session_stands_on_an_agreement', TABLE = TG_TABLE_NAME;
END $$;
REVOKE EXECUTE ON FUNCTION moving_session_stands_on_an_agreement() FROM PUBLIC;
CREATE TRIGGER moving_session_is_booked_on_an_agreement BEFORE INSERT ON therapy_sessions_therapysession
  FOR EACH ROW WHEN (NEW.state = 'booked' AND NEW.mode <> 'sit')
  EXECUTE FUNCTION moving_session_stands_on_an_agreement();
CREATE TRIGGER moving_session_stays_on_an_agreement BEFORE UPDATE ON therapy_sessions_therapysession
  FOR EACH ROW WHEN (NEW.state = 'booked' AND NEW.mode <> 'sit' AND
    (OLD.state, OLD.mode, OLD.client_id, OLD.starts_at, OLD.time_zone) IS DISTINCT FROM
    (NEW.state, NEW.mode, NEW.client_id, NEW.starts_at, NEW.time_zone))
  EXECUTE FUNCTION moving_session_stands_on_an_agreement();
"""
_NO_LONGER_ONLY = """
DROP TRIGGER moving_session_is_booked_on_an_agreement ON therapy_sessions_therapysession;
DROP TRIGGER moving_session_stays_on_an_agreement ON therapy_sessions_therapysession;
DROP FUNCTION moving_session_stands_on_an_agreement();
"""

A_WITHDRAWAL_FINDS_ITS_SESSIONS = """
CREATE FUNCTION withdrawal_finds_the_sessions_ahead() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM clients_client WHERE id = NEW.client_id FOR NO KEY UPDATE;
  UPDATE therapy_sessions_therapysession SET state = 'on_hold', held_at = NEW.at
    WHERE client_id = NEW.client_id AND mode <> 'sit' AND state = 'booked' AND starts_at > NEW.at
      AND NOT client_agrees_to_move(client_id, starts_at, time_zone);
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION withdrawal_finds_the_sessions_ahead() FROM PUBLIC;
CREATE TRIGGER withdrawal_finds_the_sessions_ahead AFTER INSERT ON clients_consent
  FOR EACH ROW WHEN (NEW.about = 'movement' AND NEW.step = 'withdrawn')
  EXECUTE FUNCTION withdrawal_finds_the_sessions_ahead();
"""
_FINDS_NO_LONGER = """
DROP TRIGGER withdrawal_finds_the_sessions_ahead ON clients_consent;
DROP FUNCTION withdrawal_finds_the_sessions_ahead();
"""

A_NEW_TEXT_FINDS_THE_SESSIONS = """
CREATE FUNCTION new_text_finds_the_sessions_ahead() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE therapy_sessions_therapysession SET state = 'on_hold', held_at = NEW.published_at
    WHERE id IN (SELECT id FROM therapy_sessions_therapysession
      WHERE mode <> 'sit' AND state = 'booked' AND starts_at > NEW.published_at
        AND client_id IN (SELECT client_id FROM clients_consent WHERE about = 'movement' AND step = 'given')
        AND NOT client_agrees_to_move(client_id, starts_at, time_zone)
      ORDER BY client_id, id FOR UPDATE);
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION new_text_finds_the_sessions_ahead() FROM PUBLIC;
CREATE TRIGGER new_text_finds_the_sessions_ahead AFTER INSERT ON clients_agreementtext
  FOR EACH ROW WHEN (NEW.agreement = 'movement') EXECUTE FUNCTION new_text_finds_the_sessions_ahead();
"""
_A_NEW_TEXT_FINDS_NO_LONGER = """
DROP TRIGGER new_text_finds_the_sessions_ahead ON clients_agreementtext;
DROP FUNCTION new_text_finds_the_sessions_ahead();
"""

WHAT_STANDS_NOW = """
UPDATE therapy_sessions_therapysession SET state = 'on_hold', held_at = now()
  WHERE mode <> 'sit' AND state = 'booked' AND starts_at > now()
    AND client_id IN (SELECT client_id FROM clients_consent WHERE about = 'movement' AND step = 'given')
    AND NOT client_agrees_to_move(client_id, starts_at, time_zone);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
"""What was booked before these triggers stood is looked at once."""


def steps() -> list[RunSQL]:
    """The reversible steps of the migration, in order."""
    return [
        RunSQL(AGREES, _AGREES_NO_LONGER),
        RunSQL(WHAT_STANDS_NOW, RunSQL.noop),
        RunSQL(ONLY_ON_AN_AGREEMENT, _NO_LONGER_ONLY),
        RunSQL(A_WITHDRAWAL_FINDS_ITS_SESSIONS, _FINDS_NO_LONGER),
        RunSQL(A_NEW_TEXT_FINDS_THE_SESSIONS, _A_NEW_TEXT_FINDS_NO_LONGER),
    ]
