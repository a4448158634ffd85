"""The beat's door to the calendar."""

from django.utils import timezone

from clients.rescreening.daily import look_at_everybody
from practice.celery import app


@app.task
def look_again() -> None:
    """Find the decisions that have run out and the breaks that have become long."""
    look_at_everybody(now=timezone.now())
