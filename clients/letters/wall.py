"""For whom the rows of this room are there, said to PostgreSQL."""

from practice.database.wall import care_team, guard, own


def put_up() -> None:
    """Letters for the care team and, those on their own pages, for the client; who else was told for the team."""
    guard("clients_letter", care_team(), f"{own()} AND way = 'portal'")
    guard("clients_told", care_team())
