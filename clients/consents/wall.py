"""Who sees which line of the ledger, said to PostgreSQL."""

from practice.database.wall import care_team, guard, own, treating


def put_up() -> None:
    """The ledger is the care team's and the client's own; ticks that are not signed are the client's alone."""
    guard("clients_consent", care_team(), own(), writes=(own(), treating()))
    guard("clients_consentdraft", own())
