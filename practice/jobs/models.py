"""Background work as rows: what was asked, how far it is, what came of it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practice.jobs.querysets import JobQuerySet
from practice.people.models import Member


class Job(models.Model):
    """One piece of work. The row is the truth; a message to Celery is only a doorbell."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to start")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Did not work")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.SlugField(max_length=40)
    subject_uid = models.UUIDField()
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="jobs")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=80, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="job_progress_is_a_percentage", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="job_ended_at_goes_with_its_end",
                condition=Q(state__in=["done", "failed"], ended_at__isnull=False)
                | Q(state__in=["waiting", "running"], ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="job_runs_on_a_lease",
                condition=~Q(state="running") | Q(leased_until__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at", "id"], name="jobs_to_do", condition=Q(state__in=["waiting", "running"])
            ),
            models.Index(fields=["subject_uid"], name="jobs_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def has_ended(self) -> bool:
        return self.ended_at is not None


class WorkerHeartbeat(models.Model):
    """When a worker was last seen at work."""

    name = models.CharField(max_length=80, unique=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
