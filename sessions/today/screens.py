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
from sessions.booking.models import TherapySession
from sessions.booking.screens import SessionLine, session_lines
from sessions.today import rules, words
from sessions.today.next_session import NextSession, next_of, next_session
from sessions.today.querysets import sessions_from, where_we_walk
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

    @property
    def count(self) -> int:
        """How many things about clients it shows."""
        return sum(map(len, (self.alerts, self.lines, self.over, self.waiting, self.news)))


@dataclass(frozen=True, kw_only=True)
class _Day:
    """The day's sessions in words, the one that comes next, and the light."""

    lines: Sequence[SessionLine] = ()
    coming: NextSession | None = None
    light: Light | None = None


def today_page(member: Member, now: datetime) -> TodayPage:
    """The day of this member. The number of queries does not depend on how much there is."""
    today, waits = timezone.localdate(now), list(contributions.attention(member, now))
    has_calendar, is_desk = member.may(Permission.READ_CALENDAR), "reception" in member.roles
    day = _day(member, today, now) if has_calendar else _Day()
    coming = day.coming
    ahead = [line for line in day.lines if line.ends_at > now]
    return TodayPage(
        day=today,
        lead=words.lead(member, now, day.lines, day.light),
        alerts=_of(waits, "alert"),
        ribbon=_ribbon(today, day.lines, day.light, now) if day.light and not is_desk else SafeString(""),
        next=coming,
        lines=[line for line in ahead if coming is None or line.uid != coming.line.uid],
        over=[line for line in day.lines if line.ends_at <= now],
        waiting=_waiting(_of(waits, "waiting")),
        news=_of(waits, "news")[:MOST_NEWS],
        is_desk=is_desk,
        holds_sessions=has_calendar and member.may(Permission.CLOSE_SESSION) and not is_desk,
        has_calendar=has_calendar,
        rest_title=_("Rest of the day") if coming and coming.is_today else _("The day"),
    )


def _day(member: Member, today: date, now: datetime) -> _Day:
    """The sessions of the day, and the next one even when it is on a later day, worded together."""
    sessions = sessions_from(member, today, now)
    coming = None if "reception" in member.roles else next_of(sessions, now)
    shown = [one for one in sessions if timezone.localdate(one.starts_at) == today or one is coming]
    lines = session_lines(shown, member, now)
    next_line = next((line for line in lines if coming and line.uid == coming.uid), None)
    return _Day(
        lines=[line for line in lines if timezone.localdate(line.starts_at) == today],
        coming=next_session(coming, next_line, member, now) if coming and next_line else None,
        light=_light(member, coming, today),
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


def _light(member: Member, coming: TherapySession | None, day: date) -> Light | None:
    """The day's light where the next session walks, else where the practice does. None where that is not known."""
    points = coming.route.points if coming and coming.route else []
    place = (points[0][0], points[0][1]) if points else where_we_walk(member)
    if place is None:
        return None
    latitude, longitude = place
    return rules.light_on(day, latitude, longitude, timezone.get_current_timezone())


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
