"""Ask for a new look at walking and running, and let a decision close it."""

from clients.rescreening.actions.closing import close_what_waited
from clients.rescreening.actions.noticing import look_at_the_calendar, notice_alert, notice_answers
from clients.rescreening.actions.triggering import NotToldThisWay, tell_change, trigger

__all__ = [
    "NotToldThisWay",
    "close_what_waited",
    "look_at_the_calendar",
    "notice_alert",
    "notice_answers",
    "tell_change",
    "trigger",
]
