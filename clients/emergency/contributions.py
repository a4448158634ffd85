"""What this room contributes: a banner for who has a record open, and what waits for owners."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.emergency.screens import open_now
from clients.record.models import BreakGlass
from clients.record.querysets import EmergencyQuerySet
from practice import contributions
from practice.contributions import Attention, Banner
from practice.people.models import Member
from practice.people.roles import Permission

MOST_WAITING = 20


def banners(member: Member, now: datetime) -> list[Banner]:
    """While a record is open in an emergency, on every page."""
    shown = open_now(member, now)
    return [Banner(template="clients/emergency/banner.html", values={"open": shown})] if shown else []


def _unreviewed(member: Member, _now: datetime) -> EmergencyQuerySet | None:
    if not member.may(Permission.KEEP_PEOPLE):
        return None
    return BreakGlass.objects.visible_to(member).unreviewed().exclude(member=member)


def attention(member: Member, now: datetime) -> list[Attention]:
    """For owners: what is open now, on top; what is over and waits for a word, beside it."""
    rows = _unreviewed(member, now)
    if rows is None:
        return []
    waiting = rows.select_related("client", "member").order_by("opened_at", "pk")[:MOST_WAITING]
    return [_item(row, now) for row in waiting]


def _item(row: BreakGlass, now: datetime) -> Attention:
    is_open = row.is_open_at(now)
    words = {"who": row.member.name, "reference": row.client.reference}
    return Attention(
        urgency="alert" if is_open else "waiting",
        icon="lock-open",
        title=_("Opened in an emergency: %(reference)s, by %(who)s") % words,
        text=_("Open now.") if is_open else _("Over. They may use it again once you have looked at it."),
        url=reverse("break_glass_reviews"),
        action=_("Look at it"),
        at=row.opened_at,
    )


def register() -> None:
    """Registers the room's givers, once."""
    contributions.attention.register(attention, rows=_unreviewed)
    contributions.banners.register(banners)
