"""For whom the rows of this room are there, said to PostgreSQL."""

from practice.database.wall import care_team, guard, own, through


def put_up() -> None:
    """The care team's; a client reads their own plans and never makes one."""
    guard("clients_measureplan", care_team(), own(), writes=care_team())
    guard("clients_measureoccasion", through("plan_id", "clients_measureplan"))
