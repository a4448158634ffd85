"""Weeks of moving and resting, and mood before and after."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.runs.screens import weeks
from practice.web.charts import MoodChange, Week, week_table
from practice.web.charts.mood import MOST_ROWS
from sessions.booking.models import TherapySession
from sessions.summaries.rules import Part, Room
from sessions.summaries.screens.gathering import Gathered


def shown_weeks(found: Gathered, room: Room) -> tuple[list[Week], int]:
    """The latest weeks that fit, and how many there are in all. None where nothing is recorded."""
    if Part.MOVEMENT not in found.parts:
        return [], 0
    days: Counter[date] = Counter()
    for session in found.sessions:
        if session.state == TherapySession.State.COMPLETED:
            minutes = (session.ends_at - session.starts_at) // timedelta(minutes=1)
            days[timezone.localdate(session.starts_at)] += minutes
    if not days and not found.runs:
        return [], 0
    strip = weeks(found.runs, found.summary.since, found.summary.until, days)
    return strip[-room.weeks :], len(strip)


def weeks_label(strip: Sequence[Week]) -> str:
    """What the strip shows, for the reader who does not see it: a sentence a week."""
    rows = week_table(strip).rows
    return "; ".join(
        _("week of %(week)s: %(sessions)s sessions, moved on %(moved)s days, rest on %(rest)s")
        % {"week": row[0], "sessions": row[1], "moved": row[2], "rest": row[3]}
        for row in rows
    )


def weeks_said(found: Gathered, strip: Sequence[Week], all_weeks: int) -> str:
    if Part.MOVEMENT not in found.parts:
        return ""
    if not strip:
        return _("Nothing was recorded in this period.")
    more = all_weeks - len(strip)
    return (
        ngettext("%d earlier week not shown.", "%d earlier weeks not shown.", more) % more if more > 0 else ""
    )


def moods_said(pairs: MoodChange | None) -> str:
    if pairs is None:
        return ""
    if not pairs.pairs:
        return _("No entry of this period has both moods.")
    more = len(pairs.pairs) - MOST_ROWS
    return (
        ngettext("%d earlier pair is not drawn.", "%d earlier pairs are not drawn.", more) % more
        if more > 0
        else ""
    )
