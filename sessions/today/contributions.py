"""What this room contributes to the pages about clients."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Min

from clients.record.models import Client
from practice import contributions
from practice.people.models import Member
from sessions.booking.models import TherapySession


def register() -> None:
    """Registers the room's givers, once."""
    contributions.next_sessions.register(next_sessions)


def next_sessions(clients: Sequence[Client], member: Member, now: datetime) -> list[tuple[int, datetime]]:
    """For each of the clients with a booked session ahead, when the first begins. One query."""
    ahead = TherapySession.objects.visible_to(member).filter(
        client__in=clients, state=TherapySession.State.BOOKED, ends_at__gt=now
    )
    return list(ahead.order_by().values_list("client_id").annotate(Min("starts_at")))
