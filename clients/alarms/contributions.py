"""What this room hears of."""

from datetime import datetime

from practice import contributions


def register() -> None:
    """Registers the room's listener, once."""
    contributions.must_be_heard.register(heard)


def heard(_now: datetime) -> None:
    from clients.alarms import actions  # noqa: PLC0415 - apps must be ready first

    actions.ring_once_it_is_kept()
