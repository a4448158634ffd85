"""Progress summaries for case review: frozen when made."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from practice.encryption.fields import EncryptedBytes, EncryptedJSON, EncryptedText
from practice.people.models import Member
from sessions.summaries.querysets import SummaryQuerySet


class Summary(models.Model):
    """What a case-review document said on the day it was made. A correction is a new version.

    `snapshot` is the screen it was printed from; `sha256` is of the PDF's bytes.
    """

    class Audience(models.TextChoices):
        SUPERVISION = "supervision", _("Supervision")
        REVIEW = "review", _("Case review")
        CLIENT = "client", _("The client")
        REFERRER = "referrer", _("The referrer")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="summaries")
    version = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField()
    audience = models.CharField(max_length=12, choices=Audience.choices)
    questions = EncryptedText(key="client", blank=True)
    plan = EncryptedText(key="client", blank=True)
    snapshot = EncryptedJSON(key="client", null=True, blank=True)
    pdf = EncryptedBytes(key="client", null=True, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="summary_period_ends_after_it_begins", condition=Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="summary_is_made_whole_or_not_at_all",
                condition=Q(made_at=None, pdf=None, pages=None, sha256="")
                | (Q(made_at__isnull=False, pdf__isnull=False, pages__isnull=False) & ~Q(sha256="")),
            ),
            models.UniqueConstraint(name="summary_version_is_unique", fields=["client", "version"]),
        ]

    def __str__(self) -> str:
        return f"summary {self.uid}"
