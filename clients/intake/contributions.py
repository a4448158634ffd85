"""What this room contributes."""

from clients.intake import wall


def register() -> None:
    """Registers the room's givers, once."""
    wall.put_up()
