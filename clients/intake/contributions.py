"""What this room contributes: forms that ended unfinished, its rows to exports and erasures, and its wall."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.intake import lifecycle, wall
from practice import contributions
from practice.contributions import Attention
from practice.people.roles import Permission

if TYPE_CHECKING:
    from clients.intake.querysets import DraftQuerySet
    from practice.people.models import Member

MOST_NEWS = 20


def _ended_unfinished(member: "Member", now: datetime) -> "DraftQuerySet | None":
    from clients.intake.screens import erased_lately  # noqa: PLC0415 - the screens build on what this module registers

    return erased_lately(member, now) if member.may(Permission.READ_SCREENING) else None


def attention(member: "Member", now: datetime) -> list[Attention]:
    """Forms of one's own clients that were erased unfinished: perhaps a word helps."""
    rows = _ended_unfinished(member, now)
    if rows is None:
        return []
    return [
        Attention(
            urgency="news",
            icon="clipboard-list",
            title=_("%s: a form ended unfinished") % draft.client.name,
            text=_(
                "Its answers were erased after 30 days. The questions are still open; perhaps ask in person."
            ),
            url=reverse("client", args=[draft.client.uid]),
            action=_("Open"),
            at=draft.erased_at,
        )
        for draft in rows.select_related("client").order_by("-erased_at", "-pk")[:MOST_NEWS]
    ]


def register() -> None:
    """Registers the room's givers, once."""
    contributions.attention.register(attention, rows=_ended_unfinished)
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
    wall.put_up()
