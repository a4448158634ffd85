"""The worker's door to exports, and what it tidies."""

from django.utils import timezone

from clients.lifecycle import actions, tombstones
from clients.lifecycle.models import Export
from practice.celery import app
from practice.jobs.actions import Progress
from practice.jobs.models import Job
from practice.people.acting import beyond_the_wall


def make_client_export(job: Job, tell: Progress) -> None:
    """Make the copy that a job names, as the member who asked for it. Twice has the effect of once."""
    actions.make_export(export=_export(job), tell=tell, now=timezone.now())


def make_practice_export(job: Job, tell: Progress) -> None:
    """Write the archive that a job names. Twice has the effect of once."""
    actions.make_practice_export(export=_export(job), tell=tell, now=timezone.now())


def _export(job: Job) -> Export:
    with beyond_the_wall("a worker is nobody until it has read who asked"):
        return Export.objects.select_related("client", "asked_by").defer("content").get(uid=job.subject_uid)


@app.task
def tidy() -> None:
    """Throw away copies that nobody took in their day, and write tombstones that the file has not got."""
    with beyond_the_wall("nobody asks: copies end by themselves"):
        actions.forget_left_behind(now=timezone.now())
        tombstones.append_missing()
