"""How two scores stand to each other, and when a measure is due: pure arithmetic over plain values."""

from clients.measures.rules.change import (
    Crossing,
    Judgement,
    crossing,
    judged,
    reliable_change,
)
from clients.measures.rules.rhythm import SESSIONS, WEEKS, Rhythm, is_due, missed, next_day, sessions_left

__all__ = [
    "SESSIONS",
    "WEEKS",
    "Crossing",
    "Judgement",
    "Rhythm",
    "crossing",
    "is_due",
    "judged",
    "missed",
    "next_day",
    "reliable_change",
    "sessions_left",
]
