"""What this room contributes: who waits to be confirmed, its rows to exports and erasures."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.invitations import lifecycle, wall
from clients.invitations.models import PortalInvitation
from clients.invitations.querysets import InvitationQuerySet
from clients.record.querysets import under_care_of
from practice import contributions
from practice.contributions import Attention
from practice.people.models import Member
from practice.people.roles import Permission

MOST_WAITING = 20


def taken_up(member: Member, now: datetime) -> InvitationQuerySet | None:
    if member.is_client or not member.may(Permission.CHANGE_RECORD):
        return None
    rows = PortalInvitation.objects.visible_to(member).standing().filter(under_care_of(member))
    return rows.filter(accepted_at__isnull=False, confirmed_at=None)


def attention(member: Member, now: datetime) -> list[Attention]:
    """Clients of one's own who took up their invitation and wait."""
    waiting = taken_up(member, now)
    if waiting is None:
        return []
    return [
        Attention(
            urgency="waiting",
            icon="user-check",
            title=_("%s took up the invitation") % row.client.reference,
            text=_("Say that it was them, and their pages open."),
            url=reverse("open_portal", args=[row.client.uid]),
            action=_("Look at it"),
            at=row.accepted_at or now,
        )
        for row in waiting.select_related("client").order_by("accepted_at", "pk")[:MOST_WAITING]
    ]


def register() -> None:
    """Registers the room's givers, once."""
    contributions.attention.register(attention, rows=taken_up)
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
    wall.put_up()
