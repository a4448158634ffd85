"""Until when each client's record must be kept."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain

from django.utils import timezone

from clients.lifecycle.models import RetentionPolicy
from clients.lifecycle.rules import Policy, default_for, kept_until
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
