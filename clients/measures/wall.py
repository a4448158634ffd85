"""For whom the rows of this room are there, said to PostgreSQL."""

from practice.database.wall import care_team, guard, own, through, treating


def put_up() -> None:
    """The care team's; a client reads their own plans and never makes one."""
    guard("clients_measureplan", care_team(), own(), writes=(treating(),))
    ours = through("plan_id", "clients_measureplan", treating("up.client_id"))
    guard("clients_measureoccasion", through("plan_id", "clients_measureplan"), writes=(ours,))
