"""A trail that is not whole is the first thing its keeper sees."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from practice import contributions
from practice.audit import checking
from practice.audit.faults import words_of
from practice.audit.models import AuditEvent, TrailCheck
from practice.audit.querysets import AuditQuerySet
from practice.contributions import Attention
from practice.people.models import Member
from practice.people.roles import Permission


def register() -> None:
    """Once, when the product starts."""
    contributions.attention.register(broken_trail)
    contributions.attention.register(left_out, rows=_left_out)
    checking.register()


def left_out(member: Member, now: datetime) -> list[Attention]:
    """For those who keep the trail: for whom the work by itself could not be done since yesterday. Not what it was."""
    rows = _left_out(member, now)
    found = rows.order_by().values_list("client_reference", flat=True).distinct() if rows is not None else ()
    return [
        Attention(
            urgency="waiting",
            icon="triangle-alert",
            title=_("%s: what Towpath does by itself could not be done") % reference,
            text=_(
                "The record may be damaged. Ask whoever treats them to look, and whoever keeps the server."
            ),
            url=reverse("trail"),
            action=_("Open the trail"),
        )
        for reference in sorted(found)
    ]


def _left_out(member: Member, now: datetime) -> AuditQuerySet | None:
    if not member.may(Permission.READ_TRAIL):
        return None
    lines = AuditEvent.objects.visible_to(member).acts()
    return lines.filter(action="work_left_out", at__gt=now - timedelta(days=1))


def broken_trail(member: Member, now: datetime) -> list[Attention]:
    """The fault that the last look found, for those who keep the trail."""
    if not member.may(Permission.READ_TRAIL):
        return []
    last = TrailCheck.objects.visible_to(member).newest_first().first()
    if last is None or not last.fault:
        return []
    return [
        Attention(
            urgency="alert",
            icon="octagon-alert",
            title=_("The audit trail is not whole"),
            text=words_of(last.fault, last.where),
            url=reverse("trail"),
            action=_("Open the trail"),
            at=last.at,
        )
    ]
