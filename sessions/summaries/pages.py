"""What the pages about summaries show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clients.record.models import Client
from practice.encryption import reading
from practice.jobs.models import Job
from practice.people.models import Member
from practice.web import charts
from practice.web.charts import ChartTable
from practice.web.refusals import Words
from sessions.notes.models import Note
from sessions.summaries.document import Document, thawed
from sessions.summaries.models import Summary


@dataclass(frozen=True, kw_only=True)
class JobCard:
    """How far the work is, for components/job_progress.html."""

    id: str
    state: str
    progress: int
    step: str
    error: str
    result_url: str
    poll_url: str

    @property
    def is_under_way(self) -> bool:
        return self.state in {Job.State.WAITING, Job.State.RUNNING}


@dataclass(frozen=True, kw_only=True)
class SummaryCard:
    """One summary in a list or at the top of its page."""

    uid: str
    url: str
    take_url: str
    client_name: str
    client_uid: str
    reference: str
    version: int
    audience: Words
    since: date
    until: date
    asked_by: str
    asked_at: datetime
    made_at: datetime | None
    pages: int | None
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A picture with the sentence that it shows and its numbers as a table."""

    finding: str
    svg: SafeString
    table: ChartTable
    note: str = ""


def job_card(job: Job, summary: Summary) -> JobCard:
    return JobCard(
        id=str(job.uid),
        state=job.state,
        progress=job.progress,
        step=job.step,
        error=job.problem,
        result_url="",
        poll_url=reverse("summary_progress", args=[summary.uid]),
    )


def summary_card(summary: Summary) -> SummaryCard:
    return SummaryCard(
        uid=str(summary.uid),
        url=reverse("summary", args=[summary.uid]),
        take_url=reverse("take_summary", args=[summary.uid]),
        client_name=summary.client.name,
        client_uid=str(summary.client.uid),
        reference=summary.client.reference,
        version=summary.version,
        audience=summary.get_audience_display(),
        since=summary.since,
        until=summary.until,
        asked_by=summary.asked_by.name,
        asked_at=summary.asked_at,
        made_at=summary.made_at,
        pages=summary.pages,
        sha256=summary.sha256,
    )


def document_of(summary: Summary) -> Document | None:
    """What a finished summary says, as it was frozen."""
    snapshot = reading.part(summary, "snapshot", None)
    return thawed(Document, snapshot) if snapshot else None


def figures_of(document: Document) -> Sequence[Figure]:
    """The pictures of the document, drawn for the screen."""
    figures = [
        Figure(finding=series.finding, svg=charts.measure_chart(series), table=charts.measure_table(series))
        for series in document.measures
    ]
    if document.weeks:
        strip = charts.week_strip(document.weeks, label=document.weeks_label)
        figures.append(
            Figure(finding=_("Moving and resting"), svg=strip, table=charts.week_table(document.weeks))
        )
    if document.moods:
        figures.append(
            Figure(
                finding=charts.mood_finding(document.moods),
                svg=charts.mood_dumbbell(document.moods),
                table=charts.mood_table(document.moods),
                note=charts.mood_note(document.moods),
            )
        )
    return figures


def last_plan(client: Client, member: Member) -> str:
    """The plan of the newest signed note that the member may read, to start from."""
    notes = Note.objects.visible_to(member).filter(session__client=client, signed_at__isnull=False)
    newest = notes.order_by("-session__starts_at", "-pk").only("uid", "body").first()
    return str(reading.part(newest, "body", {}).get("plan", "")) if newest else ""
