"""Who is named for a task about a client."""

from collections.abc import Iterable
from datetime import date

from clients.record.models import CareTeamMember, Client
from clients.record.querysets import TREATING_PARTS
from practice.people.models import Member


def responsible_for(client: Client, day: date) -> Member | None:
    """The client's primary clinician on that day, else a covering one; None where nobody treats them."""
    return responsible([client.pk], day).get(client.pk)


def responsible(clients: Iterable[int], day: date) -> dict[int, Member]:
    """For the keys of these clients, who is named for what is to be done. One query."""
    team = CareTeamMember.objects.on(day).filter(client__in=set(clients), part__in=TREATING_PARTS)
    able = team.filter(member__is_active=True, member__roles__contains=["clinician"])
    named: dict[int, Member] = {}
    # primary comes after covering in the alphabet, and the last one stays
    for part in able.select_related("member").order_by("part", "-since", "-pk"):
        named[part.client_id] = part.member
    return named
