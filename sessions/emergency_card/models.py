"""What is known of a route for the worst case, and whom a therapist's whereabouts are told to."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from practice.people.models import Member
from sessions.emergency_card.querysets import BuddyQuerySet, EmergencyPlacesQuerySet
from sessions.routes.models import Route


class EmergencyPlaces(models.Model):
    """Where helpers find the meeting point of a route, and the nearest help. Degrees are WGS 84.

    Without degrees of its own the meeting point is where the route's line begins. `version` counts changes, so that a
    stale form is noticed.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    route = models.OneToOneField(Route, on_delete=models.CASCADE, related_name="emergency_places")
    address = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    access_point = models.CharField(max_length=200, blank=True)
    nearest_aed = models.CharField(max_length=200, blank=True)
    nearest_ed = models.CharField(max_length=200, blank=True)
    changed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = EmergencyPlacesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meeting_point_is_a_place_on_earth",
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,  # a comparison with nothing is neither true nor false, and would pass
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"places of {self.route_id}"


class Buddy(models.Model):
    """Somebody who knows when a therapist is out and when they mean to be back. Never told who the client is."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="buddy")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40)
    changed_at = models.DateTimeField()

    objects = BuddyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="buddy_can_be_called", condition=~Q(name="") & ~Q(phone=""))
        ]

    def __str__(self) -> str:
        return f"buddy of {self.member_id}"
