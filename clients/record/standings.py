"""For which way of moving each client of a list is cleared: one query for all of them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from clients.record.models import Client
from clients.screening.models import Clearance
from clients.screening.standing import Standing, standings_of
from practice.people.models import Member


def moving_standings(clients: Sequence[Client], member: Member, today: date) -> dict[int, list[Standing]]:
    """By client key, where they stand with walking and running; a mode never decided on is left out."""
    decisions: dict[int, list[Clearance]] = defaultdict(list)
    for clearance in (
        Clearance.objects.visible_to(member).current().filter(client__in=clients).select_related("letter")
    ):
        decisions[clearance.client_id].append(clearance)
    return {
        key: [standing for standing in standings_of(mine, today) if standing.clearance]
        for key, mine in decisions.items()
    }
