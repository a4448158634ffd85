"""The beat's door to the versions of questionnaires."""

from django.utils import timezone

from clients.questionnaires.actions import notice_versions
from practice.celery import app


@app.task
def look_for_new_versions() -> None:
    """Ask for a new look wherever a questionnaire that a decision rests on has changed."""
    notice_versions(now=timezone.now())
