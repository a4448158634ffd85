"""For whom the rows of this room are there, said to PostgreSQL."""

from practice.database.wall import care_team, guard, own, treating


def put_up() -> None:
    """Letters for the care team and, those on their own pages, for the client; who else was told for the team."""
    theirs = f"{own()} AND way = 'portal'"
    guard("clients_letter", care_team(), theirs, writes=(treating(),), changes=(treating(), theirs))
    guard("clients_told", care_team(), writes=(treating(),))
