"""One row per thing that happened. Rows are only ever added; the database refuses the rest, whoever asks.

`AuditEvent` is the trail. `TrailCounter` numbers its rows, `TrailSeal` chains them, `TrailCheck` keeps what a look at the
whole chain found, `TrailKey` is the secret of the seals. See docs/trail.md.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practice.audit.querysets import AuditQuerySet, CheckQuerySet


class AuditEvent(models.Model):
    """Without foreign keys, so that nothing can take a line of the trail away with it.

    `shard`, `number` and `transaction` are set by the database: `number` counts without gaps within its shard.
    """

    class Stream(models.TextChoices):
        ACT = "act", _("What people did")
        CHANGE = "change", _("What changed in the database")

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Did not work")
        CUT = "cut", _("Cut off")

    uid = models.UUIDField(default=uuid4, editable=False)
    at = models.DateTimeField()
    stream = models.CharField(max_length=6, choices=Stream.choices, default=Stream.ACT)
    member_uid = models.UUIDField(null=True)
    member_name = models.CharField(max_length=120)
    member_roles = models.CharField(max_length=60, default="")
    action = models.SlugField(max_length=48, db_index=False)
    outcome = models.CharField(max_length=7, choices=Outcome.choices, default=Outcome.DONE)
    reason = models.CharField(max_length=120, default="")
    subject = models.CharField(max_length=48)
    subject_uid = models.UUIDField(null=True)
    client_uid = models.UUIDField(null=True)
    client_reference = models.CharField(max_length=12, default="")
    address = models.CharField(max_length=45, default="")
    device = models.CharField(max_length=60, default="")
    request = models.CharField(max_length=32, default="")
    detail = models.JSONField(default=dict)
    transaction = models.BigIntegerField(default=0, editable=False)
    shard = models.PositiveSmallIntegerField(default=0, editable=False)
    number = models.BigIntegerField(default=0, editable=False)

    objects = AuditQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="trail_numbers_are_taken_once", fields=["shard", "number"]),
            models.CheckConstraint(name="trail_line_has_a_number", condition=Q(number__gt=0)),
        ]
        indexes = [
            models.Index(fields=["stream", "-at", "-uid"], name="trail_newest"),
            models.Index(
                fields=["client_reference", "stream", "-at", "-uid"],
                name="trail_by_client",
                condition=~Q(client_reference=""),
            ),
            models.Index(
                fields=["member_uid", "-at", "-uid"], name="trail_by_member", condition=Q(stream="act")
            ),
            models.Index(fields=["action", "-at", "-uid"], name="trail_by_action", condition=Q(stream="act")),
            models.Index(fields=["-at", "-uid"], name="trail_not_done", condition=~Q(outcome="done")),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class TrailCounter(models.Model):
    """The last number given in a shard. Only the database's own trigger writes here."""

    shard = models.PositiveSmallIntegerField(primary_key=True)
    last = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.shard}: {self.last}"


class TrailSeal(models.Model):
    """One link of the chain: HMAC-SHA256 over the link before and the whole line it seals. `number` has no gaps."""

    number = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    shard = models.PositiveSmallIntegerField()
    event_number = models.BigIntegerField()
    seal = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="trail_line_is_sealed_once", fields=["shard", "event_number"], include=["number"]
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class TrailCheck(models.Model):
    """What a look at the whole trail found. `fault` is a code of `practice.audit.faults`, "" when all was there."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    at = models.DateTimeField()
    sealed = models.BigIntegerField()
    unsealed = models.BigIntegerField()
    milliseconds = models.PositiveIntegerField()
    fault = models.SlugField(max_length=32, db_index=False)
    where = models.JSONField(default=dict)

    objects = CheckQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="trail_checks_newest")]

    def __str__(self) -> str:
        return self.fault or "intact"


class TrailKey(models.Model):
    """The secret of the seals, itself sealed with a key that is not in the database."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    sealed = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(name="trail_key_is_the_only_one", condition=Q(only=True))]

    def __str__(self) -> str:
        return "the key of the trail"
