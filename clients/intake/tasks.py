"""What the beat does for drafts and links."""

from django.utils import timezone

from clients.intake import actions
from practice.celery import app


@app.task
def send_links() -> None:
    """Send what waits; the doorbell of somebody who asked for a link, and of the beat."""
    actions.send_waiting(now=timezone.now())


@app.task
def keep_drafts() -> None:
    """Announce and erase drafts, and send links whose doorbell was lost."""
    now = timezone.now()
    actions.send_waiting(now=now)
    actions.keep_drafts(now=now)
