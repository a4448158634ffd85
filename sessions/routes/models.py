"""Places to walk and run."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from clients.screening.rules import ROUTE_KINDS
from practice.people.models import Member
from sessions.routes.querysets import RouteQuerySet

OWN_KINDS = tuple(kind for kind in ROUTE_KINDS if kind != "chosen")
"""What a route can be by itself. "Chosen" is said of the one that a client and a clinician settle on."""


class Route(models.Model):
    """A way on the ground. Lengths in metres. `kinds` are those of OWN_KINDS that somebody who knows it has ticked.

    `points` is the simplified line, at most 600 of [latitude, longitude, elevation or null, metres from start].
    `profile` is [metres from start, elevation] at even distances, empty where the file had no elevation.
    `version` counts changes, so that a stale form is noticed.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)
    meeting_place = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    distance_m = models.PositiveIntegerField()
    ascent_m = models.PositiveIntegerField(null=True, blank=True)
    descent_m = models.PositiveIntegerField(null=True, blank=True)
    points = models.JSONField()
    profile = models.JSONField(default=list)
    kinds = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    is_loop = models.BooleanField(default=False)
    file_name = models.CharField(max_length=120, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = RouteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="route_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="route_has_a_length", condition=Q(distance_m__gt=0)),
            models.CheckConstraint(
                name="route_ascent_and_descent_go_together",
                condition=Q(ascent_m=None, descent_m=None)
                | Q(ascent_m__isnull=False, descent_m__isnull=False),
            ),
            models.CheckConstraint(
                name="route_kinds_are_known", condition=Q(kinds__contained_by=[*OWN_KINDS])
            ),
            models.UniqueConstraint(
                name="route_file_is_in_use_once",
                fields=["file_sha256"],
                condition=Q(archived_at=None) & ~Q(file_sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("route", args=[self.uid])

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None
