"""What this practice uses besides the questionnaires that everybody uses, and results from elsewhere."""

from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.instruments import points_in, scale_named
from clients.questionnaires.querysets import OutsideResultQuerySet, PracticeInstrumentQuerySet
from clients.record.models import Client
from practice.encryption.fields import EncryptedText
from practice.people.models import Member


class Statement(models.TextChoices):
    """What somebody stood up for when they took a questionnaire into use."""

    UNDERSTOOD = "understood", _("I have read what is known about its licence, and answer for using it here")
    NON_COMMERCIAL = "non_commercial", _("My use is non-commercial, as the licence asks")
    PERMISSION = "permission", _("I hold the owner’s permission or licence for this use")
    OURS = "ours", _("These are our own questions")


class PracticeInstrument(models.Model):
    """A questionnaire beyond the core, from the day it was taken into use until somebody put it away. Never edited.

    `content` is the practice's own file as it was checked; None for one of ours that is switched on. `statement` is
    what `taken_by` stood up for. A newer version of a file is a new row.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.SlugField(max_length=40)
    version = models.CharField(max_length=20)
    tier = models.CharField(max_length=4)
    name = models.CharField(max_length=120)
    content = models.JSONField(encoder=DjangoJSONEncoder, null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    statement = models.CharField(max_length=16, choices=Statement.choices)
    proof = models.CharField(max_length=200, blank=True)
    taken_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    put_away_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    put_away_at = models.DateTimeField(null=True, blank=True)

    objects = PracticeInstrumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_of_a_key_is_in_use", fields=["key"], condition=Q(put_away_at=None)
            ),
            models.CheckConstraint(
                name="instrument_put_away_by_and_at_go_together",
                condition=Q(put_away_at=None, put_away_by=None)
                | Q(put_away_at__isnull=False, put_away_by__isnull=False),
            ),
            models.CheckConstraint(
                name="instrument_of_others_comes_as_a_file",
                condition=Q(tier="B", content=None, sha256="")
                | (Q(tier__in=["C", "D", "own"], content__isnull=False) & ~Q(sha256="")),
            ),
            models.CheckConstraint(
                name="instrument_statement_fits_its_tier",
                condition=Q(tier="B", statement="understood")
                | Q(tier="C", statement__in=["non_commercial", "permission"])
                | Q(tier="D", statement="permission")
                | Q(tier="own", statement="ours"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    @property
    def is_in_use(self) -> bool:
        return self.put_away_at is None


class OutsideResult(models.Model):
    """The result of a questionnaire whose text may not be in Towpath, as a clinician entered it. Never its items.

    A mistake is struck out and stays legible; nothing is edited.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="outside_results")
    name = EncryptedText(key="client")
    score = EncryptedText(key="client")
    taken_on = models.DateField()
    link = EncryptedText(key="client", blank=True)
    note = EncryptedText(key="client", blank=True)
    entered_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    struck_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    struck_at = models.DateTimeField(null=True, blank=True)

    objects = OutsideResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="result_struck_by_and_at_go_together",
                condition=Q(struck_at=None, struck_by=None)
                | Q(struck_at__isnull=False, struck_by__isnull=False),
            ),
            models.CheckConstraint(
                name="result_has_a_name_and_a_score", condition=~Q(name="") & ~Q(score="")
            ),
        ]
        indexes = [models.Index(fields=["client", "-taken_on"], name="outside_results_by_client")]

    def __str__(self) -> str:
        return f"result {self.uid}"

    @property
    def is_struck(self) -> bool:
        return self.struck_at is not None

    @property
    def as_points(self) -> tuple[str, int]:
        """The scale and its points, where a rule of screening reads such; ("", 0) where none does."""
        scale, points = scale_named(self.name), points_in(self.score)
        return (scale, points) if scale and points is not None else ("", 0)


class InstrumentVersion(models.Model):
    """A version of a questionnaire, from when Towpath first saw it. `told_at`: whoever it concerns has been looked at."""

    key = models.SlugField(max_length=40)
    version = models.CharField(max_length=20)
    first_seen_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_instrument_version_is_seen_once", fields=["key", "version"])
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
