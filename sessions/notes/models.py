"""What a clinician writes about a session."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from practice.encryption.fields import EncryptedJSON, EncryptedText
from practice.people.models import Member
from sessions.booking.models import TherapySession
from sessions.notes.querysets import NoteQuerySet


class Note(models.Model):
    """A progress note: draft, then signed, then only added to.

    `body` is {section key: text} for the format; `walk` the walk-and-talk block, {field: value}. `version` counts
    saves, so that a stale form cannot overwrite a newer draft. `seal` is the SHA-256 of what was signed. A
    supervisor of the care team may co-sign it once: the only change that a signed note takes.
    """

    class Format(models.TextChoices):
        SOAP = "soap", _("SOAP")
        DAP = "dap", _("DAP")
        BIRP = "birp", _("BIRP")
        FREE = "free", _("Free text")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    session = models.OneToOneField(TherapySession, on_delete=models.PROTECT, related_name="note")
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="notes")
    format = models.CharField(max_length=4, choices=Format.choices)
    body = EncryptedJSON(key="session__client", default=dict)
    walk = EncryptedJSON(key="session__client", default=dict)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seal = models.CharField(max_length=64, blank=True)
    cosigned_at = models.DateTimeField(null=True, blank=True)
    cosigned_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="note_signed_at_by_and_seal_go_together",
                condition=Q(signed_at=None, signed_by=None, seal="")
                | (Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(seal="")),
            ),
            models.CheckConstraint(
                name="note_cosigned_at_and_by_go_together",
                condition=Q(cosigned_at=None, cosigned_by=None)
                | Q(cosigned_at__isnull=False, cosigned_by__isnull=False),
            ),
            models.CheckConstraint(
                name="note_is_cosigned_after_it_is_signed",
                condition=Q(cosigned_at=None) | Q(signed_at__isnull=False, cosigned_at__gte=F("signed_at")),
            ),
            models.CheckConstraint(
                name="note_is_cosigned_by_somebody_else",
                condition=Q(cosigned_by=None)
                | (~Q(cosigned_by=F("author")) & ~Q(cosigned_by=F("signed_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.uid}"

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


class Addendum(models.Model):
    """Something added to a signed note, by whom and when. Never changed, never deleted."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="addenda")
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    text = EncryptedText(key="note__session__client")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [models.CheckConstraint(name="addendum_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"addendum {self.uid}"
