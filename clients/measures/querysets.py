"""Forms that came in, of the questionnaires that are repeated to see a change; plans, and the days they fell due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from clients.instruments import Instrument, offered
from clients.record.models import Client
from clients.record.querysets import under_care_of
from clients.screening.models import Response
from clients.screening.querysets import ResponseQuerySet
from practice.database.once import once
from practice.people.models import Member

if TYPE_CHECKING:
    from clients.measures.models import MeasureOccasion, MeasurePlan  # noqa: F401 - named in the generics below


class PlanQuerySet(models.QuerySet["MeasurePlan"]):
    def visible_to(self, member: Member) -> PlanQuerySet:
        """The care team's; a client, their own."""
        return self.filter(under_care_of(member))

    def standing(self) -> PlanQuerySet:
        """Not ended, whether or not their days are over."""
        return self.filter(ended_at=None)


class OccasionQuerySet(models.QuerySet["MeasureOccasion"]):
    def visible_to(self, member: Member) -> OccasionQuerySet:
        return self.filter(under_care_of(member, "plan__client"))


def measures() -> list[str]:
    """What is asked again and again here: questionnaires for clients whose file agrees on a reliable change, ours and
    those that the practice brought, in the order in which they are asked. One query.
    """
    return once("measures", lambda: [one.key for one in offered() if _is_measure(one)])


def _is_measure(instrument: Instrument) -> bool:
    return instrument.reliable_change is not None and instrument.asked_by == "client"


def forms_of(client: Client, until: date) -> ResponseQuerySet:
    """The client's submitted forms of every measure up to the end of that day, oldest first.

    What is a measure is read from the form as it was asked, so that one which the practice has put away stays.
    """
    return (
        Response.objects.submitted()
        .filter(screening__client=client, submitted_at__lt=end_of(until))
        .filter(snapshot__has_key="reliable_change")
        .order_by("submitted_at", "pk")
    )


def latest_forms(clients: Sequence[Client], member: Member) -> ResponseQuerySet:
    """Of each client and measure the latest complete form, as far as the member may see it."""
    return (
        Response.objects.visible_to(member)
        .submitted()
        .filter(screening__client__in=clients, instrument__in=measures(), has_total=True)
        .order_by("screening__client_id", "instrument", "-submitted_at", "-pk")
        .distinct("screening__client_id", "instrument")
    )


def end_of(day: date) -> datetime:
    """Midnight after that day, here."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
