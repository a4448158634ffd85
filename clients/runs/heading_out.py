"""One tap before leaving: how it was, remembered for this visit until the entry is logged. Nothing is kept of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

KEY = "heading_out"
LONGEST = timedelta(hours=12)


@dataclass(frozen=True, kw_only=True)
class HeadingOut:
    """The mood before leaving, 1 (very low) to 5 (very good), and when that was."""

    mood: int
    at: datetime


def remember(session: SessionBase, mood: int, now: datetime) -> None:
    session[KEY] = [mood, now.isoformat()]


def remembered(session: SessionBase, now: datetime) -> HeadingOut | None:
    """What was said before leaving, unless that is longer ago than half a day."""
    kept: Any = session.get(KEY)
    if kept is None:
        return None
    said = HeadingOut(mood=kept[0], at=datetime.fromisoformat(kept[1]))
    return said if now - said.at <= LONGEST else None


def forget(session: SessionBase) -> None:
    session.pop(KEY, None)
