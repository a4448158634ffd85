"""What leaves with a client or the practice, what is on its way out, what may not go, and what has gone."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.lifecycle.querysets import ErasureQuerySet, ExportQuerySet, HoldQuerySet, TombstoneQuerySet
from clients.lifecycle.rules import Policy
from clients.record.models import Client
from practice.encryption.fields import EncryptedBytes, EncryptedText
from practice.people.models import Member


class Reason(models.TextChoices):
    """Why a record goes. Codes, because the tombstone keeps them and says nothing about the person."""

    TIME_IS_OVER = "time_is_over", _("The time it had to be kept is over")
    CLIENT_ASKED = "client_asked", _("The client asked for it")
    MISTAKE = "mistake", _("It was made by mistake")


class Export(models.Model):
    """A copy that somebody asked for: of one client, or of the whole practice. Taken once, within a day.

    A client's copy is kept in `content`, sealed with the client's key. The practice's is kept in parts, sealed with
    `public_key`: whoever has the passphrase opens it, and Towpath has not. `sha256` and `size` are of the file.
    """

    class Kind(models.TextChoices):
        RECORD = "record", _("A client's record, for the care team")
        OWN = "own", _("The client's own copy")
        PRACTICE = "practice", _("Everything, for a move")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, null=True, blank=True, related_name="exports"
    )
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="exports")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    public_key = models.BinaryField(null=True, blank=True)
    salt = models.BinaryField(null=True, blank=True)
    content = EncryptedBytes(null=True, blank=True, key="client")
    size = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="export_is_of_a_client_or_of_the_practice",
                condition=Q(kind="practice", client=None)
                | Q(kind__in=["record", "own"], client__isnull=False),
            ),
            models.CheckConstraint(
                name="export_is_made_whole_or_not_at_all",
                condition=Q(made_at=None, expires_at=None, size=None, sha256="")
                | (Q(made_at__isnull=False, expires_at__gt=F("made_at"), size__isnull=False) & ~Q(sha256="")),
            ),
            models.CheckConstraint(
                name="export_is_taken_in_its_time",
                condition=Q(taken_at=None) | Q(taken_at__gte=F("made_at"), taken_at__lte=F("expires_at")),
            ),
            models.CheckConstraint(
                name="taken_export_is_empty", condition=Q(taken_at=None) | Q(content=None)
            ),
            models.CheckConstraint(
                name="practice_export_is_confirmed_with_its_lock",
                condition=Q(confirmed_at=None, confirmed_by=None, public_key=None, salt=None)
                | Q(
                    kind="practice",
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    public_key__isnull=False,
                    salt__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-asked_at"], name="exports_by_asker"),
            models.Index(fields=["expires_at"], name="exports_by_end", condition=Q(taken_at=None)),
        ]

    def __str__(self) -> str:
        return f"export {self.uid}"

    def is_over(self, now: datetime) -> bool:
        """Made, and its day has passed."""
        return self.expires_at is not None and now > self.expires_at


class ExportPart(models.Model):
    """A piece of the practice's sealed file, in order."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="export_part_is_there_once", fields=["export", "number"])]

    def __str__(self) -> str:
        return f"part {self.number} of {self.export_id}"


class Hold(models.Model):
    """A legal hold: while one stands, the record is not erased. `file` is the practice's own file number."""

    class Reason(models.TextChoices):
        CLAIM = "claim", _("A complaint or a claim is open, or expected")
        COURT = "court", _("A court or an authority has asked for it")
        INQUIRY = "inquiry", _("An inquiry or investigation is open")
        OTHER = "other", _("Another reason in law")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    file = EncryptedText(blank=True, key="client")
    set_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_because = EncryptedText(blank=True, key="client")

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_hold_at_a_time", fields=["client"], condition=Q(lifted_at=None)
            ),
            models.CheckConstraint(
                name="hold_is_lifted_by_somebody_with_a_reason",
                condition=Q(lifted_at=None, lifted_by=None, lifted_because="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.uid}"


class ErasureRequest(models.Model):
    """One person asked that a record go; it goes when another confirms. Gone with the client, or taken back.

    `is_early`: they know that the time of keeping still runs.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="erasure_requests")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    is_early = models.BooleanField(default=False)
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_erasure_request", fields=["client"], condition=Q(withdrawn_at=None)
            ),
            models.CheckConstraint(
                name="erasure_withdrawn_at_and_by_go_together",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"erasure request {self.uid}"


class Tombstone(models.Model):
    """A client was erased: when, by whom, why. No name, and nothing from the record. Never changed, never deleted.

    Without foreign keys, so that it outlives everybody. Two people stand on it, except on one that was replayed from
    the file outside the database after an older backup was restored.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client_uid = models.UUIDField(unique=True)
    reference_hash = models.CharField(max_length=64, db_index=True)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    is_early = models.BooleanField(default=False)
    asked_by = models.UUIDField(null=True, blank=True)
    asked_by_name = models.CharField(max_length=120, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_by_name = models.CharField(max_length=120, blank=True)
    erased_at = models.DateTimeField()
    replayed_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)

    objects = TombstoneQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="erasure_takes_two_people",
                condition=Q(replayed_at__isnull=False)
                | (Q(asked_by__isnull=False, confirmed_by__isnull=False) & ~Q(asked_by=F("confirmed_by"))),
            )
        ]
        indexes = [models.Index(fields=["-erased_at", "-id"], name="tombstones_newest_first")]

    def __str__(self) -> str:
        return f"tombstone {self.client_uid}"


class RetentionPolicy(models.Model):
    """How long this practice keeps records. One row, once an owner has said so; until then the country's default."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    years = models.PositiveSmallIntegerField()
    minor_age = models.PositiveSmallIntegerField()
    late_minor_age = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="retention_policy_is_the_only_one", condition=Q(only=True)),
            models.CheckConstraint(
                name="records_are_kept_1_to_100_years", condition=Q(years__range=(1, 100))
            ),
            models.CheckConstraint(
                name="records_of_minors_are_kept_until_they_are_of_age",
                condition=Q(minor_age__range=(18, 100), late_minor_age__range=(18, 100)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.years} years"

    @property
    def policy(self) -> Policy:
        return Policy(years=self.years, minor_age=self.minor_age, late_minor_age=self.late_minor_age)
