"""Forms that came in, of the questionnaires that are repeated to see a change."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from clients.instruments import keys, load
from clients.record.models import Client
from clients.screening.models import Response
from clients.screening.querysets import ResponseQuerySet
from practice.people.models import Member


def measures() -> list[str]:
    """The questionnaires with an agreed reliable change: what is asked again and again."""
    return [key for key in keys() if load(key).reliable_change is not None]


def forms_of(client: Client, until: date) -> ResponseQuerySet:
    """The client's submitted forms of every measure up to the end of that day, oldest first."""
    return (
        Response.objects.submitted()
        .filter(screening__client=client, instrument__in=measures(), submitted_at__lt=end_of(until))
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
