"""Places to walk and run."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from practice.people.models import Member
from sessions.routes.querysets import RouteQuerySet


class Route(models.Model):
    """A way on the ground. Lengths in metres.

    `points` is the simplified line, at most 600 of [latitude, longitude, elevation or null, metres from start].
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
    is_loop = models.BooleanField(default=False)
    file_name = models.CharField(max_length=120, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

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
        ]

    def __str__(self) -> str:
        return self.name
