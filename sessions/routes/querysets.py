"""Routes belong to the practice: every member of staff who reads routes reads all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from practice.people.roles import Permission

if TYPE_CHECKING:
    from practice.people.models import Member
    from sessions.routes.models import Route


class RouteQuerySet(models.QuerySet["Route"]):
    def visible_to(self, member: Member) -> RouteQuerySet:
        return self if member.may(Permission.READ_ROUTES) else self.none()

    def in_use(self) -> RouteQuerySet:
        return self.filter(archived_at=None).order_by("name", "pk")

    def archived(self) -> RouteQuerySet:
        return self.filter(archived_at__isnull=False).order_by("name", "pk")

    def matching(self, words: str) -> RouteQuerySet:
        """Those whose name, meeting place or description holds every one of the words."""
        rows = self
        for word in words.split():
            rows = rows.filter(
                Q(name__icontains=word) | Q(meeting_place__icontains=word) | Q(description__icontains=word)
            )
        return rows

    def after(self, route: Route) -> RouteQuerySet:
        """Those that follow `route` by name."""
        return self.filter(Q(name__gt=route.name) | Q(name=route.name, pk__gt=route.pk))
