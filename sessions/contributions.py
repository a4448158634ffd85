"""What the session rooms contribute to the pages about a client, and the work they do in the background."""

from sessions.booking import contributions as booking
from sessions.notes import contributions as notes
from sessions.summaries import contributions as summaries
from sessions.today import contributions as today


def register() -> None:
    """Each room registers its givers, once."""
    for room in (booking, notes, summaries, today):
        room.register()
