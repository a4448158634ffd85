"""A week of sessions, as days of ordered lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practice.people.models import Member
from sessions.booking import rules
from sessions.booking.models import TherapySession
from sessions.booking.screens.lines import SessionLine, session_lines


@dataclass(frozen=True, kw_only=True)
class CalendarDay:
    """One day of the week, its sessions in order."""

    day: date
    is_today: bool
    lines: Sequence[SessionLine]


@dataclass(frozen=True, kw_only=True)
class CalendarWeek:
    """A week as days of ordered lists, with the addresses of its neighbours ("" beyond the calendar)."""

    week: str
    title: str
    previous: str
    next: str
    is_this_week: bool
    days: Sequence[CalendarDay]

    @property
    def is_empty(self) -> bool:
        return not any(day.lines for day in self.days)


@dataclass(frozen=True, kw_only=True)
class CalendarChoice:
    """Whose sessions the calendar shows; `clinician` None is everybody the member may see."""

    word: str
    value: str
    clinician: Member | None
    is_chosen: bool


def calendar_choices(member: Member, colleagues: Iterable[Member], asked: str) -> list[CalendarChoice]:
    """Clinicians begin with their own sessions, everybody else with all. An unknown wish is the first choice."""
    everyone: list[tuple[str, str, Member | None]] = [(_("Everyone"), "all", None)]
    if "clinician" in member.roles:
        offers = [(_("Mine"), "mine", member), *everyone]
    else:
        offers = [*everyone, *((one.name, str(one.uid), one) for one in colleagues)]
    chosen = next((value for _word, value, _one in offers if value == asked), offers[0][1])
    return [
        CalendarChoice(word=word, value=value, clinician=one, is_chosen=value == chosen)
        for word, value, one in offers
    ]


def calendar_week(
    member: Member, monday: date, now: datetime, *, clinician: Member | None = None
) -> CalendarWeek:
    """The week that begins on `monday`, with everything booked, held or missed in it."""
    sunday = monday + timedelta(days=6)
    rows = TherapySession.objects.visible_to(member).on_days(monday, sunday).standing().with_people()
    lines = session_lines(rows.filter(clinician=clinician) if clinician else rows, member, now)
    today = timezone.localdate(now)
    days = [monday + timedelta(days=number) for number in range(7)]
    return CalendarWeek(
        week=rules.week_of(monday),
        title=_span(monday, sunday),
        previous=_week_if_known(monday - timedelta(days=7)),
        next=_week_if_known(monday + timedelta(days=7)),
        is_this_week=monday <= today <= sunday,
        days=[_day(day, today, lines) for day in days],
    )


def _day(day: date, today: date, lines: Sequence[SessionLine]) -> CalendarDay:
    own = [line for line in lines if timezone.localdate(line.starts_at) == day]
    return CalendarDay(day=day, is_today=day == today, lines=own)


def _week_if_known(monday: date) -> str:
    week = rules.week_of(monday)
    return week if rules.monday_of(week) else ""


def _span(monday: date, sunday: date) -> str:
    """ "23 – 29 November 2026", with the month or year of the Monday where it differs."""
    first = "j" if monday.month == sunday.month else "j F" if monday.year == sunday.year else "j F Y"
    return f"{date_format(monday, first)} – {date_format(sunday, 'j F Y')}"
