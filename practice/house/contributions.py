"""What waits for an owner before the first client comes."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from practice import contributions
from practice.contributions import Attention
from practice.house.screens import response_words
from practice.people.models import Member
from practice.people.roles import Permission


def attention(member: Member, now: datetime) -> list[Attention]:
    """Until somebody has said who reads answers and by when."""
    if not member.may(Permission.KEEP_PEOPLE) or response_words():
        return []
    return [
        Attention(
            urgency="waiting",
            icon="clipboard-list",
            title=_("Say who reads answers, and by when"),
            text=_("No client can be invited before."),
            url=reverse("keep_practice"),
            action=_("Say it"),
        )
    ]


def register() -> None:
    """Registers the room's giver, once."""
    contributions.attention.register(attention)
