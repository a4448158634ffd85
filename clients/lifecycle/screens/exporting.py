"""A copy, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.lifecycle.actions.exporting import job_of
from clients.lifecycle.models import Export
from clients.record.models import Client
from practice.jobs.models import Job
from practice.people.models import Member
from practice.web.refusals import Words

BADGES = {
    "ready": "clear",
    "taken": "plain",
    "over": "plain",
    "making": "info",
    "waiting": "due",
    "failed": "stop",
}
SHOWN = 5


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
class ExportCard:
    """`state` is waiting (for a second person), making, failed, ready, taken or over."""

    url: str
    uid: str
    kind: str
    kind_word: Words
    reference: str
    state: str
    state_word: str
    badge: str
    asked_by: str
    asked_at: datetime
    expires_at: datetime | None
    taken_at: datetime | None
    size: int
    sha256: str
    is_mine: bool


def export_card(export: Export, member: Member, now: datetime) -> ExportCard:
    state = _state(export, now)
    return ExportCard(
        url=reverse("export_file", args=[export.uid]),
        uid=str(export.uid),
        kind=export.kind,
        kind_word=export.get_kind_display(),
        reference=export.client.reference if export.client else "",
        state=state,
        state_word=_words(state),
        badge=BADGES[state],
        asked_by=export.asked_by.name,
        asked_at=export.asked_at,
        expires_at=export.expires_at,
        taken_at=export.taken_at,
        size=export.size or 0,
        sha256=export.sha256,
        is_mine=export.asked_by_id == member.pk,
    )


def _state(export: Export, now: datetime) -> str:
    if export.taken_at is not None:
        return "taken"
    if export.made_at is not None:
        return "over" if export.is_over(now) else "ready"
    if export.kind == Export.Kind.PRACTICE and export.confirmed_at is None:
        return "waiting"
    job = job_of(export)
    return "failed" if job is None or job.has_ended else "making"


def _words(state: str) -> str:
    return {
        "waiting": _("Waits for a second person"),
        "making": _("Being made"),
        "failed": _("Was not made"),
        "ready": _("Ready"),
        "taken": _("Taken"),
        "over": _("Gone after a day"),
    }[state]


def job_card(export: Export) -> JobCard | None:
    """The work on a copy that is not made yet."""
    job = job_of(export) if export.made_at is None else None
    if job is None:
        return None
    return JobCard(
        id=str(job.uid),
        state=job.state,
        progress=job.progress,
        step=job.step,
        error=job.problem,
        result_url="",
        poll_url=reverse("export_progress", args=[export.uid]),
    )


def earlier_exports(member: Member, client: Client | None, now: datetime) -> Sequence[ExportCard]:
    """The copies that this member asked for lately: of the client, or of the practice."""
    rows = Export.objects.visible_to(member).filter(client=client).light()
    shown = rows if client is None else rows.filter(asked_by=member)
    return [export_card(row, member, now) for row in shown[:SHOWN]]
