"""What the client rooms contribute to the pages about a client."""

from clients.runs import contributions as runs
from clients.screening import contributions as screening


def register() -> None:
    """Each room registers its givers, once."""
    for room in (screening, runs):
        room.register()
