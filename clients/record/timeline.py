"""What happened with a client, newest first, as far as the reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.record.models import Client
from practice import contributions
from practice.contributions import TimelineItem
from practice.people.models import Member
from practice.web import icons
from practice.web.templatetags.towpath import BADGES

WINDOW = timedelta(days=56)
AHEAD = timedelta(days=400)
KIND_WORDS: dict[str, str | Promise] = {
    "session": gettext_lazy("Session"),
    "note": gettext_lazy("Note"),
    "run": gettext_lazy("Log"),
    "screening": gettext_lazy("Questions"),
    "decision": gettext_lazy("Decision"),
    "alert": gettext_lazy("Safety"),
    "summary": gettext_lazy("Summary"),
    "consent": gettext_lazy("Agreement"),
}


@dataclass(frozen=True, kw_only=True)
class TimelineRow:
    """One thing that happened. `figure` is a way of moving to draw, else `icon`.

    `badge_kind` "" is no badge; `badge` "" its usual word.
    """

    at: datetime
    kind_word: str
    title: str
    text: str
    url: str
    figure: str
    icon: str
    badge: str
    badge_kind: str


@dataclass(frozen=True, kw_only=True)
class Month:
    """The rows of one month, newest first; what lies ahead comes under its own heading."""

    word: str
    rows: Sequence[TimelineRow]


@dataclass(frozen=True, kw_only=True)
class KindChip:
    """A filter over the timeline. `key` "" shows everything."""

    key: str
    word: str


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """What happened from `since`. `earlier` is the day before which one can read on, None at the beginning."""

    months: Sequence[Month]
    chips: Sequence[KindChip]
    kind: str
    since: date
    earlier: date | None


def timeline_of(client: Client, member: Member, now: datetime, kind: str, before: date | None) -> Timeline:
    """Eight weeks at a time: all that is ahead and the latest first, then back to the registration."""
    until = _until(client, before, now)
    first = timezone.localdate(until if before else now) - WINDOW
    since = _midnight(first)
    items = sorted(
        contributions.timeline(client, member, since, until), key=lambda item: item.at, reverse=True
    )
    kinds = {item.kind: _kind_word(item.kind) for item in items}
    shown = [item for item in items if not kind or item.kind == kind]
    return Timeline(
        months=_months(shown, now),
        chips=[KindChip(key=key, word=kinds[key]) for key in sorted(kinds, key=lambda key: kinds[key])],
        kind=kind,
        since=first,
        earlier=first if since > client.registered_at else None,
    )


def _until(client: Client, before: date | None, now: datetime) -> datetime:
    """The end of the window; a day before the record began, or beyond what can be booked, means that end."""
    if before is None:
        return now + AHEAD
    first, last = timezone.localdate(client.registered_at), timezone.localdate(now + AHEAD)
    return _midnight(min(max(before, first), last))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _months(items: Sequence[TimelineItem], now: datetime) -> list[Month]:
    def heading(item: TimelineItem) -> str:
        return _("Ahead") if item.at > now else date_format(timezone.localtime(item.at), "F Y")

    return [
        Month(word=word, rows=[_timeline_row(item) for item in group])
        for word, group in groupby(items, key=heading)
    ]


def _timeline_row(item: TimelineItem) -> TimelineRow:
    is_figure, badge = item.icon in icons.FIGURES, str(item.badge)
    return TimelineRow(
        at=item.at,
        kind_word="" if str(item.title).startswith(_kind_word(item.kind)) else _kind_word(item.kind),
        title=str(item.title),
        text=str(item.text),
        url=item.url,
        figure=item.icon if is_figure else "",
        icon=item.icon if not is_figure and item.icon in icons.symbols() else "circle-dot",
        badge="" if badge in BADGES else badge,
        badge_kind=badge if badge in BADGES else _tone(item) if badge else "",
    )


def _tone(item: TimelineItem) -> str:
    return item.tone if item.tone in BADGES else "plain"


def _kind_word(kind: str) -> str:
    return str(KIND_WORDS.get(kind, kind.replace("_", " ").capitalize()))
