"""How often a measure is asked of a client, and the days on which it was due."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.measures.querysets import OccasionQuerySet, PlanQuerySet
from clients.measures.rules import Rhythm
from clients.record.models import Client
from clients.screening.models import Screening
from practice.people.models import Member

MOST = 52
"""The longest rhythm: a year of weeks, or as many sessions."""


class MeasurePlan(models.Model):
    """One measure, asked of one client every so many weeks or after every so many sessions.

    `paused_on` is the first day of rest, `resumes_on` the first day after it (None: until somebody says so).
    `shared`: the client may read on their own page, in words, whether it changed. An ended plan stays as it was.
    """

    class Unit(models.TextChoices):
        SESSIONS = "sessions", _("sessions")
        WEEKS = "weeks", _("weeks")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="measure_plans")
    instrument = models.SlugField(max_length=40)
    every = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=8, choices=Unit.choices)
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    paused_on = models.DateField(null=True, blank=True)
    resumes_on = models.DateField(null=True, blank=True)
    shared = models.BooleanField(default=False)
    set_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_plan_per_measure", fields=["client", "instrument"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="measure_plan_has_a_rhythm", condition=Q(every__gte=1, every__lte=MOST)
            ),
            models.CheckConstraint(
                name="measure_plan_unit_is_known", condition=Q(unit__in=["sessions", "weeks"])
            ),
            models.CheckConstraint(
                name="measure_plan_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="measure_plan_resumes_after_it_paused",
                condition=Q(resumes_on=None) | Q(paused_on__isnull=False, resumes_on__gt=F("paused_on")),
            ),
            models.CheckConstraint(
                name="measure_plan_ended_at_and_by_go_together",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} every {self.every} {self.unit}"

    @property
    def rhythm(self) -> Rhythm:
        """The plan as the arithmetic reads it."""
        return Rhythm(
            every=self.every,
            unit=self.unit,
            starts_on=self.starts_on,
            until=self.until,
            paused_on=self.paused_on,
            resumes_on=self.resumes_on,
        )


class MeasureOccasion(models.Model):
    """A day on which a measure was due, and the set of questions in which it was asked. Never changed.

    Where that set still waited from the time before, it is named again: nothing is sent twice. `screening` is None
    once that set is gone.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    plan = models.ForeignKey(MeasurePlan, on_delete=models.CASCADE, related_name="occasions")
    due_on = models.DateField()
    noted_at = models.DateTimeField()
    screening = models.ForeignKey(
        Screening, on_delete=models.SET_NULL, null=True, blank=True, related_name="measure_occasions"
    )

    objects = OccasionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="a_measure_is_due_once_a_day", fields=["plan", "due_on"]),
        ]

    def __str__(self) -> str:
        return f"due {self.due_on}"
