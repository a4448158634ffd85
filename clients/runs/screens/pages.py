"""The pages about the log: what came of an entry, a month of days, the care team's view."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.record.models import Client
from clients.runs.choices import Activity
from clients.runs.models import RunLog
from clients.runs.querysets import RunLogQuerySet
from clients.runs.rules import LOWEST_MOOD
from clients.runs.screens.entries import (
    EntryRow,
    entry_row,
    moods,
    presence,
    runs_on_days,
    session_days,
    weeks,
)
from clients.screening.models import Clearance
from clients.screening.standing import standings
from practice.people.models import Member
from practice.web import charts
from practice.web.charts import ChartTable, Day, MoodChange

A_PAGE = 25
LAST_DAYS = 14
MOOD_WINDOW = timedelta(days=90)
STAFF_WEEKS = timedelta(weeks=11)  # and the week that is running
FEW_MINUTES = 5
MONDAY = date(2024, 1, 1)


@dataclass(frozen=True, kw_only=True)
class SavedPage:
    """What was kept, said back gently. `is_very_low` opens the soft panel with help."""

    row: EntryRow
    words: str
    is_very_low: bool


@dataclass(frozen=True, kw_only=True)
class MonthCell:
    """One day of a month, its mark and the mark in words; a day that has not come has no mark."""

    on: date
    stone: Sequence[Day]
    word: str


@dataclass(frozen=True, kw_only=True)
class MoodFigure:
    """Mood before and after as a picture, its sentence, its note and its table."""

    svg: SafeString
    finding: str
    note: str
    table: ChartTable


@dataclass(frozen=True, kw_only=True)
class History:
    """A month of a client's own log. `rows` are its entries, newest first, a page at a time.

    `older` and `newer` are the first days of the nearest months that hold an entry, None where there is none.
    A cell of `month` is None where the week belongs to another month.
    """

    first: date
    month: Sequence[Sequence[MonthCell | None]]
    showed_up: str
    rows: Sequence[EntryRow]
    next_after: UUID | None
    older: date | None
    newer: date | None
    mood: MoodFigure | None

    @property
    def weekdays(self) -> list[date]:
        """Seven days with the names for the head of the table."""
        return [MONDAY + timedelta(days=step) for step in range(7)]

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def is_empty(self) -> bool:
        return not self.rows and self.older is None and self.newer is None


@dataclass(frozen=True, kw_only=True)
class ClientLog:
    """The log of one client for the care team: what is shared, and no more."""

    week_svg: SafeString
    week_table: ChartTable
    finding: str
    mood: MoodFigure | None
    rows: Sequence[EntryRow]
    next_after: UUID | None
    is_first_page: bool


def log_rests(client: Client, today: date) -> bool:
    """Whether a clinician has decided that neither walking nor running suits the client now.

    Then nothing invites them to move: no form, no ideas. What was logged stays theirs to read.
    """
    return not any(
        one.code != "not_suited" for one in standings(client, today) if one.mode != Clearance.Mode.SIT
    )


def saved_page(run: RunLog, reader_id: int | None) -> SavedPage:
    return SavedPage(
        row=entry_row(run, reader_id), words=_gentle_words(run), is_very_low=run.mood_after == LOWEST_MOOD
    )


def last_days(client: Client, member: Member, now: datetime) -> list[Day]:
    """The last fourteen days, today included, oldest first."""
    today = timezone.localdate(now)
    first = today - timedelta(days=LAST_DAYS - 1)
    held = presence(runs_on_days(client, first, today, member), session_days(client, member, first, today))
    return [held.get(first + timedelta(days=step), Day.BLANK) for step in range(LAST_DAYS)]


def history(client: Client, member: Member, now: datetime, first: date, after: RunLog | None) -> History:
    """The month that begins on `first`, from the entry that comes after `after`."""
    last = _next_month(first) - timedelta(days=1)
    runs = runs_on_days(client, last - MOOD_WINDOW, last, member)
    held = presence(
        (run for run in runs if run.local_day >= first), session_days(client, member, first, last)
    )
    all_rows = RunLog.objects.visible_to(member).filter(client=client)
    rows, next_after = _page(all_rows.between(_midnight(first), _midnight(_next_month(first))), member, after)
    return History(
        first=first,
        month=_month(first, timezone.localdate(now), held),
        showed_up=_showed_up(first, held),
        rows=rows,
        next_after=next_after,
        older=_month_of(all_rows.filter(started_at__lt=_midnight(first)).newest_first().first()),
        newer=_month_of(
            all_rows.filter(started_at__gte=_midnight(_next_month(first))).newest_first().reverse().first()
        ),
        mood=mood_figure(moods(runs)),
    )


def client_log(client: Client, member: Member, now: datetime, after: RunLog | None) -> ClientLog:
    """Twelve weeks as pictures, and all entries a page at a time."""
    today = timezone.localdate(now)
    since = today - STAFF_WEEKS - timedelta(days=today.weekday())
    runs = runs_on_days(client, since, today, member)
    strip = weeks(runs, since, today, session_days(client, member, since, today))
    rows, next_after = _page(RunLog.objects.visible_to(member).filter(client=client), member, after)
    finding = _days_finding(runs)
    return ClientLog(
        week_svg=charts.week_strip(strip, label=finding),
        week_table=charts.week_table(strip),
        finding=finding,
        mood=mood_figure(moods(runs)),
        rows=rows,
        next_after=next_after,
        is_first_page=after is None,
    )


def mood_figure(change: MoodChange) -> MoodFigure | None:
    """The picture, or None while no entry has both moods: then nothing is drawn."""
    if not change.pairs:
        return None
    return MoodFigure(
        svg=charts.mood_dumbbell(change),
        finding=charts.mood_finding(change),
        note=charts.mood_note(change),
        table=charts.mood_table(change),
    )


def _gentle_words(run: RunLog) -> str:
    if run.activity == Activity.REST:
        return _("Rest is part of this.")
    if run.minutes is not None and run.minutes <= FEW_MINUTES:
        return _("Five minutes counts.")
    return _("You showed up.")


def _page(rows: RunLogQuerySet, member: Member, after: RunLog | None) -> tuple[list[EntryRow], UUID | None]:
    """A page of entries after one of them, and the entry after which the next page begins, if there is one."""
    ordered = (rows if after is None else rows.before(after)).select_related("logged_by").newest_first()
    found = list(ordered[: A_PAGE + 1])
    shown = [entry_row(run, member.pk) for run in found[:A_PAGE]]
    return shown, shown[-1].uid if len(found) > A_PAGE else None


def _month(first: date, today: date, held: dict[date, Day]) -> list[list[MonthCell | None]]:
    return [
        [_cell(day, today, held) if day.month == first.month else None for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]


def _cell(day: date, today: date, held: dict[date, Day]) -> MonthCell:
    if day > today and day not in held:
        return MonthCell(on=day, stone=[], word="")
    kind = held.get(day, Day.BLANK)
    words = {
        Day.MOVED: _("moved"),
        Day.SESSION: _("session"),
        Day.REST: _("rest, chosen"),
        Day.BLANK: _("nothing recorded"),
    }
    return MonthCell(on=day, stone=[kind], word=words[kind])


def _showed_up(first: date, held: dict[date, Day]) -> str:
    """Counts movement, sessions and chosen rest alike; says nothing of the days between."""
    count, month = len(held), date_format(first, "F")
    if not count:
        return _("Nothing to catch up on.")
    said = ngettext(
        "You showed up on %(count)d day in %(month)s.", "You showed up on %(count)d days in %(month)s.", count
    )
    return said % {"count": count, "month": month}


def _days_finding(runs: Sequence[RunLog]) -> str:
    moved = len({run.local_day for run in runs if run.activity != Activity.REST})
    rested = len({run.local_day for run in runs if run.activity == Activity.REST})
    if not moved and not rested:
        return _("Nothing shared in the last twelve weeks")
    return _("Last twelve weeks: moved on %(moved)d days, chose rest on %(rested)d") % {
        "moved": moved,
        "rested": rested,
    }


def _month_of(run: RunLog | None) -> date | None:
    return timezone.localdate(run.started_at).replace(day=1) if run else None


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
