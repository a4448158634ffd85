"""What only the calendar knows, looked at for everybody: done twice it has the effect of once."""

from datetime import datetime

from clients.rescreening import actions
from clients.rescreening.screens import clients_moving
from practice import contributions
from practice.jobs.leaving_out import going_on
from practice.people.acting import beyond_the_wall


def look_at_everybody(*, now: datetime) -> int:
    """Ask for a new look wherever a date calls for one; how many tasks that are open now.

    Each client is a transaction of their own, so that nobody waits for the whole list, nor for a record that is damaged.
    """
    with beyond_the_wall("nobody asks: a day has passed"):
        clients = clients_moving()
        last = dict(contributions.last_sessions(clients))
    found = 0
    for client in clients:
        with going_on("calendar", client=client, now=now), beyond_the_wall("nobody asks: a day has passed"):
            found += len(
                actions.look_at_the_calendar(client=client, last_session=last.get(client.pk), now=now)
            )
    return found
