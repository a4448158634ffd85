"""The ledger's questions: who sees which line, and what the last word is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from clients.consents.choices import KINDS, SPOKEN, Step
from clients.record.querysets import under_care_of

if TYPE_CHECKING:
    from clients.consents.models import Consent, ConsentDraft  # noqa: F401 - named in the generics below
    from practice.people.models import Member


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, member: Member) -> ConsentQuerySet:
        """The client's own, and the care team's."""
        return self.filter(under_care_of(member))

    def spoken(self) -> ConsentQuerySet:
        """The lines that say yes or no."""
        return self.filter(step__in=SPOKEN)

    def by_day(self, day: date) -> ConsentQuerySet:
        """What had been said by the end of that local day."""
        return self.filter(at__lt=timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)))

    def last_words(self) -> ConsentQuerySet:
        """The newest line about each thing, of each client."""
        return self.order_by("client_id", "about", "-pk").distinct("client_id", "about")

    def newest_first(self) -> ConsentQuerySet:
        return self.order_by("-pk")

    def refusals(self, client: str = "client") -> ConsentQuerySet:
        """For a subquery: the kinds of data on which the last word of the outer row's client is no."""
        later = self.model.objects.spoken().filter(
            client=OuterRef("client"), about=OuterRef("about"), pk__gt=OuterRef("pk")
        )
        said_no = self.filter(client=OuterRef(client), about__in=KINDS, step=Step.WITHDRAWN)
        return said_no.filter(~Exists(later))


class DraftQuerySet(models.QuerySet["ConsentDraft"]):
    def visible_to(self, member: Member) -> DraftQuerySet:
        """Ticks that are not signed are the client's alone."""
        return self.filter(client__member=member) if member.is_client and member.is_active else self.none()
