"""What the session rooms contribute to the pages about a client, and the work they do in the background."""

from practice.contributions import practice_exports
from sessions.booking import contributions as booking
from sessions.emergency_card.lifecycle import practice_exported as places_exported
from sessions.notes import contributions as notes
from sessions.onhold import contributions as onhold
from sessions.routes.lifecycle import practice_exported
from sessions.summaries import contributions as summaries
from sessions.today import contributions as today


def register() -> None:
    """Each room registers its givers, once."""
    for room in (booking, onhold, notes, summaries, today):
        room.register()
    practice_exports.register(practice_exported)
    practice_exports.register(places_exported)
