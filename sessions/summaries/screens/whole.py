"""A whole summary in words, as much of it as the audience is told."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from clients.runs.screens import moods
from sessions.summaries.document import Document, Fact, Text
from sessions.summaries.models import Summary
from sessions.summaries.rules import NAMED_TO, ROOMS, Part, Room, weeks_between
from sessions.summaries.screens.attendance import boxes
from sessions.summaries.screens.gathering import Gathered
from sessions.summaries.screens.measures import measure_rows, shown_series
from sessions.summaries.screens.movement import moods_said, shown_weeks, weeks_label, weeks_said
from sessions.summaries.screens.words import day_words, moment_words, quotes, sources, text


def documents(found: Gathered) -> Iterator[Document]:
    """The summary in every room, from the most generous down."""
    return (_document(found, room) for room in ROOMS)


def _document(found: Gathered, room: Room) -> Document:
    summary = found.summary
    parts, shown = found.parts, shown_series(found)
    strip, all_weeks = shown_weeks(found, room)
    pairs = moods(found.runs) if Part.MOOD in parts else None
    said, quotes_said = quotes(found, room)
    return Document(
        language=get_language() or "en",
        title=_("Summary %(reference)s, version %(version)d") % _numbers(summary),
        kicker=_kicker(summary),
        heading=summary.client.name if summary.audience in NAMED_TO else summary.client.reference,
        period=_period(summary),
        practice=found.practice.name if found.practice else "Towpath",
        running=_("%(reference)s · version %(version)d · prepared %(day)s") % _numbers(summary),
        who=_who(summary),
        shows=tuple(sorted(parts)),
        why=text(summary.client.focus, room) if Part.WHY in parts else Text(),
        boxes=tuple(boxes(found)),
        measures=tuple(shown[: room.charts]),
        measure_rows=tuple(measure_rows(shown)),
        measures_said=_("No forms came in during this period.")
        if Part.MEASURES in parts and not shown
        else "",
        weeks=tuple(strip),
        weeks_label=weeks_label(strip),
        weeks_said=weeks_said(found, strip, all_weeks),
        moods=pairs if pairs and pairs.pairs else None,
        moods_said=moods_said(pairs),
        quotes=tuple(said),
        quotes_said=quotes_said,
        plan=text(summary.plan, room) if Part.PLAN in parts else Text(),
        questions=text(summary.questions, room) if Part.QUESTIONS in parts else Text(),
        signature=summary.asked_by.name,
        signed=_("prepared with Towpath, %s") % moment_words(summary.asked_at),
        sources=tuple(sources(found)),
    )


def _numbers(summary: Summary) -> dict[str, str | int]:
    return {
        "reference": summary.client.reference,
        "version": summary.version,
        "day": day_words(timezone.localdate(summary.asked_at)),
    }


def _kicker(summary: Summary) -> str:
    return {
        "supervision": _("Progress summary for supervision"),
        "review": _("Progress summary for case review"),
        "client": _("What we did together"),
        "referrer": _("Progress summary for the referrer"),
    }[summary.audience]


def _period(summary: Summary) -> str:
    count = weeks_between(summary.since, summary.until)
    is_one_year = summary.since.year == summary.until.year
    since = date_format(summary.since, "j F") if is_one_year else day_words(summary.since)
    values = {"since": since, "until": day_words(summary.until), "count": count}
    return (
        ngettext("%(since)s to %(until)s · %(count)d week", "%(since)s to %(until)s · %(count)d weeks", count)
        % values
    )


def _who(summary: Summary) -> tuple[Fact, ...]:
    is_named = summary.audience in NAMED_TO
    identity = _("name, %s") % summary.client.reference if is_named else _("reference only")
    return (
        Fact(word=_("Prepared by"), value=summary.asked_by.name),
        Fact(word=_("For"), value=str(summary.get_audience_display())),
        Fact(word=_("Identity"), value=identity),
        Fact(word=_("Prepared"), value=moment_words(summary.asked_at)),
    )
