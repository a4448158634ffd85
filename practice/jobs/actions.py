"""Ask for work, do it, and tell how far it is."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from practice.audit import record
from practice.jobs import limits
from practice.jobs.models import Job, WorkerHeartbeat
from practice.people.models import Member
from practice.web.refusals import Refused

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Hands a job's own step and percentage to whoever watches, renews its lease and the time of a step."""

    job: Job

    def __call__(self, percent: int, step: str) -> None:
        limits.next_step()
        Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING).update(
            progress=percent, step=step, leased_until=timezone.now() + LEASE
        )


Work = Callable[[Job, Progress], None]
_kinds: dict[str, Work] = {}
_warmings: list[Callable[[], None]] = []


def register(kind: str, work: Work, *, warm: Callable[[], None] | None = None) -> None:
    """Say what does the work of a kind. `work` may run twice and must have the effect of once.

    `warm` is called once in each worker before its first job: slow imports, fonts.
    """
    _kinds[kind] = work
    if warm is not None and warm not in _warmings:
        _warmings.append(warm)


def warm_up() -> None:
    """Let everything that is slow the first time be slow now."""
    for warm in _warmings:
        warm()


@transaction.atomic
def ask(*, kind: str, subject_uid: UUID, by: Member, now: datetime) -> Job:
    """Put a piece of work in the row; the doorbell rings when the transaction is through."""
    job = Job.objects.create(kind=kind, subject_uid=subject_uid, asked_by=by, asked_at=now)
    record("job_asked", on=job, by=by, at=now, kind=kind)
    transaction.on_commit(partial(_ring, job.pk))
    return job


def _ring(job_id: int) -> None:
    from practice.jobs.tasks import work_through  # noqa: PLC0415 - the task calls back into this module

    try:
        work_through.delay()
    except Exception:  # noqa: BLE001 - a dead broker loses a doorbell, never a job: the sweeper rings again
        log.warning("doorbell unanswered for job %s", job_id)


def do_one(now: datetime) -> bool:
    """Take the oldest job that nobody is doing and do it. False when there is none."""
    job = _lease(now)
    if job is None:
        return False
    try:
        with limits.limited():
            _kinds[job.kind](job, Progress(job=job))
    except Refused as refusal:
        _end(job, Job.State.FAILED, problem=str(refusal))
    except limits.OutOfTime:
        log.error("job %s of kind %s took too long", job.uid, job.kind)  # noqa: TRY400 - where it was says nothing
        _end(job, Job.State.FAILED, problem=_("This took too long and was stopped. Please try again."))
    except Exception:  # whatever broke, the row says so and the worker goes on
        log.exception("job %s of kind %s failed", job.uid, job.kind)
        _end(
            job,
            Job.State.FAILED,
            problem=_("Something went wrong on our side. Nothing was lost; please try again."),
        )
    else:
        _end(job, Job.State.DONE)
    return True


@transaction.atomic
def _lease(now: datetime) -> Job | None:
    job = Job.objects.to_do(now).select_for_update(skip_locked=True).first()
    if job is None:
        return None
    if job.attempts >= MOST_ATTEMPTS:
        _end(job, Job.State.FAILED, problem=_("This was tried several times and did not finish."))
        return None
    job.state, job.attempts, job.leased_until = Job.State.RUNNING, job.attempts + 1, now + LEASE
    job.save(update_fields=["state", "attempts", "leased_until"])
    return job


def _end(job: Job, state: Job.State, *, problem: str = "") -> None:
    progress = 100 if state == Job.State.DONE else job.progress
    Job.objects.filter(pk=job.pk).update(
        state=state, problem=problem[:200], ended_at=timezone.now(), progress=progress, leased_until=None
    )


def beat(*, name: str, now: datetime) -> None:
    """A worker says that it is alive."""
    WorkerHeartbeat.objects.update_or_create(name=name, defaults={"beat_at": now})
