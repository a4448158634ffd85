"""The log between sessions."""

from dataclasses import fields
from datetime import date, datetime, timedelta, timezone
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clients.record.models import Client
from clients.runs.choices import Activity, Context, Effort
from clients.runs.querysets import RunLogQuerySet
from clients.runs.rules import RunEntry, local_day
from practice.encryption.fields import EncryptedText
from practice.people.models import Member

ENTRY_FIELDS = tuple(field.name for field in fields(RunEntry))


class RunLog(models.Model):
    """A walk, a run or a rest that the client wants remembered. Minutes are whole; distance is in metres.

    `started_at` is UTC; `utc_offset_minutes` is the offset it was meant in. `uid` is made by the client's
    device, so that sending twice is harmless; it is theirs alone, so another client's id says nothing.
    """

    Activity = Activity
    Effort = Effort
    Context = Context

    uid = models.UUIDField(default=uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="runs")
    logged_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    activity = models.CharField(max_length=16, choices=Activity.choices)
    started_at = models.DateTimeField()
    utc_offset_minutes = models.SmallIntegerField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    mood_before = models.PositiveSmallIntegerField(null=True, blank=True)
    mood_after = models.PositiveSmallIntegerField(null=True, blank=True)
    effort = models.CharField(max_length=10, choices=Effort.choices, blank=True)
    distance_m = models.PositiveIntegerField(null=True, blank=True)
    context = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    journal = EncryptedText(key="client", bound_to=("client_id", "uid"), blank=True)
    share = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = RunLogQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="run_is_sent_once_by_each_client", fields=["uid", "client"]),
            models.CheckConstraint(
                name="rest_has_no_minutes_and_the_others_have_1_to_1440",
                # an unknown number of minutes would make the second half unknown, which passes
                condition=Q(activity="rest", minutes=None)
                | (~Q(activity="rest") & Q(minutes__isnull=False, minutes__range=(1, 1440))),
            ),
            models.CheckConstraint(
                name="mood_is_1_to_5",
                condition=(Q(mood_before=None) | Q(mood_before__range=(1, 5)))
                & (Q(mood_after=None) | Q(mood_after__range=(1, 5))),
            ),
            models.CheckConstraint(
                name="run_offset_is_a_real_one", condition=Q(utc_offset_minutes__range=(-14 * 60, 14 * 60))
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-started_at", "-id"], name="runs_newest_first"),
            # a clinician's list over all clients in their care, without sorting everything they ever logged
            models.Index(fields=["-started_at", "-id"], name="runs_newest_of_all"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.uid}"

    @property
    def entry(self) -> RunEntry:
        """What the row says, as plain values."""
        values = {name: getattr(self, name) for name in ENTRY_FIELDS}
        return RunEntry(**values | {"context": tuple(self.context)})

    @property
    def local_start(self) -> datetime:
        """When it began, on the clock of the place where it began."""
        return self.started_at.astimezone(timezone(timedelta(minutes=self.utc_offset_minutes)))

    @property
    def local_day(self) -> date:
        return local_day(self.started_at, self.utc_offset_minutes)
