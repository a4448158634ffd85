"""A place to turn to."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practice.people.models import Member
from practice.resources import rules
from practice.resources.countries import name_of
from practice.resources.querysets import ResourceQuerySet
from practice.web.helplines import Line, lines_of


class Resource(models.Model):
    """A number or service that clients are given. Archived when it ends, never deleted.

    `country` is an ISO code, "EU" for the European Union, "" for anywhere. `verified_on` is the day on which somebody made
    sure that it still answers; without `verified_by` it was checked in a source before it was shipped. `version` counts
    changes, so that a stale form is noticed.
    """

    class Need(models.TextChoices):
        EMERGENCY = "emergency", _("Emergency")
        CRISIS = "crisis", _("Crisis")
        EATING = "eating", _("Eating disorder")
        ADDICTION = "addiction", _("Addiction")
        OTHER = "other", _("Something else")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    need = models.CharField(max_length=9, choices=Need.choices)
    country = models.CharField(max_length=2, blank=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    sms = models.CharField(max_length=40, blank=True)
    sms_word = models.CharField(max_length=40, blank=True)
    link = models.URLField(max_length=200, blank=True)
    words = models.CharField(max_length=300, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    who_for = models.CharField(max_length=120, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()
    archived_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="resource_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="resource_says_how_to_reach_it",
                condition=~Q(phone="", sms="", link="", words=""),
            ),
            models.CheckConstraint(
                name="resource_country_is_a_code",
                condition=Q(country="") | Q(country__regex="^[A-Z]{2}$"),
            ),
            models.CheckConstraint(
                name="resource_is_verified_by_a_person_on_a_day",
                condition=Q(verified_by=None) | Q(verified_on__isnull=False),
            ),
            models.CheckConstraint(
                name="resource_archived_at_and_by_go_together",
                condition=Q(archived_at=None, archived_by=None)
                | Q(archived_at__isnull=False, archived_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def country_name(self) -> str:
        return name_of(self.country)

    @property
    def lines(self) -> Sequence[Line]:
        """Every way to reach it."""
        return list(lines_of(self))

    def is_due(self, today: date) -> bool:
        """Whether somebody should make sure that it still answers."""
        return rules.is_due(self.verified_on, today)
