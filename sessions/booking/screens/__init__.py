"""What pages say about sessions, already in words."""

from sessions.booking.screens.calendar import (
    CalendarChoice,
    CalendarDay,
    CalendarWeek,
    calendar_choices,
    calendar_week,
)
from sessions.booking.screens.lines import STATE_BADGES, SessionLine, about, day_lines, session_lines
from sessions.booking.screens.whole import SessionPage, map_of, session_page

__all__ = [
    "STATE_BADGES",
    "CalendarChoice",
    "CalendarDay",
    "CalendarWeek",
    "SessionLine",
    "SessionPage",
    "about",
    "calendar_choices",
    "calendar_week",
    "day_lines",
    "map_of",
    "session_lines",
    "session_page",
]
