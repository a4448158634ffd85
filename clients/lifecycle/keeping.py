"""Until when each client's record must be kept."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain

from django.utils import timezone

from clients.lifecycle.models import Hold, RetentionPolicy
from clients.lifecycle.rules import ENDS_OF_WORK, Policy, default_for, kept_until, years_after
from clients.record.models import Client
from practice import contributions
from practice.encryption import Unreadable
from practice.people.models import Practice


def policy_now() -> Policy:
    """What the owner set, else what is usual in the practice's country."""
    row = RetentionPolicy.objects.first()
    return row.policy if row else default_for(country()).policy


def country() -> str:
    """The practice's country, as a code of two letters."""
    practice = Practice.objects.first()
    return practice.country if practice else ""


def kept_until_of(clients: Sequence[Client]) -> dict[int, date]:
    """The last day on which each must be kept, by key: counted from the last service, else from the registration."""
    policy, last = policy_now(), _last_services(clients)
    return {
        client.pk: _until(client, last.get(client.pk, timezone.localdate(client.registered_at)), policy)
        for client in clients
    }


def _last_services(clients: Sequence[Client]) -> dict[int, date]:
    given: Iterable[tuple[int, date]] = chain(contributions.last_services(clients))
    last: dict[int, date] = {}
    for key, day in given:
        last[key] = max(day, last.get(key, day))
    return last


def _until(client: Client, last_service: date, policy: Policy) -> date:
    """Where the birth date cannot be read, nobody knows, so the record stays."""
    try:
        return kept_until(last_service, client.born_on, policy)
    except Unreadable:
        return date.max


def due_on(today: date) -> list[tuple[Client, date]]:
    """Whose work is over and whose time of keeping has passed, longest ago first; those on hold are left out.

    The years alone are looked at first, so that hardly any birth date is opened.
    """
    held = Hold.objects.standing().values("client")
    over = Client.objects.filter(status__in=ENDS_OF_WORK).exclude(pk__in=held)
    ended = list(over.only("pk", "registered_at"))
    years, last = policy_now().years, _last_services(ended)
    by_years = [
        client.pk
        for client in ended
        if years_after(last.get(client.pk, timezone.localdate(client.registered_at)), years) < today
    ]
    clients = list(Client.objects.filter(pk__in=by_years))
    until = kept_until_of(clients)
    due = [(client, until[client.pk]) for client in clients if until[client.pk] < today]
    return sorted(due, key=lambda one: (one[1], one[0].pk))
