"""For whom the rows of this room are there, said to PostgreSQL."""

from practice.database.wall import DESK, care_team, guard, treating


def put_up() -> None:
    """Those who may invite see how far it has come."""
    guard("clients_portalinvitation", care_team(), DESK, writes=(treating(), DESK))
