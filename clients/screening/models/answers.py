"""What was asked and answered, and the answers that somebody must hear of at once."""

from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.screening.querysets import ResponseQuerySet, SafetyAlertQuerySet, ScreeningQuerySet
from practice.encryption.fields import EncryptedJSON, EncryptedText
from practice.people.models import Member


class Screening(models.Model):
    """A set of questionnaires asked of one client: at intake, at a review, or a repeated measure."""

    class Purpose(models.TextChoices):
        INTAKE = "intake", _("Intake")
        REVIEW = "review", _("Review")
        MEASURE = "measure", _("Check-in")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="screenings")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="screening_is_submitted_or_cancelled_not_both",
                condition=Q(submitted_at=None) | Q(cancelled_at=None),
            ),
            models.UniqueConstraint(
                name="one_open_screening_of_a_purpose",
                fields=["client", "purpose"],
                condition=Q(submitted_at=None, cancelled_at=None),
            ),
        ]
        indexes = [models.Index(fields=["client", "-submitted_at"], name="screenings_by_client")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.client_id}"

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None and self.cancelled_at is None


class Response(models.Model):
    """One questionnaire answered. Keeps the wording and scoring of that day; once submitted it never changes.

    `answers` is {item key: chosen value}; `snapshot` the instrument file as it was asked; `result` what the
    scorer said: {"total": int|None, "band": str, "missing": [keys], "flags": [item keys]}. `has_total` says
    outside the seal that the form was complete enough for one.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="responses")
    order = models.PositiveSmallIntegerField()
    instrument = models.SlugField(max_length=40)
    version = models.CharField(max_length=20)
    asked_by_clinician = models.BooleanField(default=False)
    snapshot = models.JSONField(encoder=DjangoJSONEncoder)
    answers = EncryptedJSON(key="screening__client", default=dict)
    result = EncryptedJSON(key="screening__client", default=dict)
    has_total = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_instrument_once_per_screening", fields=["screening", "instrument"]
            ),
        ]
        indexes = [models.Index(fields=["instrument", "submitted_at"], name="responses_by_instrument")]

    def __str__(self) -> str:
        return f"{self.instrument} {self.screening_id}"


class SafetyAlert(models.Model):
    """An answer that a clinician must hear of at once. Raised by Towpath, closed by a person.

    `said` is the answer in the words that were shown: it stays when the draft that it was given in is erased.
    `called_at` is when a letter called those who treat the client; None while nobody was called.
    `would_rather_talk`: they gave none, and would rather talk about it.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="safety_alerts")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="alerts")
    item = models.CharField(max_length=40)
    said = EncryptedText(key="client", blank=True)
    would_rather_talk = models.BooleanField(default=False)
    safe_now = models.CharField(max_length=8, blank=True)
    raised_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what_was_done = EncryptedText(key="client", blank=True)

    objects = SafetyAlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_alert_per_answer", fields=["response", "item"], condition=Q(seen_at=None)
            ),
            models.CheckConstraint(
                name="alert_is_closed_by_a_person_with_what_was_done",
                condition=Q(seen_at=None, seen_by=None, what_was_done="")
                | (Q(seen_at__isnull=False, seen_by__isnull=False) & ~Q(what_was_done="")),
            ),
            models.CheckConstraint(
                name="alert_safe_now_is_known", condition=Q(safe_now__in=["", "yes", "no", "unsure"])
            ),
        ]

    def __str__(self) -> str:
        return f"alert {self.uid}"
