"""Reads a summary's period once: what the member who asks may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from clients.measures.screens import all_series
from clients.runs.models import RunLog
from clients.runs.screens import runs_on_days
from clients.screening.models import Response, SafetyAlert
from clients.screening.standing import Standing, standings
from practice.people.models import Practice
from practice.web.charts import MeasureSeries
from sessions.booking.models import TherapySession
from sessions.notes.models import Note
from sessions.summaries.models import Summary
from sessions.summaries.rules import PARTS, Part


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Everything that the period holds, before anything is left out."""

    summary: Summary
    practice: Practice | None
    sessions: Sequence[TherapySession]
    runs: Sequence[RunLog]
    series: Sequence[tuple[str, MeasureSeries]]
    standings: Sequence[Standing]
    alerts: Sequence[SafetyAlert]
    forms: int
    signed_notes: int

    @property
    def parts(self) -> frozenset[Part]:
        return PARTS[self.summary.audience]


def gathered(summary: Summary) -> Gathered:
    """Read the period once. Everything starts at what the member who asked may see, as of now."""
    client, member = summary.client, summary.asked_by
    first, last = _midnight(summary.since), _midnight(summary.until + timedelta(days=1))
    held = TherapySession.objects.visible_to(member).filter(client=client).between(first, last)
    runs = runs_on_days(client, summary.since, summary.until, member)
    alerts = SafetyAlert.objects.visible_to(member).filter(client=client, raised_at__gte=first)
    forms = Response.objects.visible_to(member).submitted().filter(screening__client=client)
    notes = Note.objects.visible_to(member).filter(session__in=held, signed_at__isnull=False)
    return Gathered(
        summary=summary,
        practice=Practice.objects.first(),
        sessions=list(held),
        runs=[run for run in runs if run.share],
        series=list(_series(summary)),
        standings=standings(client, timezone.localdate(summary.asked_at)),
        alerts=list(alerts.filter(raised_at__lt=last)),
        forms=forms.filter(submitted_at__gte=first, submitted_at__lt=last).count(),
        signed_notes=notes.count(),
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _series(summary: Summary) -> Iterator[tuple[str, MeasureSeries]]:
    if Part.MEASURES not in PARTS[summary.audience]:
        return
    yield from all_series(summary.client, summary.since, summary.until)
