"""Which sessions took place: what the measures of the floor below count by."""

from collections.abc import Sequence
from datetime import datetime

from clients.record.models import Client
from sessions.booking.models import TherapySession


def sessions_held(clients: Sequence[Client], since: datetime) -> list[tuple[int, datetime]]:
    """(key of the client, when it began) of each session after `since` that took place."""
    held = TherapySession.objects.filter(client__in=clients, state="completed", starts_at__gt=since)
    return list(held.values_list("client_id", "starts_at"))
