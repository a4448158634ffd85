"""The client, whom to call, who treats them, and who opened their record in an emergency."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from clients.record.querysets import CareTeamQuerySet, ClientQuerySet, EmergencyQuerySet
from practice.encryption.fields import EncryptedDate, EncryptedText
from practice.encryption.models import DataKey
from practice.people.models import Member

LONGEST_EMERGENCY = timedelta(minutes=60)


def _just(field: str) -> Func:
    """The id as a range of one, so that an exclusion constraint needs no extension of the database."""
    return Func(F(field), F(field), Value("[]"), function="int8range")


def _days() -> Func:
    """From the first day up to the last, which the next one may share."""
    return Func(F("since"), F("until"), Value("[)"), function="daterange")


_DAYS_IN_ORDER = Q(until=None) | Q(until__gte=F("since"))  # PostgreSQL raises on a reversed range


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
    born_on = EncryptedDate(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROSPECT)
    focus = EncryptedText(_("what we are working on"), blank=True)
    member = models.OneToOneField(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="client"
    )
    registered_at = models.DateTimeField()
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT, related_name="client", editable=False)

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

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="emergency_contact")
    name = EncryptedText(key="client")
    relation = EncryptedText(key="client", blank=True)
    phone = EncryptedText(key="client")

    def __str__(self) -> str:
        return f"emergency contact {self.uid}"


class CareTeamMember(models.Model):
    """Who treats whom, from when to when: it decides who sees a clinical record.

    `until` is the last day, None while it is open. `ended_at` closes the record at once, on that very day.
    """

    class Part(models.TextChoices):
        PRIMARY = "primary", _("Primary clinician")
        COVERING = "covering", _("Covering")
        SUPERVISING = "supervising", _("Supervising")

    uid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="care_team")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="caseload")
    part = models.CharField(max_length=12, choices=Part.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CareTeamQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="care_ends_after_it_begins", condition=_DAYS_IN_ORDER),
            models.CheckConstraint(
                name="care_that_ended_has_a_last_day", condition=Q(ended_at=None) | Q(until__isnull=False)
            ),
            ExclusionConstraint(
                name="one_primary_clinician_at_a_time",
                expressions=[
                    (_just("client_id"), RangeOperators.OVERLAPS),
                    (_days(), RangeOperators.OVERLAPS),
                ],
                condition=_DAYS_IN_ORDER & Q(part="primary"),
            ),
            ExclusionConstraint(
                name="one_part_in_a_care_team",
                expressions=[
                    (_just("client_id"), RangeOperators.OVERLAPS),
                    (_just("member_id"), RangeOperators.OVERLAPS),
                    (_days(), RangeOperators.OVERLAPS),
                ],
                condition=_DAYS_IN_ORDER,
            ),
        ]
        indexes = [models.Index(fields=["member", "client"], name="care_by_member")]

    def __str__(self) -> str:
        return f"{self.part} {self.client_id}"


class BreakGlass(models.Model):
    """An emergency access: somebody outside the care team opened a record, why, and for how long.

    It ends by itself at `until`, or earlier at `ended_at`. Until somebody else has reviewed it, the same member
    opens no other. `words` are the member's own and may be clinical; nobody but an owner reads them.
    """

    class Reason(models.TextChoices):
        CRISIS = "crisis", _("The client is in a crisis now")
        AWAY = "away", _("Their clinician cannot be reached, and it cannot wait")
        SAFETY = "safety", _("Somebody's safety depends on what the record says")
        OTHER = "other", _("Something else that cannot wait")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="emergencies")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="emergencies")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    words = EncryptedText(key="client")
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    review = EncryptedText(key="client", blank=True)

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="emergency_access_ends_after_it_begins", condition=Q(until__gt=F("opened_at"))
            ),
            models.CheckConstraint(
                name="emergency_access_lasts_an_hour_at_most",
                condition=Q(until__lte=F("opened_at") + LONGEST_EMERGENCY),
            ),
            models.CheckConstraint(
                name="emergency_access_is_ended_while_it_lasts",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("opened_at"), ended_at__lte=F("until")),
            ),
            models.UniqueConstraint(
                name="emergency_access_is_reviewed_before_the_next",
                fields=["member"],
                condition=Q(reviewed_at=None),
            ),
            models.CheckConstraint(
                name="emergency_review_at_and_by_go_together",
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="emergency_access_is_over_before_its_review",
                condition=Q(reviewed_at=None) | Q(ended_at__isnull=False, reviewed_at__gte=F("ended_at")),
            ),
            models.CheckConstraint(
                name="emergency_access_is_reviewed_by_somebody_else",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("member")),
            ),
        ]
        indexes = [models.Index(fields=["member", "client", "until"], name="emergencies_by_member")]

    def __str__(self) -> str:
        return f"emergency access {self.uid}"

    def is_open_at(self, now: datetime) -> bool:
        return self.ended_at is None and self.opened_at <= now < self.until
