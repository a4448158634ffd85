"""What the session rooms contribute to the pages about a client, and the work they do in the background."""

from practice.contributions import practice_exports
from sessions.booking import contributions as booking
from sessions.notes import contributions as notes
from sessions.routes.lifecycle import practice_exported
from sessions.summaries import contributions as summaries
from sessions.today import contributions as today


def register() -> None:
    """Each room registers its givers, once."""
    for room in (booking, notes, summaries, today):
        room.register()
    practice_exports.register(practice_exported)
