"""Something has changed since the decision: it waits for a named clinician until somebody decides anew."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.rescreening.querysets import RescreenQuerySet
from clients.screening.models import Clearance
from practice.encryption.fields import EncryptedJSON, EncryptedText
from practice.people.models import Member


class Kind(models.TextChoices):
    """What calls for a new look, domain.md §2.5. The words are ours."""

    REVIEW_DUE = "review_due", _("The decision has run out")
    BREAK = "break", _("A break of four weeks or more")
    WALK_TO_RUN = "walk_to_run", _("Would like to run")
    PHQ9_UP = "phq9_up", _("PHQ-9 has risen by 6 or more")
    GAD7_UP = "gad7_up", _("GAD-7 has risen by 4 or more")
    SAFETY = "safety", _("A safety answer")
    ANSWERS = "answers", _("Answers that ask for a talk")
    INJURY = "injury", _("An injury, or new pain")
    ILLNESS = "illness", _("An illness, or a fever")
    PREGNANCY = "pregnancy", _("A pregnancy, or a birth in the last 12 weeks")
    MEDICINE = "medicine", _("A medicine is new, changed or stopped")
    ADMISSION = "admission", _("A stay in hospital")
    RELAPSE = "relapse", _("Something that was behind them is back")
    SIGNALS = "signals", _("Two signals are open")
    MOTIVE = "motive", _("Moving as a punishment, or for weight")
    STOP_RULE = "stop_rule", _("A session was stopped by the stop rule")
    ASKED = "asked", _("Somebody asks to look again")
    CONSENT_CHANGED = "consent_changed", _("An agreement has a new version")
    INSTRUMENT_CHANGED = "instrument_changed", _("A questionnaire has a new version")


class Rescreen(models.Model):
    """A task: look at walking and running again. Raised by a person or by Towpath, closed by a decision.

    `waits_for` are the ways of moving that were open and still wait for a decision; with none, any decision closes it.
    `why` is in somebody's own words; `evidence` plain values, such as two totals.
    `called_at` is when the owners were called because nobody was named for it.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="rescreens")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    why = EncryptedText(key="client", blank=True)
    evidence = EncryptedJSON(key="client", default=dict)
    waits_for = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    assigned_to = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="rescreens"
    )
    raised_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    raised_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    decision = models.ForeignKey(
        Clearance, on_delete=models.PROTECT, null=True, blank=True, related_name="rescreens"
    )

    objects = RescreenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_rescreen_of_a_kind", fields=["client", "kind"], condition=Q(closed_at=None)
            ),
            models.CheckConstraint(
                name="rescreen_is_closed_by_a_decision",
                condition=Q(closed_at=None, closed_by=None, decision=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False, decision__isnull=False),
            ),
            models.CheckConstraint(name="rescreen_kind_is_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="rescreen_waits_for_ways_of_moving",
                condition=Q(waits_for__contained_by=["walk", "run"]),
            ),
        ]
        indexes = [models.Index(fields=["client", "-raised_at"], name="rescreens_by_client")]

    def __str__(self) -> str:
        return f"rescreen {self.uid}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
