"""For whom the rows of this room are there, said to PostgreSQL."""

from practice.database.wall import MEMBER, OWNER, care_team, guard, through


def put_up() -> None:
    """A copy is for whoever asked for it, that of the practice also for who confirms it; the rest for who may erase."""
    guard("clients_export", f"asked_by_id = {MEMBER}", f"kind = 'practice' AND {OWNER}")
    guard("clients_exportpart", through("export_id", "clients_export"))
    for table in ("clients_hold", "clients_erasurerequest"):
        guard(table, care_team(), OWNER)
