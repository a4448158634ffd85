"""What this room contributes to the pages about a client, and the work it does in the background."""


def register() -> None:
    """Registers the room's givers, once."""
