"""For whom the rows of this room are there, said to PostgreSQL."""

from practice.database.wall import MEMBER, OWNER, care_team, guard, through, treating

CLINICIAN = "(SELECT towpath_has_role('clinician'))"


def put_up() -> None:
    """A copy is for whoever asked for it. That the practice's is asked for is seen by those who may confirm it, who get
    nothing of its content. The rest is for those who may erase."""
    guard("clients_export", f"asked_by_id = {MEMBER}", f"kind = 'practice' AND ({OWNER} OR {CLINICIAN})")
    guard("clients_exportpart", through("export_id", "clients_export", f"up.asked_by_id = {MEMBER}"))
    for table in ("clients_hold", "clients_erasurerequest"):
        guard(table, care_team(), OWNER, writes=(treating(), OWNER))
