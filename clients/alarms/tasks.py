"""The doorbell of an alarm, and the beat that rings again where it was lost."""

from django.utils import timezone

from clients.alarms import actions
from practice.celery import app


@app.task
def call_somebody() -> None:
    """Send the letters that wait."""
    actions.call_whoever_must_hear(now=timezone.now())
