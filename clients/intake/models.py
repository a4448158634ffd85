"""What a client told about themself, the draft it belongs to, and the links to come back to it."""

from datetime import datetime
from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from clients.intake.querysets import DraftQuerySet, IntakeSheetQuerySet, ResumeLinkQuerySet
from clients.intake.rules import MOST_TRIES
from clients.record.models import Client
from clients.screening.models import Screening
from practice.encryption.fields import EncryptedJSON


class IntakeSheet(models.Model):
    """One section of an intake that is no questionnaire. `asked` is the section as it was worded at the first answer.

    `answers` is {question key: what was said}. A date is kept as 1988-03-27.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="intake_sheets")
    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="intake_sheets")
    section = models.SlugField(max_length=20)
    version = models.CharField(max_length=20)
    asked = models.JSONField(encoder=DjangoJSONEncoder)
    answers = EncryptedJSON(key="client", default=dict)
    changed_at = models.DateTimeField()

    objects = IntakeSheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_section_once_per_intake", fields=["screening", "section"])
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.screening_id}"


class Draft(models.Model):
    """Questions that were begun and not handed in: when they were last touched, and what was said about their end.

    Nothing is erased before two notices.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="drafts")
    screening = models.OneToOneField(Screening, on_delete=models.CASCADE, related_name="draft")
    touched_at = models.DateTimeField()
    first_notice_at = models.DateTimeField(null=True, blank=True)
    second_notice_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="second_notice_comes_after_the_first",
                condition=Q(second_notice_at=None) | Q(second_notice_at__gt=F("first_notice_at")),
            ),
            models.CheckConstraint(
                name="draft_is_erased_after_two_notices",
                condition=Q(erased_at=None) | Q(erased_at__gt=F("second_notice_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["touched_at"], name="drafts_by_age", condition=Q(erased_at=None)),
        ]

    def __str__(self) -> str:
        return f"draft {self.uid}"


class ResumeLink(models.Model):
    """A link to come back to open questions without a password. Only the digest of it is kept.

    It waits to be sent, then is good once, for half an hour, for whoever knows the date of birth.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="resume_links")
    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="resume_links")
    asked_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = ResumeLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="resume_link_is_sent_with_its_end",
                condition=Q(sent_at=None, ends_at=None, digest="")
                | (Q(sent_at__isnull=False, ends_at__gt=F("sent_at")) & ~Q(digest="")),
            ),
            models.CheckConstraint(
                name="resume_link_is_used_after_it_was_sent",
                condition=Q(used_at=None) | Q(used_at__gte=F("sent_at")),
            ),
            models.UniqueConstraint(name="resume_links_differ", fields=["digest"], condition=~Q(digest="")),
            models.UniqueConstraint(
                name="one_resume_link_waits", fields=["client"], condition=Q(sent_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"resume link {self.uid}"

    def is_good_at(self, now: datetime) -> bool:
        """Whether it opens anything."""
        is_sent = self.ends_at is not None and now < self.ends_at
        return is_sent and self.used_at is None and self.tries < MOST_TRIES
