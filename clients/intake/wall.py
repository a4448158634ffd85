"""For whom the rows of this room are there, said to PostgreSQL."""

from clients.intake.querysets import OF_THE_DESK
from practice.database.wall import DESK, care_team, guard, own, treating


def put_up() -> None:
    """How to reach somebody safely is there for the desk too; the rest is for the care team and the client."""
    sections = ", ".join(f"'{section}'" for section in OF_THE_DESK)
    guard(
        "clients_intakesheet",
        care_team(),
        own(),
        f"{DESK} AND section IN ({sections})",
        writes=(own(), treating()),
    )
    for table in ("clients_draft", "clients_resumelink"):
        guard(table, care_team(), own(), writes=(own(), treating()))
