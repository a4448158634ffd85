"""How long a draft is kept and a link is good. Pure."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

KEPT = timedelta(days=30)
FIRST_NOTICE_AFTER = timedelta(days=16)
SECOND_NOTICE_AFTER = timedelta(days=27)
LEAST_NOTICE = timedelta(days=3)
"""Between the second notice and the end, however late the notice was."""
BETWEEN_NOTICES = timedelta(days=7)

LINK_LASTS = timedelta(minutes=30)
MOST_TRIES = 5
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=4)
"""Whoever came in by a link stays while they go on answering, and never longer than this."""


class Due(StrEnum):
    """What is to be done about a draft."""

    FIRST_NOTICE = "first_notice"
    SECOND_NOTICE = "second_notice"
    ERASURE = "erasure"


def due(
    *,
    touched_at: datetime,
    first_notice_at: datetime | None,
    second_notice_at: datetime | None,
    now: datetime,
) -> Due | None:
    """What is due now for a draft last touched then; None for nothing. Never the end without two notices before it."""
    if first_notice_at is None:
        return Due.FIRST_NOTICE if now >= touched_at + FIRST_NOTICE_AFTER else None
    if second_notice_at is None:
        is_time = now >= max(touched_at + SECOND_NOTICE_AFTER, first_notice_at + BETWEEN_NOTICES)
        return Due.SECOND_NOTICE if is_time else None
    return Due.ERASURE if now >= ends_at(touched_at, second_notice_at) else None


def ends_at(touched_at: datetime, second_notice_at: datetime | None) -> datetime:
    """When a draft ends: 30 days after it was last touched, and three days after the second notice at the earliest."""
    end = touched_at + KEPT
    return end if second_notice_at is None else max(end, second_notice_at + LEAST_NOTICE)


def new_token() -> str:
    """256 random bits for a link."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
