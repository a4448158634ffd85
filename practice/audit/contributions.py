"""A trail that is not whole is the first thing its keeper sees."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from practice import contributions
from practice.audit import checking
from practice.audit.faults import words_of
from practice.audit.models import TrailCheck
from practice.contributions import Attention
from practice.people.models import Member
from practice.people.roles import Permission


def register() -> None:
    """Once, when the product starts."""
    contributions.attention.register(broken_trail)
    checking.register()


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
