"""The client, whom to call, and who treats them."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.record.querysets import ClientQuerySet
from practice.people.models import Member


class Client(models.Model):
    """A person we care for. The reference says nothing about them."""

    class Status(models.TextChoices):
        PROSPECT = "prospect", _("Not started")
        SCREENING = "screening", _("In screening")
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        ENDED = "ended", _("Ended")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=12, unique=True, editable=False)
    name = models.CharField(_("name they like to be called"), max_length=120)
    pronouns = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=32, blank=True)
    born_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROSPECT)
    focus = models.TextField(_("what we are working on"), blank=True)
    member = models.OneToOneField(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="client"
    )
    registered_at = models.DateTimeField()

    objects = ClientQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="client_has_a_name", condition=~Q(name=""))]
        indexes = [models.Index(fields=["name", "id"], name="clients_by_name")]

    def __str__(self) -> str:
        return self.reference

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()


class EmergencyContact(models.Model):
    """Whom to call when a session outdoors goes wrong."""

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="emergency_contact")
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.name


class CareTeamMember(models.Model):
    """Who treats whom, from when to when: it decides who sees a clinical record."""

    class Part(models.TextChoices):
        PRIMARY = "primary", _("Primary clinician")
        COVERING = "covering", _("Covering")
        SUPERVISING = "supervising", _("Supervising")

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="care_team")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="caseload")
    part = models.CharField(max_length=12, choices=Part.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="care_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.UniqueConstraint(
                name="one_primary_clinician_at_a_time",
                fields=["client"],
                condition=Q(part="primary", until=None),
            ),
            models.UniqueConstraint(
                name="one_part_in_a_care_team", fields=["client", "member"], condition=Q(until=None)
            ),
        ]
        indexes = [models.Index(fields=["member", "client"], name="care_by_member")]

    def __str__(self) -> str:
        return f"{self.part} {self.client_id}"
