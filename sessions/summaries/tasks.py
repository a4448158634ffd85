"""The worker's door to summaries."""

from django.utils import timezone

from practice.jobs.actions import Progress
from practice.jobs.models import Job
from sessions.summaries.actions import make_summary
from sessions.summaries.models import Summary


def work(job: Job, tell: Progress) -> None:
    """Make the summary that a job names. Twice has the effect of once."""
    rows = Summary.objects.select_related("client", "asked_by")
    make_summary(rows.get(uid=job.subject_uid), tell, now=timezone.now())
