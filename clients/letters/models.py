"""Letters about a decision as they were sent, and who was told."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.letters.querysets import LetterQuerySet, ToldQuerySet
from clients.record.models import Client
from clients.screening.models import Clearance
from practice.encryption.fields import EncryptedText
from practice.people.models import Member


class Letter(models.Model):
    """One letter to the client about a decision. As it was signed, so it stays; that the client has read it is all that is
    added, in their own word."""

    class Kind(models.TextChoices):
        OPEN = "open", _("Moving together")
        NOT_NOW = "not_now", _("Not moving together now")
        NOT_A_FIT = "not_a_fit", _("Not a fit")

    class Way(models.TextChoices):
        PORTAL = "portal", _("On their own pages")
        PAPER = "paper", _("On paper, by hand or by post")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="letters")
    clearance = models.ForeignKey(Clearance, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    way = models.CharField(max_length=6, choices=Way.choices)
    text = EncryptedText(key="client")
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="letter_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="letter_is_of_a_known_kind", condition=Q(kind__in=["open", "not_now", "not_a_fit"])
            ),
            models.CheckConstraint(name="letter_goes_a_known_way", condition=Q(way__in=["portal", "paper"])),
            models.CheckConstraint(
                name="only_a_letter_in_the_portal_is_marked_as_read",
                condition=Q(read_at=None) | Q(way="portal"),
            ),
        ]
        indexes = [models.Index(fields=["client", "-id"], name="letters_newest_first")]

    def __str__(self) -> str:
        return f"letter {self.uid}"


class Told(models.Model):
    """Somebody was told of a decision: the client by the letter, others by whom and how."""

    class How(models.TextChoices):
        PORTAL = "portal", _("Letter on their own pages")
        PAPER = "paper", _("Letter on paper")
        IN_PERSON = "in_person", _("In person")
        PHONE = "phone", _("By phone")
        POST = "post", _("Letter by post")
        MAIL = "mail", _("Sealed e-mail")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="told")
    clearance = models.ForeignKey(Clearance, on_delete=models.CASCADE, related_name="told")
    whom = EncryptedText(key="client")
    how = models.CharField(max_length=9, choices=How.choices)
    words = EncryptedText(key="client", blank=True)
    told_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    objects = ToldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="told_names_whom", condition=~Q(whom="")),
            models.CheckConstraint(
                name="told_in_a_known_way",
                condition=Q(how__in=["portal", "paper", "in_person", "phone", "post", "mail"]),
            ),
        ]

    def __str__(self) -> str:
        return f"told {self.uid}"
