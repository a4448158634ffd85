"""The ledger of what a client agreed to and took back, and the texts of the practice."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from clients.consents.choices import AGREEMENTS, About, Step
from clients.consents.querysets import ConsentQuerySet, DraftQuerySet
from clients.consents.rules import Guardian
from clients.record.models import Client
from practice.encryption.fields import EncryptedJSON, EncryptedText
from practice.people.models import Member

_SIGNED = Q(version__isnull=False, text__isnull=False, review_on__isnull=False) & ~Q(signature="")


class AgreementText(models.Model):
    """A version that the practice published. Number 1 is the wording that comes with Towpath; see `texts`."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    agreement = models.CharField(max_length=12, choices=[(one.value, one.label) for one in AGREEMENTS])
    number = models.PositiveIntegerField()
    body = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="agreement_version_is_unique", fields=["agreement", "number"]),
            models.CheckConstraint(
                name="published_agreement_comes_after_the_first", condition=Q(number__gt=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.number}"


class AgreementDraft(models.Model):
    """A text that an owner is working on. `based_on` is the version that it changes."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    agreement = models.CharField(max_length=12, unique=True)
    based_on = models.PositiveIntegerField()
    body = models.JSONField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"draft of {self.agreement}"


class Consent(models.Model):
    """One line of the ledger: what was said, by whom, when. Never changed; taking something back is another line.

    `text` is the agreement as it stood before the client, `answers` what they ticked and wrote (see `rules.Answers`).
    `by` typed it; `in_person` says that it was on the clinician's device, with the client there. For a client below 18
    `signature` is their own assent and a guardian has signed beside it, at the same time.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="consents")
    about = models.CharField(max_length=12, choices=About.choices)
    step = models.CharField(max_length=9, choices=Step.choices)
    version = models.PositiveIntegerField(null=True, blank=True)
    text = models.JSONField(null=True, blank=True)
    answers = EncryptedJSON(key="client", default=dict)
    signature = EncryptedText(key="client", blank=True)
    guardian_name = EncryptedText(key="client", blank=True)
    guardian_relation = EncryptedText(key="client", blank=True)
    guardian_signature = EncryptedText(key="client", blank=True)
    words = EncryptedText(key="client", blank=True)
    review_on = models.DateField(null=True, blank=True)
    in_person = models.BooleanField(default=False)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agreement_is_signed_whole_or_not_at_all",
                condition=~Q(about__in=AGREEMENTS, step=Step.GIVEN) | _SIGNED,
            ),
            models.CheckConstraint(
                name="consent_given_in_person_is_signed",
                condition=~Q(step=Step.GIVEN, in_person=True) | ~Q(signature=""),
            ),
            models.CheckConstraint(
                name="guardian_signs_whole_or_not_at_all",
                condition=Q(guardian_name="", guardian_relation="", guardian_signature="")
                | ~(Q(guardian_name="") | Q(guardian_relation="") | Q(guardian_signature="")),
            ),
            models.CheckConstraint(
                name="guardian_signs_an_agreement_in_person",
                condition=Q(guardian_signature="") | Q(about__in=AGREEMENTS, step=Step.GIVEN, in_person=True),
            ),
            models.CheckConstraint(
                name="only_an_agreement_is_asked_for",
                condition=Q(step__in=[Step.GIVEN, Step.WITHDRAWN]) | Q(about__in=AGREEMENTS),
            ),
            models.CheckConstraint(name="consent_step_is_known", condition=Q(step__in=Step.values)),
            models.CheckConstraint(
                name="consent_is_about_something_known", condition=Q(about__in=About.values)
            ),
        ]
        indexes = [models.Index(fields=["client", "about", "-id"], name="consents_newest_first")]

    def __str__(self) -> str:
        return f"{self.about} {self.step}"

    @property
    def guardian(self) -> Guardian:
        """Who signed beside the client; NOBODY for a client of age."""
        return Guardian(
            name=self.guardian_name, relation=self.guardian_relation, signature=self.guardian_signature
        )


class ConsentDraft(models.Model):
    """What a client has ticked of one version and not signed yet: theirs alone, and gone once they sign."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="consent_drafts")
    agreement = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    answers = EncryptedJSON(key="client", default=dict)
    changed_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_draft_of_an_agreement", fields=["client", "agreement"])
        ]

    def __str__(self) -> str:
        return f"draft {self.agreement} {self.client_id}"
