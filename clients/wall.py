"""Whose records a member may open, said to PostgreSQL. In Python it is `clients.record.querysets`: the two go together."""

from practice.database.wall import (
    DESK,
    MEMBER,
    OWNER,
    care_team,
    caring,
    guard,
    own,
    says,
    through,
    treating,
)

CASELOAD = """
CREATE OR REPLACE FUNCTION towpath_own_client() RETURNS bigint STABLE LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT id FROM clients_client WHERE member_id = towpath_member() $$;

CREATE OR REPLACE FUNCTION towpath_keeps_supervisors_out(client bigint) RETURNS boolean STABLE LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT coalesce((SELECT step = 'withdrawn' FROM clients_consent WHERE client_id = $1 AND about = 'supervisor'
   AND step IN ('given', 'withdrawn') ORDER BY id DESC LIMIT 1), false) $$;

CREATE OR REPLACE FUNCTION towpath_caseload() RETURNS SETOF bigint STABLE LANGUAGE sql ROWS 100
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT team.client_id FROM clients_careteammember team JOIN practice_member me ON me.id = team.member_id
   WHERE team.member_id = towpath_member() AND team.ended_at IS NULL
     AND team.since <= towpath_today() AND (team.until IS NULL OR team.until >= towpath_today())
     AND ('clinician' = ANY (me.roles) OR (team.part = 'supervising' AND 'supervisor' = ANY (me.roles)))
     AND NOT (team.part = 'supervising' AND towpath_keeps_supervisors_out(team.client_id))
   UNION ALL
   SELECT emergency.client_id FROM clients_breakglass emergency JOIN practice_member me ON me.id = emergency.member_id
   WHERE emergency.member_id = towpath_member() AND emergency.ended_at IS NULL
     AND emergency.opened_at <= towpath_now() AND emergency.until > towpath_now()
     AND 'break_glass' = ANY (me.rights) AND me.roles && '{clinician,supervisor}'::varchar[] $$;

CREATE OR REPLACE FUNCTION towpath_treats(client bigint) RETURNS boolean STABLE LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT FROM clients_careteammember team JOIN practice_member me ON me.id = team.member_id
   WHERE team.client_id = $1 AND team.member_id = towpath_member() AND team.ended_at IS NULL
     AND team.since <= towpath_today() AND (team.until IS NULL OR team.until >= towpath_today())
     AND team.part <> 'supervising' AND 'clinician' = ANY (me.roles)) $$;

CREATE OR REPLACE FUNCTION towpath_cares(client bigint) RETURNS boolean STABLE LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT towpath_treats($1) OR EXISTS (SELECT FROM clients_breakglass emergency
   JOIN practice_member me ON me.id = emergency.member_id
   WHERE emergency.client_id = $1 AND emergency.member_id = towpath_member() AND emergency.ended_at IS NULL
     AND emergency.opened_at <= towpath_now() AND emergency.until > towpath_now()
     AND 'break_glass' = ANY (me.rights) AND me.roles && '{clinician,supervisor}'::varchar[]) $$;

CREATE OR REPLACE FUNCTION towpath_hands_out(client bigint) RETURNS boolean STABLE LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT FROM clients_careteammember team JOIN practice_member me ON me.id = team.member_id
   WHERE team.client_id = $1 AND team.member_id = towpath_member() AND team.ended_at IS NULL
     AND team.since <= towpath_today() AND (team.until IS NULL OR team.until >= towpath_today())
     AND me.roles && '{clinician,supervisor}'::varchar[]) $$;

CREATE OR REPLACE FUNCTION towpath_supervises(client bigint) RETURNS boolean STABLE LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT FROM clients_careteammember team JOIN practice_member me ON me.id = team.member_id
   WHERE team.client_id = $1 AND team.member_id = towpath_member() AND team.ended_at IS NULL
     AND team.since <= towpath_today() AND (team.until IS NULL OR team.until >= towpath_today())
     AND team.part = 'supervising' AND me.roles && '{clinician,supervisor}'::varchar[])
   AND NOT towpath_keeps_supervisors_out($1) $$;

CREATE OR REPLACE FUNCTION towpath_nobody_treats(client bigint) RETURNS boolean STABLE LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT NOT EXISTS (SELECT FROM clients_careteammember team JOIN practice_member me ON me.id = team.member_id
   WHERE team.client_id = $1 AND me.is_active AND 'clinician' = ANY (me.roles) AND team.part <> 'supervising'
     AND team.ended_at IS NULL AND team.since <= towpath_today()
     AND (team.until IS NULL OR team.until >= towpath_today())) $$;

CREATE OR REPLACE TRIGGER caseload_may_have_changed AFTER INSERT OR UPDATE OR DELETE ON clients_careteammember
FOR EACH STATEMENT EXECUTE FUNCTION towpath_look_again();
CREATE OR REPLACE TRIGGER caseload_may_have_changed AFTER INSERT OR UPDATE OR DELETE ON clients_breakglass
FOR EACH STATEMENT EXECUTE FUNCTION towpath_look_again();
CREATE OR REPLACE TRIGGER caseload_may_have_changed AFTER INSERT OR UPDATE OR DELETE ON clients_consent
FOR EACH STATEMENT EXECUTE FUNCTION towpath_look_again();
"""


HELD_BY_RULE = "decision = 'hold' AND decided_by_id IS NULL AND by_rule <> ''"
"""A hold that Towpath puts by itself, on what a client answers or anybody tells: the careful side is open to all."""


def put_up() -> None:
    """For whom the rows of each table are there, and who may write them. What is not named is for the care team only.

    Reading is wider than writing: a client, a supervisor and whoever came in by an emergency read what only those who
    treat may decide.
    """
    says(CASELOAD)
    _put_up_people()
    _put_up_screening()
    guard(
        "clients_runlog",
        own(),
        f"{care_team()} AND (share OR logged_by_id = {MEMBER})",
        writes=(own(), treating()),
    )


def _put_up_people() -> None:
    guard("clients_client", care_team("id"), own("id"), DESK, OWNER)
    first = f"member_id = {MEMBER} AND towpath_nobody_treats(client_id)"
    others = f"({OWNER} OR {DESK}) AND member_id <> {MEMBER}"
    guard(
        "clients_careteammember",
        care_team(),
        own(),
        f"member_id = {MEMBER}",
        DESK,
        OWNER,
        writes=(treating(), others, first),
        changes=(treating(), OWNER, f"member_id = {MEMBER} AND ended_at IS NOT NULL"),
    )
    guard(
        "clients_breakglass",
        f"member_id = {MEMBER}",
        OWNER,
        own(),
        writes=(f"member_id = {MEMBER}",),
        changes=(f"member_id = {MEMBER}", OWNER),
    )
    guard("clients_emergencycontact", care_team(), own(), DESK, writes=(own(), treating(), DESK))


def _put_up_screening() -> None:
    guard("clients_screening", care_team(), own(), writes=(treating(), own()), removes=(treating(),))
    asked = f"({treating('up.client_id')} OR {own('up.client_id')})"
    guard(
        "clients_response",
        through("screening_id", "clients_screening"),
        writes=(through("screening_id", "clients_screening", asked),),
    )
    guard(
        "clients_safetyalert",
        care_team(),
        own(),
        writes=(caring(), own()),
        changes=(caring(), f"{own()} AND seen_by_id IS NULL"),
        removes=(treating(),),
    )
    guard(
        "clients_clearance",
        care_team(),
        own(),
        writes=(treating(), HELD_BY_RULE),
        changes=(treating(),),
        removes=(treating(),),
    )
    guard(
        "clients_rescreen",
        care_team(),
        own(),
        writes=(caring(), own()),
        changes=(treating(), f"{own()} AND closed_by_id IS NULL"),
        removes=(treating(),),
    )
    guard(
        "clients_letterseen",
        through("clearance_id", "clients_clearance"),
        writes=(through("clearance_id", "clients_clearance", treating("up.client_id")),),
    )
    for table in ("clients_overridewish", "clients_outsideresult"):
        guard(table, care_team(), writes=(treating(),))
