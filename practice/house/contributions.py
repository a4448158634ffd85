"""What waits for an owner before the first client comes."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from practice import contributions
from practice.contributions import Attention
from practice.house.screens import are_numbers_confirmed, response_words
from practice.people.models import Member
from practice.people.roles import Permission


def attention(member: Member, now: datetime) -> list[Attention]:
    """Until somebody has said who reads answers and by when, and confirmed what clients call in a crisis."""
    found = []
    if member.may(Permission.KEEP_PEOPLE) and not response_words():
        found.append(_say_who_reads())
    if member.may(Permission.KEEP_RESOURCES) and not are_numbers_confirmed(timezone.localdate(now)):
        found.append(_confirm_the_numbers())
    return found


def _say_who_reads() -> Attention:
    return Attention(
        urgency="waiting",
        icon="clipboard-list",
        title=_("Say who reads answers, and by when"),
        text=_("No client can be invited before."),
        url=reverse("keep_practice"),
        action=_("Say it"),
    )


def _confirm_the_numbers() -> Attention:
    return Attention(
        urgency="waiting",
        icon="life-buoy",
        title=_("Confirm the emergency and crisis numbers that clients are shown"),
        text=_("Call each once. No client can be invited before."),
        url=reverse("resources"),
        action=_("Look at them"),
    )


def register() -> None:
    """Registers the room's giver, once."""
    contributions.attention.register(attention)
