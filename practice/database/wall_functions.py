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
"""
