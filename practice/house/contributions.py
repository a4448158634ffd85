"""What waits for an owner before the first client comes."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from practice import contributions
from practice.contributions import Attention
from practice.house.screens import are_numbers_confirmed, response_words, way_out
from practice.people.models import Member
from practice.people.roles import Permission


def attention(member: Member, now: datetime) -> list[Attention]:
    """Until somebody has said who reads answers and by when, confirmed the crisis numbers, decided about "Exit quickly"."""
    found = []
    if member.may(Permission.KEEP_PEOPLE) and not response_words():
        found.append(_say(_("Say who reads answers, and by when"), _("No client can be invited before.")))
    if member.may(Permission.KEEP_RESOURCES) and not are_numbers_confirmed(timezone.localdate(now)):
        found.append(_confirm_the_numbers())
    if member.may(Permission.KEEP_PEOPLE) and not way_out().is_decided:
        why = _("The intake asks whether somebody must not know where the client is.")
        found.append(_say(_("Decide whether clients see “Exit quickly”"), why))
    return found


def _say(title: str, text: str) -> Attention:
    return Attention(
        urgency="waiting",
        icon="clipboard-list",
        title=title,
        text=text,
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
