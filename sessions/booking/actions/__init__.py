"""What people do with bookings."""

from sessions.booking.actions.booking import book_session, move_session, put_session_back
from sessions.booking.actions.checks import Changes, Facts
from sessions.booking.actions.closing import cancel_session, complete_session, mark_no_show

__all__ = [
    "Changes",
    "Facts",
    "book_session",
    "cancel_session",
    "complete_session",
    "mark_no_show",
    "move_session",
    "put_session_back",
]
