"""A route that is not what it was: what is booked on it is looked at again, and what it no longer carries goes on hold."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from clients.record.models import Client
from clients.screening.models import Clearance
from practice.audit import record
from practice.people.acting import beyond_the_wall
from practice.people.models import Member
from sessions.booking.actions.checks import fits
from sessions.booking.models import TherapySession
from sessions.booking.querysets import TherapySessionQuerySet
from sessions.routes.models import Route

STATE = TherapySession.State
WHY = "a route is for all: whoever is booked on it is protected, whoever may read their record"


class _SomebodyBooked(Exception):
    """Between looking who is booked and taking the route, one more client was."""


def with_its_sessions(
    *, route: Route, by: Member, now: datetime, change: Callable[[Route], None]
) -> list[TherapySession]:
    """Change a route under lock and put on hold what no longer fits the limits of its client's clearance.

    The clients are locked before the route, as a booking locks them: who books meanwhile waits, and then sees the route
    as it is, or is seen here. The answer is what went on hold.
    """
    with beyond_the_wall(WHY):
        while True:
            clients = set(_ahead(route, now).values_list("client_id", flat=True))
            list(Client.objects.select_for_update().filter(pk__in=clients).order_by("pk"))
            try:
                return _changed(route, clients, by, now, change)
            except _SomebodyBooked:
                continue


@transaction.atomic
def _changed(
    route: Route, clients: set[int], by: Member, now: datetime, change: Callable[[Route], None]
) -> list[TherapySession]:
    route = Route.objects.select_for_update(no_key=True).get(pk=route.pk)
    ahead = _ahead(route, now)
    if set(ahead.values_list("client_id", flat=True)) - clients:
        # to wait for a client with the route in hand would be to wait in a circle: let go of it and begin again
        raise _SomebodyBooked
    change(route)
    rows = (
        ahead.select_for_update(of=["self"])
        .select_related("client", "route", "clearance")
        .order_by("client_id", "pk")
    )
    return [row for row in rows if row.clearance and _hold(row, row.clearance, by, now)]


def _ahead(route: Route, now: datetime) -> TherapySessionQuerySet:
    walks = TherapySession.objects.filter(route=route, state=STATE.BOOKED, starts_at__gt=now)
    return walks.exclude(mode=TherapySession.Mode.SIT)


def _hold(session: TherapySession, clearance: Clearance, by: Member, now: datetime) -> bool:
    if fits(session=session, limits=clearance.limits):
        return False
    session.state, session.held_at = STATE.ON_HOLD, now
    session.save(update_fields=["state", "held_at"])
    record("session_held", on=session, by=by, at=now, client=session.client)
    return True
