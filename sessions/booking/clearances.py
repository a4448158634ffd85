"""Whether the sessions ahead still stand on a clearance: a decision may change after a booking."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from clients.record.models import Client
from clients.record.querysets import keeps_the_desk
from clients.screening.models import Clearance
from clients.screening.standing import standings_of
from practice.people.acting import beyond_the_wall
from practice.people.models import Member
from practice.people.roles import Permission
from sessions.booking.models import CancelledBecause, TherapySession

PLAIN_REASONS = set(CancelledBecause.values) - {CancelledBecause.UNWELL, CancelledBecause.CLEARANCE}


def fallen(sessions: Iterable[TherapySession], member: Member) -> set[int]:
    """Keys of the booked moving sessions whose client is not cleared for that mode on that day any more.

    One query, however many sessions. The desk hears that much of every session, and nothing else of a decision.
    """
    moving = [session for session in sessions if session.is_moving and session.state == "booked"]
    if not moving:
        return set()
    clients = {session.client_id for session in moving}
    newest = {(one.client_id, one.mode): one for one in _decisions(clients, member)}
    return {
        session.pk
        for session in moving
        if not _allows(newest.get((session.client_id, session.mode)), timezone.localdate(session.starts_at))
    }


def _decisions(clients: set[int], member: Member) -> list[Clearance]:
    rows = Clearance.objects.current().filter(client__in=clients)
    if not keeps_the_desk(member):
        return list(rows)
    with beyond_the_wall("the desk is told to ask the clinician, and reads no decision"):
        return list(rows)


def _allows(clearance: Clearance | None, day: date) -> bool:
    known = standings_of([clearance], day) if clearance else []
    return any(standing.allows for standing in known if clearance and standing.mode == clearance.mode)


def reads_about(member: Member, client: Client) -> bool:
    """Whether the member may read clinical words about this client."""
    reads = member.may(Permission.READ_SCREENING)
    return reads and Client.objects.in_care_of(member).filter(pk=client.pk).exists()


def reason_for(session: TherapySession, member: Member) -> str:
    """Why a session did not happen; "" to those outside the care team where the reason says how somebody is."""
    is_plain = session.reason in PLAIN_REASONS or not session.reason
    return session.reason if is_plain or reads_about(member, session.client) else ""


def in_care(sessions: Iterable[TherapySession], member: Member) -> set[int]:
    """Keys of the clients of these sessions about whom the member may read clinical words. One query at most."""
    if not member.may(Permission.READ_SCREENING):
        return set()
    clients = {session.client_id for session in sessions}
    return set(Client.objects.in_care_of(member).filter(pk__in=clients).values_list("pk", flat=True))
