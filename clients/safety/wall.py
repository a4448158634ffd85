"""For whom the rows of this room are there, said to PostgreSQL."""

from practice.database.wall import care_team, guard, own, treating


def put_up() -> None:
    """A client reads the versions that were agreed with them, and what was written down for helpers."""
    guard("clients_safetyplan", care_team(), f"{own()} AND is_agreed", writes=(treating(),))
    guard("clients_firstaidnote", care_team(), own(), writes=(treating(),))
