"""What this room contributes to the pages about a client, and what it does when answers come in."""

from clients.measures import lifecycle, wall
from practice import contributions


def register() -> None:
    """Registers the room's givers, once."""
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
    wall.put_up()
