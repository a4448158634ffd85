"""What this room contributes: what waits for long, the way to a client's own check-ins, its rows when a client leaves."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.measures import lifecycle, wall
from clients.measures.models import MeasurePlan
from clients.record.models import Client
from clients.record.querysets import Reach, under_care_of
from clients.screening.models import Screening
from clients.screening.querysets import ScreeningQuerySet
from practice import contributions
from practice.contributions import Attention, PortalCard
from practice.people.models import Member
from practice.people.roles import Permission

LONG = timedelta(days=7)
MOST_LINES = 20
BELOW = 60


def register() -> None:
    """Registers the room's givers, once."""
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
    contributions.attention.register(attention, rows=late_check_ins)
    contributions.portal_cards.register(portal_cards)
    wall.put_up()


def late_check_ins(member: Member, now: datetime) -> ScreeningQuerySet | None:
    if member.is_client or not member.may(Permission.ASK_SCREENING):
        return None
    mine = Screening.objects.visible_to(member).filter(under_care_of(member, reach=Reach.KEEP))
    return mine.still_open().filter(purpose="measure", asked_at__lte=now - LONG)


def attention(member: Member, now: datetime) -> list[Attention]:
    """Check-ins that have waited with a client of one's own for a week: one may fill them in together."""
    waiting = late_check_ins(member, now)
    if waiting is None:
        return []
    return [
        Attention(
            urgency="waiting",
            icon="clipboard-pen",
            title=_("%s: a check-in waits") % row.client.name,
            text=_("Not handed in for a week or longer. You can fill it in together."),
            url=reverse("client_measures", args=[row.client.uid]),
            action=_("Look at it"),
            at=row.asked_at,
        )
        for row in waiting.select_related("client").order_by("asked_at", "pk")[:MOST_LINES]
    ]


def portal_cards(client: Client, now: datetime) -> list[PortalCard]:
    """The way to one's own check-ins, for those who are or were asked. One query."""
    asked = Q(pk=client.pk) & (
        Q(screenings__purpose="measure") | Q(measure_plans__in=MeasurePlan.objects.standing())
    )
    if not Client.objects.filter(asked).exists():
        return []
    return [PortalCard(order=BELOW, template="clients/measures/portal_card.html", values={})]
