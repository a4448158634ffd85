"""Questions about resources. They belong to the practice and say nothing about any client."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from practice.people.roles import Permission
from practice.resources.countries import ANYWHERE, around
from practice.resources.rules import KEEPS_FOR, NEEDED

if TYPE_CHECKING:
    from practice.people.models import Member
    from practice.resources.models import Resource


class ResourceQuerySet(models.QuerySet["Resource"]):
    def visible_to(self, member: Member) -> ResourceQuerySet:
        """All, for those who may look at the table; for everybody else what stands, as the help page says it."""
        if member.may(Permission.READ_RESOURCES):
            return self
        return self.filter(archived_at=None) if member.may(Permission.SEE_RESOURCES) else self.none()

    def asked_for(self, asked: Mapping[str, object], *, home: str, today: date) -> ResourceQuerySet:
        """What a search asks for: words (`q`), a need, a country ("any" for what serves everywhere), what is `due` to be
        confirmed around home, what is `archived`."""
        rows = self.archived() if "archived" in asked else self.standing()
        if "due" in asked:
            rows = rows.around(home).due(today)
        if "need" in asked:
            rows = rows.filter(need=asked["need"])
        if "country" in asked:
            rows = rows.filter(country="" if asked["country"] == "any" else asked["country"])
        return rows.matching(str(asked.get("q", "")))

    def standing(self) -> ResourceQuerySet:
        """Not put away, in the order in which they are shown."""
        return self.filter(archived_at=None).order_by("pk")

    def archived(self) -> ResourceQuerySet:
        return self.filter(archived_at__isnull=False).order_by("pk")

    def around(self, country: str) -> ResourceQuerySet:
        """Those that serve somebody in this country: its own, the Union's inside it, and what is for everybody."""
        return self.filter(country__in=[*around(country), ANYWHERE])

    def due(self, today: date) -> ResourceQuerySet:
        """Never confirmed, or more than 180 days ago."""
        return self.filter(Q(verified_on=None) | Q(verified_on__lt=today - KEEPS_FOR))

    def to_confirm_for_help(self, country: str, today: date) -> ResourceQuerySet:
        """The numbers of the help page that no person of the practice has confirmed within 180 days."""
        shown = self.standing().around(country).filter(need__in=NEEDED)
        return shown.filter(Q(verified_by=None) | Q(verified_on__lt=today - KEEPS_FOR))

    def matching(self, words: str) -> ResourceQuerySet:
        """Those whose name, words or numbers hold every one of the words."""
        rows = self
        for word in words.split():
            fields = ("name", "words", "who_for", "hours", "phone", "sms", "link")
            found = Q()
            for field in fields:
                found |= Q(**{f"{field}__icontains": word})
            rows = rows.filter(found)
        return rows

    def after(self, row: Resource) -> ResourceQuerySet:
        """Those that follow it."""
        return self.filter(pk__gt=row.pk)
