"""Looking at the whole trail as a piece of background work."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from practice.audit.actions import check_trail
from practice.jobs import actions as jobs
from practice.jobs.models import Job
from practice.people.models import Member

KIND = "trail_check"


def register() -> None:
    jobs.register(KIND, _work)


def ask_check(*, by: Member, now: datetime) -> Job:
    """Have the whole trail looked at. One look at a time: asked twice, the first one answers."""
    standing = under_way().first()
    return standing or jobs.ask(kind=KIND, subject_uid=by.uid, by=by, now=now)


def under_way() -> QuerySet[Job]:
    return Job.objects.filter(kind=KIND, ended_at=None).order_by("pk")


def _work(job: Job, tell: jobs.Progress) -> None:
    tell(10, _("Looking at every line"))
    check_trail(by=job.asked_by, now=timezone.now())
