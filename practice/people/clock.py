"""How long a sign-in lasts: it locks when nobody has done anything for a while, and ends after a day's work."""

import time
from collections.abc import MutableMapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.http import HttpRequest

from practice.people.models import Member
from practice.people.sign_ins import SEEN_AT, SIGNED_IN_AT

NOTED_EVERY_S = 60
WARNED_S = 120

Session = MutableMapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Seconds without a person's doing until it locks, and seconds until it ends whatever is done."""

    idle_s: int
    whole_s: int


OF_STAFF = Patience(idle_s=15 * 60, whole_s=12 * 3600)
OF_CLIENTS = Patience(idle_s=30 * 60, whole_s=24 * 3600)


class State(Enum):
    """Where a sign-in stands."""

    OPEN = "open"
    LOCKED = "locked"
    ENDED = "ended"


def patience_with(member: Member | None) -> Patience:
    return OF_CLIENTS if member is not None and member.is_client else OF_STAFF


def state_of(session: Session, member: Member | None) -> State:
    """Open, locked or ended now. A session that does not say when it began has ended."""
    now, patience = time.time(), patience_with(member)
    began, seen = session.get(SIGNED_IN_AT), session.get(SEEN_AT)
    if not isinstance(began, int) or not isinstance(seen, int) or now - began >= patience.whole_s:
        return State.ENDED
    return State.LOCKED if now - seen >= patience.idle_s else State.OPEN


def note_activity(session: Session) -> None:
    """Somebody did something. Written once a minute at most, so it may lock up to a minute early, never late."""
    now = int(time.time())
    if now - session.get(SEEN_AT, 0) >= NOTED_EVERY_S:
        session[SEEN_AT] = now


def seconds_left(session: Session, member: Member | None) -> int:
    """Until it locks or ends, whichever comes first."""
    now, patience = int(time.time()), patience_with(member)
    locks, ends = session.get(SEEN_AT, 0) + patience.idle_s, session.get(SIGNED_IN_AT, 0) + patience.whole_s
    return max(0, int(min(locks, ends)) - now)


def is_background(request: HttpRequest) -> bool:
    """Whether the page asks by itself: a poll, a draft saving itself, a program. Such asking keeps nothing open."""
    if request.path.startswith("/api/") or "HX-Request" in request.headers:
        return True
    by_script = "X-Requested-With" in request.headers
    return by_script or request.headers.get("Sec-Fetch-Dest", "document") != "document"
