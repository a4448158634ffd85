"""The beat's door to what is due. It asks by day, so that no letter comes at night."""

from django.utils import timezone

from clients.measures.actions import send_everything_due
from practice.celery import app

FIRST_HOUR, LAST_HOUR = 8, 19


@app.task
def send_measures() -> None:
    """Ask everybody what is due. Asked again within a day, nothing happens twice."""
    now = timezone.now()
    if FIRST_HOUR <= timezone.localtime(now).hour <= LAST_HOUR:
        send_everything_due(now=now)
