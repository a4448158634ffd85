"""What this room contributes: plans to look at again, versions in the timeline, the client's card, export, erasure."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.record.models import Client
from clients.record.querysets import Reach, under_care_of
from clients.safety import lifecycle, wall
from clients.safety.models import SafetyPlan
from clients.safety.querysets import SafetyPlanQuerySet
from practice import contributions
from practice.contributions import Attention, PortalCard, TimelineItem
from practice.people.models import Member
from practice.people.roles import Permission

MOST_WAITING = 20
BELOW_THE_LOG = 60


def timeline(client: Client, member: Member, since: datetime, until: datetime) -> list[TimelineItem]:
    """Each version; what it says is read on its own page."""
    rows = SafetyPlan.objects.visible_to(member).of(client).filter(written_at__range=(since, until))
    return [
        TimelineItem(
            at=plan.written_at,
            kind="screening",
            icon="life-buoy",
            title=_("Safety plan, version %d") % plan.version,
            text=_("Written by %s") % plan.written_by.name,
            url=reverse("safety_plan_version", args=[client.uid, plan.version]),
        )
        for plan in rows
    ]


def due_plans(member: Member, now: datetime) -> SafetyPlanQuerySet | None:
    if member.is_client or not member.may(Permission.CHANGE_RECORD):
        return None
    plans = SafetyPlan.objects.visible_to(member).filter(under_care_of(member, reach=Reach.KEEP))
    return plans.newest_of_each().filter(look_again_on__lte=timezone.localdate(now))


def attention(member: Member, now: datetime) -> list[Attention]:
    """Plans of one's own clients whose day to look again has come, the longest ago first."""
    due = due_plans(member, now)
    if due is None:
        return []
    return [
        Attention(
            urgency="waiting",
            icon="life-buoy",
            title=_("%s: a safety plan to look at again") % plan.client.reference,
            text=_("It was to be looked at by now."),
            url=reverse("safety_plan", args=[plan.client.uid]),
            action=_("Open the plan"),
            at=plan.looked_at or plan.written_at,
        )
        for plan in due.select_related("client").order_by("look_again_on", "pk")[:MOST_WAITING]
    ]


def portal_cards(client: Client, now: datetime) -> list[PortalCard]:
    """The way to their own plan, for who has one."""
    if not SafetyPlan.objects.filter(client=client, is_agreed=True).exists():
        return []
    return [PortalCard(order=BELOW_THE_LOG, template="clients/safety/portal_card.html", values={})]


def register() -> None:
    """Registers the room's givers, once."""
    contributions.timeline.register(timeline)
    contributions.attention.register(attention, rows=due_plans)
    contributions.portal_cards.register(portal_cards)
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
    wall.put_up()
