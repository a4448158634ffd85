"""Who may read clinical words about the client of a session."""

from collections.abc import Iterable

from clients.record.models import Client
from practice.people.models import Member
from practice.people.roles import Permission
from sessions.booking.models import CancelledBecause, TherapySession

PLAIN_REASONS = set(CancelledBecause.values) - {CancelledBecause.UNWELL, CancelledBecause.CLEARANCE}


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
