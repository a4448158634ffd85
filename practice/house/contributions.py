"""What waits for an owner before the first client comes."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from practice import contributions
from practice.contributions import Attention
from practice.house.screens import response_words, way_out
from practice.people.models import Member
from practice.people.roles import Permission


def attention(member: Member, now: datetime) -> list[Attention]:
    """Until somebody has said who reads answers and by when, and has decided about "Exit quickly"."""
    if not member.may(Permission.KEEP_PEOPLE):
        return []
    waiting = (
        []
        if response_words()
        else [_item(_("Say who reads answers, and by when"), _("No client can be invited before."))]
    )
    if not way_out().is_decided:
        why = _("The intake asks whether somebody must not know where the client is.")
        waiting.append(_item(_("Decide whether clients see “Exit quickly”"), why))
    return waiting


def _item(title: str, text: str) -> Attention:
    return Attention(
        urgency="waiting",
        icon="clipboard-list",
        title=title,
        text=text,
        url=reverse("keep_practice"),
        action=_("Say it"),
    )


def register() -> None:
    """Registers the room's giver, once."""
    contributions.attention.register(attention)
