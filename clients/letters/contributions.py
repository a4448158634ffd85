"""What this room contributes: the letter on the client's home page, its lines in the timeline, exports, erasures."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.letters import lifecycle, wall
from clients.letters.models import Letter
from clients.record.models import Client
from practice import contributions
from practice.contributions import PortalCard, TimelineItem
from practice.people.models import Member
from practice.people.roles import Permission

SHOWN_FOR = timedelta(days=28)
"""How long a letter that was read stays on the home page; it stays among the letters for good."""


def register() -> None:
    """Registers the room's givers, once."""
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
    contributions.timeline.register(timeline)
    contributions.portal_cards.register(portal_cards)
    wall.put_up()


def timeline(client: Client, member: Member, since: datetime, until: datetime) -> list[TimelineItem]:
    """Each letter, for those who read decisions."""
    if not member.may(Permission.READ_SCREENING):
        return []
    rows = Letter.objects.visible_to(member).filter(client=client, sent_at__range=(since, until))
    return [
        TimelineItem(
            at=row.sent_at,
            kind="decision",
            icon="mail",
            title=_("Letter: %s") % row.get_kind_display(),
            text=row.written_by.name,
            url=reverse("letter", args=[row.uid]),
        )
        for row in rows.select_related("written_by")
    ]


def portal_cards(client: Client, now: datetime) -> list[PortalCard]:
    """Letters that are not marked as read, and the last one for four weeks."""
    rows = Letter.objects.filter(client=client, way=Letter.Way.PORTAL).order_by("-pk")
    newest = rows.first()
    shown = list(rows.filter(read_at=None))
    if newest and newest not in shown and newest.sent_at > now - SHOWN_FOR:
        shown.append(newest)
    template = "clients/letters/portal_card.html"
    return [PortalCard(order=5, template=template, values={"letter": letter}) for letter in shown]
