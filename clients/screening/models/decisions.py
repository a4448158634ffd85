"""What a clinician decided about one way of meeting, and the doctor's letter it may wait for."""

from datetime import timedelta
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.screening.models.answers import Screening
from clients.screening.models.limited import NONE, Limited, limits_are_sound
from clients.screening.querysets import ClearanceQuerySet, LetterSeenQuerySet
from clients.screening.rules.limits import Limits
from clients.screening.rules.shapes import OVERRIDABLE
from practice.encryption.fields import EncryptedText
from practice.people.models import Member

MOST_DAYS_OVERRIDDEN = 30
"""domain.md §2.5: an override of H1 or H2 ends after 30 days at most."""


def _unless_overridden(exclusion: str, code: str) -> Q:
    return ~Q(excluded_by__contains=[exclusion]) | Q(overrides__contains=[code])


class Clearance(Limited):
    """One decision for one mode. A new one replaces the last; none is edited.

    `decided_by` is the clinician. Only a hold may come from a rule alone, named in `by_rule`: Towpath may stop
    a moving session, never allow one. `ruleset` is the version of the rules that were read for it. `overrides` names
    the hard rules that a second clinician, `second_by`, overrode: H1 and H2 where the practice allows it, never H3.
    """

    class Mode(models.TextChoices):
        SIT = "sit", _("Sitting")
        WALK = "walk", _("Walking")
        RUN = "run", _("Running")

    class Decision(models.TextChoices):
        CLEARED = "cleared", _("Cleared")
        CONDITIONS = "conditions", _("Cleared with conditions")
        HOLD = "hold", _("On hold")
        NOT_SUITED = "not_suited", _("Not suited now")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="clearances")
    screening = models.ForeignKey(
        Screening, on_delete=models.PROTECT, null=True, blank=True, related_name="clearances"
    )
    mode = models.CharField(max_length=4, choices=Mode.choices)
    decision = models.CharField(max_length=10, choices=Decision.choices)
    rationale = EncryptedText(key="client")
    excluded_by = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    overrides = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    second_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_rule = models.CharField(max_length=24, blank=True)
    ruleset = models.CharField(max_length=12, blank=True)
    decided_at = models.DateTimeField()
    valid_from = models.DateField()
    review_on = models.DateField()

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clearance_is_decided_by_a_person_or_held_by_a_rule",
                condition=Q(decided_by__isnull=False, by_rule="")
                | (Q(decided_by=None, decision="hold") & ~Q(by_rule="")),
            ),
            models.CheckConstraint(name="clearance_has_a_rationale", condition=~Q(rationale="")),
            models.CheckConstraint(
                name="clearance_with_conditions_names_them",
                condition=~Q(NONE, decision="conditions", conditions=""),
            ),
            models.CheckConstraint(
                name="only_a_clearance_with_conditions_has_limits", condition=Q(decision="conditions") | NONE
            ),
            models.CheckConstraint(
                name="clearance_is_reviewed_after_it_begins", condition=Q(review_on__gte=F("valid_from"))
            ),
            *limits_are_sound("clearance", F("valid_from")),
            models.CheckConstraint(
                name="excluded_client_is_not_cleared_to_move",
                condition=Q(mode="sit")
                | Q(excluded_by=[])
                | Q(decision__in=["hold", "not_suited"])
                | (
                    _unless_overridden("eating", "H1")
                    & _unless_overridden("addiction", "H2")
                    & ~Q(excluded_by__contains=["crisis"])
                ),
            ),
            models.CheckConstraint(
                name="only_h1_and_h2_are_ever_overridden",
                condition=Q(overrides__contained_by=[*OVERRIDABLE]),
            ),
            models.CheckConstraint(
                name="override_takes_a_second_person",
                condition=Q(overrides=[], second_by=None)
                | (~Q(overrides=[]) & Q(decided_by__isnull=False) & ~Q(second_by=F("decided_by"))),
            ),
            models.CheckConstraint(
                name="override_has_conditions_and_30_days",
                condition=Q(overrides=[])
                | Q(
                    mode__in=["walk", "run"],
                    decision="conditions",
                    second_by__isnull=False,
                    review_on__lte=F("valid_from") + timedelta(days=MOST_DAYS_OVERRIDDEN),
                ),
            ),
        ]
        indexes = [models.Index(fields=["client", "mode", "-id"], name="clearances_newest_first")]

    def __str__(self) -> str:
        return f"{self.mode} {self.decision}"

    @property
    def allows(self) -> bool:
        return self.decision in {self.Decision.CLEARED, self.Decision.CONDITIONS}

    @property
    def limits(self) -> Limits:
        """What booking obeys. Bring `letter` along where many are looked at."""
        return self.limits_with(letter_seen=self.letter_by is not None and hasattr(self, "letter"))


class LetterSeen(models.Model):
    """A doctor's letter for which a clearance waited has come, and a clinician has read it."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    clearance = models.OneToOneField(Clearance, on_delete=models.CASCADE, related_name="letter")
    seen_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    words = EncryptedText(key="clearance__client", blank=True)

    objects = LetterSeenQuerySet.as_manager()

    def __str__(self) -> str:
        return f"letter {self.uid}"
