"""The first screen of a day, already in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from practice import contributions
from practice.contributions import Attention
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web import charts
from practice.web.charts import DayRibbon, Mode, RibbonBlock
from sessions.booking.screens import SessionLine, session_lines
from sessions.today import rules, words
from sessions.today.next_session import NextSession, next_session
from sessions.today.querysets import sessions_of, where_we_walk
from sessions.today.rules import Light

MOST_NEWS = 6


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Things of one kind that wait: the first, how many, and the others behind a fold."""

    count: int
    first: Attention
    others: Sequence[Attention]


@dataclass(frozen=True, kw_only=True)
class TodayPage:
    """What a member sees first. `next` is None where nothing is booked, or for those who hold no sessions.

    `lines` are the sessions of the day still to come or on, `over` those that are behind.
    """

    day: date
    lead: str
    alerts: Sequence[Attention]
    ribbon: SafeString
    next: NextSession | None
    lines: Sequence[SessionLine]
    over: Sequence[SessionLine]
    waiting: Sequence[Waiting]
    news: Sequence[Attention]
    is_desk: bool
    holds_sessions: bool
    has_calendar: bool
    rest_title: str


def today_page(member: Member, now: datetime) -> TodayPage:
    """The day of this member. The number of queries does not depend on how much there is."""
    today, waits = timezone.localdate(now), list(contributions.attention(member, now))
    reads_calendar, is_desk = member.may(Permission.READ_CALENDAR), "reception" in member.roles
    lines = session_lines(sessions_of(member, today), member, now) if reads_calendar else []
    light = _light(member, today) if reads_calendar else None
    holds = reads_calendar and member.may(Permission.CLOSE_SESSION)
    coming = next_session(member, now, lines) if holds else None
    ahead = [line for line in lines if line.ends_at > now]
    return TodayPage(
        day=today,
        lead=words.lead(member, now, lines, light),
        alerts=_of(waits, "alert"),
        ribbon=SafeString("") if is_desk or light is None else _ribbon(today, lines, light, now),
        next=coming,
        lines=[line for line in ahead if coming is None or line.uid != coming.line.uid],
        over=[line for line in lines if line.ends_at <= now],
        waiting=_waiting(_of(waits, "waiting")),
        news=_of(waits, "news")[:MOST_NEWS],
        is_desk=is_desk,
        holds_sessions=holds,
        has_calendar=reads_calendar,
        rest_title=_("Rest of the day") if coming and coming.is_today else _("The day"),
    )


def _of(waits: Sequence[Attention], urgency: str) -> list[Attention]:
    """Those of one urgency: news newest first, what waits oldest first."""
    mine = [item for item in waits if item.urgency == urgency]
    dated = [(item.at, item) for item in mine if item.at is not None]
    dated.sort(key=lambda pair: pair[0], reverse=urgency == "news")
    return [item for _at, item in dated] + [item for item in mine if item.at is None]


def _waiting(items: Sequence[Attention]) -> list[Waiting]:
    """Folded by what has to be done, in the order in which the oldest of each waits."""
    kinds: dict[tuple[str, str], list[Attention]] = {}
    for item in items:
        kinds.setdefault((item.icon, str(item.action)), []).append(item)
    return [Waiting(count=len(kind), first=kind[0], others=kind[1:]) for kind in kinds.values()]


def _light(member: Member, day: date) -> Light | None:
    place = where_we_walk(member)
    return rules.light_on(day, *place, timezone.get_current_timezone()) if place else None


def _ribbon(day: date, lines: Sequence[SessionLine], light: Light, now: datetime) -> SafeString:
    """The day as light with the sessions on it; times as the clock on the wall says."""
    ribbon = DayRibbon(
        day=day,
        label=words.ribbon_label(lines, light, now),
        first_light=light.first,
        last_light=light.last,
        blocks=[_block(line, now) for line in lines],
        now=timezone.localtime(now),
    )
    return charts.day_ribbon(ribbon)


def _block(line: SessionLine, now: datetime) -> RibbonBlock:
    return RibbonBlock(
        starts_at=timezone.localtime(line.starts_at),
        ends_at=timezone.localtime(line.ends_at),
        mode=Mode(line.mode),
        label=line.client_initials,
        buffer_minutes=line.buffer_minutes,
        is_done=line.ends_at <= now or not line.is_booked,
    )
