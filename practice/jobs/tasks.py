"""Celery's doors to the job rows."""

from typing import Any

from celery.signals import worker_init
from django.utils import timezone

from practice.celery import app
from practice.encryption.starting import refuse_to_start_without_keys
from practice.jobs import actions
from practice.jobs.models import Job


@app.task
def work_through() -> None:
    """Do everything that waits: one ring of the doorbell may serve many jobs."""
    while actions.do_one(timezone.now()):
        pass


@app.task
def sweep() -> None:
    """Say that a worker is alive, and do what a lost doorbell or a killed worker left behind."""
    now = timezone.now()
    actions.beat(name="worker", now=now)
    if Job.objects.to_do(now).exists():
        work_through()


@worker_init.connect
def look_at_keys(**_signal: Any) -> None:
    """A worker that could not open every record takes no job."""
    refuse_to_start_without_keys()


@worker_init.connect
def warm_up(**_signal: Any) -> None:
    """A worker is warm before it takes its first job."""
    actions.warm_up()
