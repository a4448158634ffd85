"""Whose records a member may open, said to PostgreSQL. In Python it is `clients.record.querysets`: the two go together."""

from practice.database.wall import DESK, MEMBER, OWNER, care_team, guard, own, says, through

CASELOAD = """
CREATE OR REPLACE FUNCTION towpath_own_client() RETURNS bigint STABLE LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT id FROM clients_client WHERE member_id = towpath_member() $$;

CREATE OR REPLACE FUNCTION towpath_caseload() RETURNS SETOF bigint STABLE LANGUAGE sql ROWS 100
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT client_id FROM clients_careteammember
   WHERE member_id = towpath_member() AND since <= towpath_today()
     AND (until IS NULL OR until >= towpath_today()) $$;
"""


def put_up() -> None:
    """For whom the rows of each table are there. What is not named is for the care team only."""
    says(CASELOAD)
    guard("clients_client", care_team("id"), own("id"), DESK)
    guard("clients_careteammember", care_team(), own(), f"member_id = {MEMBER}", DESK, OWNER)
    guard("clients_emergencycontact", care_team(), own(), DESK)
    for table in ("clients_screening", "clients_safetyalert", "clients_clearance"):
        guard(table, care_team(), own())
    guard("clients_response", through("screening_id", "clients_screening"))
    guard("clients_runlog", own(), f"{care_team()} AND (share OR logged_by_id = {MEMBER})")
