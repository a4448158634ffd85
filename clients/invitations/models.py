"""An invitation to the portal. Only digests of its link and its code are kept."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.invitations.querysets import InvitationQuerySet
from clients.record.models import Client
from practice.people.models import Member


class PortalInvitation(models.Model):
    """Invited, then accepted by whoever has the link and knows the second fact, then confirmed by a clinician.

    `seal` ties the link to the client and the address it was sent to. Nothing is readable before it is confirmed,
    because only then the member becomes the client's.
    """

    class Second(models.TextChoices):
        BIRTH_DATE = "birth_date", _("the date of birth in the record")
        CODE = "code", _("a code that was given in person")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    digest = models.CharField(max_length=64, unique=True)
    seal = models.CharField(max_length=64)
    second = models.CharField(max_length=12, choices=Second.choices)
    code_hash = models.CharField(max_length=128, blank=True)
    invited_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    member = models.OneToOneField(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="invitation"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_ends_after_it_begins", condition=Q(ends_at__gt=F("invited_at"))
            ),
            models.CheckConstraint(
                name="confirmed_only_what_was_accepted",
                condition=Q(confirmed_at=None) | Q(accepted_at__isnull=False, member__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_invitation_at_a_time", fields=["client"], condition=Q(withdrawn_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.uid}"

    def is_open_at(self, now: datetime) -> bool:
        """Whether it can still be taken up."""
        return self.withdrawn_at is None and self.accepted_at is None and now < self.ends_at

    @property
    def waits(self) -> bool:
        """Taken up, and nobody has said yet that it was the client."""
        return self.withdrawn_at is None and self.accepted_at is not None and self.confirmed_at is None
