"""A clinician asks a second one to clear, for a short time, what H1 or H2 excludes."""

from datetime import timedelta
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.screening.models.decisions import MOST_DAYS_OVERRIDDEN, Clearance
from clients.screening.models.limited import NONE, Limited, limits_are_sound
from clients.screening.querysets import OverrideWishQuerySet
from clients.screening.rules.shapes import OVERRIDABLE
from practice.encryption.fields import EncryptedText
from practice.people.models import Member


class OverrideWish(Limited):
    """What the first clinician asks for, until a second one signs it or says no. It clears nobody by itself."""

    class Answer(models.TextChoices):
        GIVEN = "given", _("Signed")
        DECLINED = "declined", _("Declined")
        TAKEN_BACK = "taken_back", _("Taken back")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="override_wishes")
    mode = models.CharField(max_length=4, choices=Clearance.Mode.choices)
    overrides = ArrayField(models.CharField(max_length=4))
    rationale = EncryptedText(key="client")
    review_on = models.DateField()
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = EncryptedText(key="client", blank=True)
    clearance = models.OneToOneField(
        Clearance, on_delete=models.CASCADE, null=True, blank=True, related_name="wish"
    )

    objects = OverrideWishQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="wish_is_about_h1_or_h2",
                condition=Q(overrides__contained_by=[*OVERRIDABLE]) & ~Q(overrides=[]),
            ),
            models.CheckConstraint(name="wish_has_a_rationale", condition=~Q(rationale="")),
            models.CheckConstraint(name="wish_names_conditions", condition=~Q(NONE, conditions="")),
            models.CheckConstraint(name="wish_is_about_moving", condition=Q(mode__in=["walk", "run"])),
            models.CheckConstraint(
                name="wish_lasts_30_days_at_most",
                condition=Q(
                    review_on__gte=F("asked_on"),
                    review_on__lte=F("asked_on") + timedelta(days=MOST_DAYS_OVERRIDDEN),
                ),
            ),
            *limits_are_sound("wish", F("asked_on")),
            models.CheckConstraint(
                name="wish_is_answered_by_a_person_at_a_time",
                condition=Q(answer="", answered_by=None, answered_at=None, clearance=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="wish_is_signed_by_somebody_else",
                condition=~Q(answer="given")
                | (Q(clearance__isnull=False) & ~Q(answered_by=F("asked_by")) & ~Q(reason="")),
            ),
            models.UniqueConstraint(
                name="one_open_wish_of_a_mode", fields=["client", "mode"], condition=Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"override wish {self.uid}"
