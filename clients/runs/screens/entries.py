"""What a page, a PDF or a chart says about the log. Staff see what the client shares, the client all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from clients.record.models import Client
from clients.runs.choices import Activity, Context, Effort
from clients.runs.models import RunLog
from practice.contributions import timeline
from practice.people.models import Member
from practice.web.charts import Day, MoodChange, MoodPair, Week

WEEK = 7
ICONS = {
    Activity.WALK: "footprints",
    Activity.RUN: "footprints",
    Activity.RUN_WALK: "footprints",
    Activity.STEPPED_OUTSIDE: "sun",
    Activity.REST: "armchair",
    Activity.OTHER: "plus",
}
FIGURES = {Activity.WALK: "walk", Activity.RUN: "run", Activity.RUN_WALK: "run_walk"}


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """One entry in words. `started_at` is what the clock of the place showed; `figure` is "" where `icon` is drawn instead.

    `logged_by` is "" when the client wrote it; None stands for what was not said.
    """

    uid: UUID
    on: date
    started_at: datetime
    what: str
    figure: str
    icon: str
    minutes: int | None
    mood_before: int | None
    mood_after: int | None
    effort: str
    distance_m: int | None
    context: tuple[str, ...]
    journal: str
    is_shared: bool
    logged_by: str
    may_change: bool


def entry_row(run: RunLog, reader_id: int | None) -> EntryRow:
    """The row as the member with this key reads it. Ask with the writer joined (`select_related("logged_by")`)."""
    activity = Activity(run.activity)
    return EntryRow(
        uid=run.uid,
        on=run.local_day,
        started_at=run.local_start.replace(tzinfo=None),
        what=str(activity.label),
        figure=FIGURES.get(activity, ""),
        icon=ICONS[activity],
        minutes=run.minutes,
        mood_before=run.mood_before,
        mood_after=run.mood_after,
        effort=str(Effort(run.effort).label) if run.effort else "",
        distance_m=run.distance_m,
        context=tuple(str(Context(value).label) for value in run.context if value in Context.values),
        journal=run.journal,
        is_shared=run.share,
        logged_by="" if run.logged_by.is_client else run.logged_by.name,
        may_change=run.logged_by_id == reader_id,
    )


def runs_on_days(client: Client, since: date, until: date, member: Member) -> list[RunLog]:
    """What `member` may see of these days, both included, each the day it was for the client; newest first."""
    rows = RunLog.objects.visible_to(member).filter(client=client).around_days(since, until)
    near = rows.select_related("logged_by").newest_first()
    return [run for run in near if since <= run.local_day <= until]


def entries(client: Client, since: date, until: date, member: Member) -> list[EntryRow]:
    """The entries of these days, both included, newest first, for a page or a PDF."""
    return [entry_row(run, member.pk) for run in runs_on_days(client, since, until, member)]


def weeks_of(
    client: Client,
    since: date,
    until: date,
    member: Member,
    session_days: Collection[date] | Mapping[date, int] = frozenset(),
) -> list[Week]:
    """Weeks from Monday, oldest first, that cover `since` to `until`, both included.

    `session_days` are the days with a session that took place; a mapping also gives their minutes.
    """
    return weeks(runs_on_days(client, since, until, member), since, until, session_days)


def mood_change(client: Client, since: date, until: date, member: Member) -> MoodChange:
    """Mood before and after each entry of these days, both included, that has both."""
    return moods(runs_on_days(client, since, until, member))


def weeks(
    runs: Iterable[RunLog],
    since: date,
    until: date,
    session_days: Collection[date] | Mapping[date, int] = frozenset(),
) -> list[Week]:
    """The same from rows that are at hand."""
    held = presence(runs, session_days)
    minutes: dict[date, int] = defaultdict(int)
    for run in runs:
        minutes[run.local_day] += run.minutes or 0
    first = since - timedelta(days=since.weekday())
    starts = [first + timedelta(days=step) for step in range(0, (until - first).days + 1, WEEK)]
    return [_week(starts_on, held, minutes, session_days) for starts_on in starts]


def moods(runs: Sequence[RunLog]) -> MoodChange:
    """The same from rows that are at hand, newest first. Rest has no before and after, and is not counted."""
    outings = [run for run in runs if run.activity != Activity.REST]
    pairs = [
        MoodPair(
            on=run.local_day,
            what=str(Activity(run.activity).label),
            before=run.mood_before,
            after=run.mood_after,
        )
        for run in outings
        if run.mood_before is not None and run.mood_after is not None
    ]
    return MoodChange(pairs=pairs, entries=len(outings))


def presence(runs: Iterable[RunLog], session_days: Collection[date] = frozenset()) -> dict[date, Day]:
    """What each day holds. A session outshines own movement, and movement a rest on the same day."""
    held: dict[date, Day] = {}
    for run in runs:
        if run.activity != Activity.REST:
            held[run.local_day] = Day.MOVED
        else:
            held.setdefault(run.local_day, Day.REST)
    return held | dict.fromkeys(session_days, Day.SESSION)


def session_days(client: Client, member: Member, since: date, until: date) -> frozenset[date]:
    """The days, both included, of sessions that took place: those the floor above shows without a badge."""
    first = timezone.make_aware(datetime.combine(since, time.min))
    last = timezone.make_aware(datetime.combine(until, time.max))
    found = timeline(client, member, first, last)
    held = (item for item in found if item.kind == "session" and not item.badge)
    return frozenset(timezone.localdate(item.at) for item in held)


def _week(
    starts_on: date,
    held: Mapping[date, Day],
    minutes: Mapping[date, int],
    session_days: Collection[date] | Mapping[date, int],
) -> Week:
    days = [starts_on + timedelta(days=step) for step in range(WEEK)]
    given = session_days if isinstance(session_days, Mapping) else {}
    return Week(
        starts_on=starts_on,
        days=[held.get(day, Day.BLANK) for day in days],
        session_minutes=sum(given.get(day, 0) for day in days),
        own_minutes=sum(minutes.get(day, 0) for day in days),
    )
