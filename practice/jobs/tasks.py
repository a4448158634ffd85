"""Celery's doors to the job rows."""

from celery import shared_task
from django.utils import timezone

from practice.jobs import actions
from practice.jobs.models import Job


@shared_task
def work_through() -> None:
    """Do everything that waits: one ring of the doorbell may serve many jobs."""
    while actions.do_one(timezone.now()):
        pass


@shared_task
def sweep() -> None:
    """Say that a worker is alive, and do what a lost doorbell or a killed worker left behind."""
    now = timezone.now()
    actions.beat(name="worker", now=now)
    if Job.objects.to_do(now).exists():
        work_through()
