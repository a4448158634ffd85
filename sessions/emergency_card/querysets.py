"""Who sees where helpers find us, and who knows where a therapist is. Neither says anything about a client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from practice.people.roles import Permission

if TYPE_CHECKING:
    from practice.people.models import Member
    from sessions.emergency_card.models import Buddy, EmergencyPlaces  # noqa: F401 - named in the generics below


class EmergencyPlacesQuerySet(models.QuerySet["EmergencyPlaces"]):
    def visible_to(self, member: Member) -> EmergencyPlacesQuerySet:
        """They go with the route."""
        return self if member.may(Permission.READ_ROUTES) else self.none()


class BuddyQuerySet(models.QuerySet["Buddy"]):
    def visible_to(self, member: Member) -> BuddyQuerySet:
        """Everybody's, for those who open emergency cards: a colleague may stand in."""
        return self if member.may(Permission.OPEN_EMERGENCY_CARD) else self.none()
