"""Whether the sessions ahead still stand on a clearance: a decision may change after a booking."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from clients.record.models import Client
from clients.screening.models import Clearance
from clients.screening.standing import standings_of
from practice.people.models import Member
from practice.people.roles import Permission
from sessions.booking.models import TherapySession


def fallen(sessions: Iterable[TherapySession]) -> set[int]:
    """Keys of the booked moving sessions whose client is not cleared for that mode on that day any more.

    One query, however many sessions.
    """
    moving = [session for session in sessions if session.is_moving and session.state == "booked"]
    if not moving:
        return set()
    clients = {session.client_id for session in moving}
    newest = {
        (one.client_id, one.mode): one for one in Clearance.objects.current().filter(client__in=clients)
    }
    return {
        session.pk
        for session in moving
        if not _allows(newest.get((session.client_id, session.mode)), timezone.localdate(session.starts_at))
    }


def _allows(clearance: Clearance | None, day: date) -> bool:
    known = standings_of([clearance], day) if clearance else []
    return any(standing.allows for standing in known if clearance and standing.mode == clearance.mode)


def in_care(sessions: Iterable[TherapySession], member: Member) -> set[int]:
    """Keys of the clients of these sessions about whom the member may read clinical words. One query at most."""
    if not member.may(Permission.READ_SCREENING):
        return set()
    clients = {session.client_id for session in sessions}
    return set(Client.objects.in_care_of(member).filter(pk__in=clients).values_list("pk", flat=True))
