"""The worker's door to summaries."""

from django.utils import timezone

from practice.jobs.actions import Progress
from practice.jobs.models import Job
from practice.people.acting import acting_as
from sessions.summaries.actions import make_summary
from sessions.summaries.models import Summary


def work(job: Job, tell: Progress) -> None:
    """Make the summary that a job names, as the member who asked for it. Twice has the effect of once."""
    now = timezone.now()
    with acting_as(job.asked_by, now=now):
        summary = Summary.objects.select_related("client", "asked_by").get(uid=job.subject_uid)
    make_summary(summary, tell, now=now)
