"""Routes belong to the practice: every member of staff who reads routes reads all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from practice.people.roles import Permission

if TYPE_CHECKING:
    from practice.people.models import Member
    from sessions.routes.models import Route  # noqa: F401 - named in the generic below


class RouteQuerySet(models.QuerySet["Route"]):
    def visible_to(self, member: Member) -> RouteQuerySet:
        return self if member.may(Permission.READ_ROUTES) else self.none()

    def in_use(self) -> RouteQuerySet:
        return self.filter(archived_at=None).order_by("name", "pk")
