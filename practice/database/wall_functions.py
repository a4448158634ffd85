"""What the policies ask of the practice: who acts, and as what. Owned by the tables' owner, who sees all."""

WHO_ACTS = """
CREATE OR REPLACE FUNCTION towpath_itself() RETURNS boolean STABLE LANGUAGE sql AS
$$ SELECT coalesce(current_setting('towpath.member', true), '') = 'towpath' $$;

CREATE OR REPLACE FUNCTION towpath_member() RETURNS bigint STABLE LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT id FROM practice_member WHERE is_active AND id =
     (SELECT CASE WHEN said ~ '^[0-9]{1,18}$' THEN said::bigint END
      FROM (SELECT current_setting('towpath.member', true) AS said) it) $$;

CREATE OR REPLACE FUNCTION towpath_has_role(wanted text) RETURNS boolean STABLE LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT FROM practice_member WHERE id = towpath_member() AND wanted = ANY (roles)) $$;

CREATE OR REPLACE FUNCTION towpath_desk() RETURNS boolean STABLE LANGUAGE sql AS
$$ SELECT towpath_has_role('reception') $$;

CREATE OR REPLACE FUNCTION towpath_owner() RETURNS boolean STABLE LANGUAGE sql AS
$$ SELECT towpath_has_role('owner') $$;

CREATE OR REPLACE FUNCTION towpath_today() RETURNS date STABLE LANGUAGE sql AS
$$ SELECT nullif(current_setting('towpath.today', true), '')::date $$;

CREATE OR REPLACE FUNCTION towpath_now() RETURNS timestamptz STABLE LANGUAGE sql AS
$$ SELECT nullif(current_setting('towpath.now', true), '')::timestamptz $$;

CREATE OR REPLACE FUNCTION towpath_find_caseload() RETURNS void LANGUAGE plpgsql AS
$$ BEGIN
  PERFORM set_config('towpath.caseload',
    CASE WHEN coalesce(current_setting('towpath.member', true), '') IN ('', 'towpath') THEN ''
         ELSE (SELECT coalesce(array_agg(client_id)::text, '') FROM towpath_caseload() AS client_id) END, true);
END $$;

CREATE OR REPLACE FUNCTION towpath_act(who text, moment text, today text) RETURNS text[] LANGUAGE plpgsql AS
$$ DECLARE
  before text[] := ARRAY[coalesce(current_setting('towpath.member', true), ''),
    coalesce(current_setting('towpath.now', true), ''), coalesce(current_setting('towpath.today', true), '')];
BEGIN
  PERFORM set_config('towpath.member', who, true), set_config('towpath.now', moment, true),
    set_config('towpath.today', today, true);
  PERFORM towpath_find_caseload();
  RETURN before;
END $$;

CREATE OR REPLACE FUNCTION towpath_look_again() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM towpath_find_caseload(); RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER caseload_may_have_changed AFTER UPDATE ON practice_member
FOR EACH STATEMENT EXECUTE FUNCTION towpath_look_again();
"""
