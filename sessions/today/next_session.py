"""The next session, with what one wants to know on the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from practice.people.models import Member
from sessions.booking.bookable import estimate_of
from sessions.booking.models import TherapySession
from sessions.booking.screens import SessionLine, map_of
from sessions.today import rules, words
from sessions.today.querysets import last_note_before

MOST_PLAN_LETTERS = 220


@dataclass(frozen=True, kw_only=True)
class PlanFromLastTime:
    """What was agreed in the last signed note."""

    text: str
    on: date


@dataclass(frozen=True, kw_only=True)
class NextSession:
    """One session. `turn_at` is when to turn for home, None for a session that does not move.

    `late` says how far the route goes beyond the end at this pace, "" when it fits or is not known.
    """

    line: SessionLine
    countdown: str
    is_today: bool
    is_on: bool
    plan: PlanFromLastTime | None
    map_svg: SafeString
    turn_at: datetime | None
    ascent_m: int | None
    late: str


def next_of(sessions: Sequence[TherapySession], now: datetime) -> TherapySession | None:
    """The one that is on or comes next, among sessions in order."""
    return next((one for one in sessions if one.state == "booked" and one.ends_at > now), None)


def next_session(session: TherapySession, line: SessionLine, member: Member, now: datetime) -> NextSession:
    """The session with its map, its plan and its half-way time; `line` is the session in words."""
    route = session.route
    return NextSession(
        line=line,
        countdown=words.countdown(session.starts_at, now),
        is_today=timezone.localdate(session.starts_at) == timezone.localdate(now),
        is_on=session.starts_at <= now,
        plan=_plan(session, member),
        map_svg=map_of(route),
        turn_at=rules.half_way(session.starts_at, session.ends_at) if session.is_moving else None,
        ascent_m=route.ascent_m if route else None,
        late=_late(session),
    )


def _plan(session: TherapySession, member: Member) -> PlanFromLastTime | None:
    note = last_note_before(session, member)
    text = str(note.body.get("plan", "")).strip() if note else ""
    if note is None or not text:
        return None
    shown = Truncator(text).chars(MOST_PLAN_LETTERS)
    return PlanFromLastTime(text=shown, on=timezone.localdate(note.session.starts_at))


def _late(session: TherapySession) -> str:
    """Whether the route takes longer than the session, at the pace that was booked."""
    route = session.route
    estimate = estimate_of(route, session.mode, session.pace) if route else None
    over = estimate.minutes - session.minutes if estimate else 0
    if estimate is None or over <= 0:
        return ""
    said = {"minutes": estimate.minutes, "over": over}
    return (
        _(
            "At this pace the whole route takes about %(minutes)d min, %(over)d more than there are. Turn earlier."
        )
        % said
    )
