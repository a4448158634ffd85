"""The safety plan in its versions, and what helpers should know."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from clients.record.models import Client
from clients.safety.querysets import FirstAidQuerySet, SafetyPlanQuerySet
from practice.encryption.fields import EncryptedText
from practice.people.models import Member

STEPS = ("signs", "on_my_own", "distraction", "people", "professionals", "surroundings")
"""In the order in which one goes through them. Our own plain steps and words, not those of a published form."""


class SafetyPlan(models.Model):
    """One version of what helps when it gets hard, in the client's words. A new version replaces it; none is edited.

    `is_agreed`: written together, so it stands on the client's own pages; before that it is the clinician's draft.
    `looked_at` is when both last went through this version, `look_again_on` the day on which they mean to next.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="safety_plans")
    version = models.PositiveIntegerField()
    signs = EncryptedText(key="client", blank=True)
    on_my_own = EncryptedText(key="client", blank=True)
    distraction = EncryptedText(key="client", blank=True)
    people = EncryptedText(key="client", blank=True)
    professionals = EncryptedText(key="client", blank=True)
    surroundings = EncryptedText(key="client", blank=True)
    is_agreed = models.BooleanField(default=False)
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    look_again_on = models.DateField()
    looked_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)

    objects = SafetyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_version_of_a_safety_plan_once", fields=["client", "version"]),
            models.CheckConstraint(
                name="safety_plan_says_something", condition=~Q(**dict.fromkeys(STEPS, ""))
            ),
            models.CheckConstraint(
                name="safety_plan_looked_at_and_by_go_together",
                condition=Q(looked_at=None, looked_by=None)
                | Q(looked_at__isnull=False, looked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.version} of {self.client_id}"


class FirstAidNote(models.Model):
    """What helpers should know when something happens outdoors, as the client said it: allergies, what they carry.

    One per client; it stands on the emergency card of their sessions and says nothing about the work.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="first_aid_note")
    words = EncryptedText(key="client")
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = FirstAidQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="first_aid_note_says_something", condition=~Q(words=""))]

    def __str__(self) -> str:
        return f"first aid for {self.client_id}"
