"""Whose records a member may open, said to PostgreSQL. In Python it is `clients.record.querysets`: the two go together."""

from practice.database.wall import DESK, MEMBER, OWNER, care_team, guard, own, says, through

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

CREATE OR REPLACE TRIGGER caseload_may_have_changed AFTER INSERT OR UPDATE OR DELETE ON clients_careteammember
FOR EACH STATEMENT EXECUTE FUNCTION towpath_look_again();
CREATE OR REPLACE TRIGGER caseload_may_have_changed AFTER INSERT OR UPDATE OR DELETE ON clients_breakglass
FOR EACH STATEMENT EXECUTE FUNCTION towpath_look_again();
CREATE OR REPLACE TRIGGER caseload_may_have_changed AFTER INSERT OR UPDATE OR DELETE ON clients_consent
FOR EACH STATEMENT EXECUTE FUNCTION towpath_look_again();
"""


def put_up() -> None:
    """For whom the rows of each table are there. What is not named is for the care team only."""
    says(CASELOAD)
    guard("clients_client", care_team("id"), own("id"), DESK, OWNER)
    guard("clients_careteammember", care_team(), own(), f"member_id = {MEMBER}", DESK, OWNER)
    guard("clients_breakglass", f"member_id = {MEMBER}", OWNER, own())
    guard("clients_emergencycontact", care_team(), own(), DESK)
    for table in ("clients_screening", "clients_safetyalert", "clients_clearance", "clients_rescreen"):
        guard(table, care_team(), own())
    guard("clients_letterseen", through("clearance_id", "clients_clearance"))
    guard("clients_overridewish", care_team())
    guard("clients_response", through("screening_id", "clients_screening"))
    guard("clients_runlog", own(), f"{care_team()} AND (share OR logged_by_id = {MEMBER})")
