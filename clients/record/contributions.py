"""What the record contributes: a client's details to exports, and the end of an erasure."""

from clients.record import lifecycle
from practice import contributions


def register() -> None:
    """Registers the room's givers, once."""
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
