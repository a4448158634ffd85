"""What a member may do with one client, beyond finding the record."""

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper
from django.utils import timezone

from clients.record.models import CareTeamMember, Client
from clients.record.querysets import SUPERVISING_PART, Reach, keeps_the_desk, keys_within_reach, under_care_of
from practice.database.once import is_looking_up_once
from practice.people.models import Member
from practice.people.roles import Permission

__all__ = [
    "Reach",
    "check_contacts_kept_by",
    "check_reach",
    "keeps_contacts",
    "reaches",
    "reaches_of",
    "supervises",
    "writes_focus",
]


def reaches(member: Member, client_id: int, reach: Reach) -> bool:
    """Whether this client is within the member's reach today. One query."""
    if is_looking_up_once():
        return reach in reaches_of(member, client_id)
    return Client.objects.in_care_of(member, reach).filter(pk=client_id).exists()


def reaches_of(member: Member, client_id: int) -> frozenset[Reach]:
    """Everything this member may do with this client today, in one query."""
    if is_looking_up_once() and member.is_active and not member.is_client:
        return frozenset(reach for reach in Reach if client_id in keys_within_reach(member, reach))
    asked = {
        reach.name: ExpressionWrapper(under_care_of(member, "", reach), output_field=BooleanField())
        for reach in Reach
    }
    said = Client.objects.filter(pk=client_id).values(**asked).first() or {}
    return frozenset(reach for reach in Reach if said.get(reach.name))


def check_reach(member: Member, client_id: int, reach: Reach) -> None:
    """Raise PermissionDenied (403) for who sees the record and may not do this with it.

    The caller has found the client by `visible_to`, so a client is always themself here. Supervising is reading; an
    emergency opens reading, notes and safety alerts, nothing else.
    """
    if not member.is_client and not reaches(member, client_id, reach):
        raise PermissionDenied


def check_contacts_kept_by(member: Member, client: Client) -> None:
    """Raise PermissionDenied for who sees this client and neither treats them nor keeps the desk."""
    if not keeps_contacts(member, client):
        raise PermissionDenied


def keeps_contacts(member: Member, client: Client) -> bool:
    """Whether the member may change name, contacts and portal of this client: the desk, and who treats them."""
    may = member.may(Permission.REGISTER_CLIENT)
    return may and (keeps_the_desk(member) or reaches(member, client.pk, Reach.KEEP))


def writes_focus(member: Member, client: Client) -> bool:
    """What the work is about is for those who treat this client."""
    return member.may(Permission.CHANGE_RECORD) and reaches(member, client.pk, Reach.KEEP)


def supervises(member: Member, client_id: int) -> bool:
    """Whether the member's part in this client's care team today is to supervise."""
    team = CareTeamMember.objects.on(timezone.localdate()).filter(member=member, client=client_id)
    return member.is_active and team.filter(part=SUPERVISING_PART).exists()
