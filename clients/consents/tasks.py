"""The worker's door: ask everybody for the new signature."""

from django.utils import timezone

from clients.consents.actions.asking import ask_everybody_again
from clients.consents.models import AgreementText
from practice.jobs.actions import Progress
from practice.jobs.models import Job


def work(job: Job, tell: Progress) -> None:
    """What a job of this kind does. Twice has the effect of once."""
    text = AgreementText.objects.get(uid=job.subject_uid)
    ask_everybody_again(text=text, tell=tell, by=job.asked_by, now=timezone.now())
