"""What this room hears of, and what it tells Today, the timeline, the portal and the exports."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.rescreening import lifecycle, rules
from practice import contributions
from practice.contributions import Attention, PortalCard, TimelineItem
from practice.people.roles import Permission

if TYPE_CHECKING:
    from clients.record.models import Client
    from clients.rescreening.models import Rescreen
    from clients.rescreening.querysets import RescreenQuerySet
    from practice.people.models import Member

BELOW_EVERYTHING = 70
MOST_TASKS = 100


def register() -> None:
    """Registers the room's givers and listeners, once."""
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
    contributions.timeline.register(timeline)
    contributions.attention.register(attention, rows=open_tasks_of)
    contributions.portal_cards.register(portal_cards)
    contributions.clearance_decided.register(heard_of_a_decision)
    contributions.answers_handed_in.register(heard_of_answers)
    contributions.safety_alert_raised.register(heard_of_an_alert)


def heard_of_a_decision(clearance: Any, by: "Member | None", now: datetime) -> None:
    from clients.rescreening import actions  # noqa: PLC0415 - apps must be ready first

    actions.close_what_waited(decision=clearance, by=by, now=now)


def heard_of_answers(screening: Any, by: "Member", now: datetime) -> None:
    from clients.rescreening import actions  # noqa: PLC0415 - apps must be ready first

    actions.notice_answers(screening=screening, now=now)


def heard_of_an_alert(alert: Any, by: "Member", now: datetime) -> None:
    from clients.rescreening import actions  # noqa: PLC0415 - apps must be ready first

    actions.notice_alert(alert=alert, now=now)


def open_tasks_of(member: "Member", _now: datetime) -> "RescreenQuerySet | None":
    from clients.rescreening.screens import open_tasks  # noqa: PLC0415 - apps must be ready first

    return open_tasks(member) if not member.is_client and member.may(Permission.DECIDE_CLEARANCE) else None


def attention(member: "Member", now: datetime) -> list[Attention]:
    """The tasks for which this member is named: it stands on their Today until a decision closes it."""
    from clients.rescreening.screens import named_tasks  # noqa: PLC0415 - apps must be ready first

    if member.is_client or not member.may(Permission.DECIDE_CLEARANCE):
        return []
    tasks = named_tasks(member, timezone.localdate(now))
    return [_waiting(task) for task in tasks[:MOST_TASKS]]


def timeline(client: "Client", member: "Member", since: datetime, until: datetime) -> list[TimelineItem]:
    """What called for a new look."""
    from clients.rescreening.models import Rescreen  # noqa: PLC0415 - apps must be ready first

    if member.is_client or not member.may(Permission.READ_SCREENING):
        return []
    rows = Rescreen.objects.visible_to(member).filter(client=client, raised_at__range=(since, until))
    return [_item(task) for task in rows.select_related("client", "raised_by")]


def portal_cards(client: "Client", now: datetime) -> list[PortalCard]:
    """The way to say that something has changed, and that what was said is waiting to be talked about."""
    from clients.rescreening.models import Rescreen  # noqa: PLC0415 - apps must be ready first

    if client.member is None:
        return []
    told = Rescreen.objects.visible_to(client.member).filter(client=client).still_open()
    kinds = set(told.values_list("kind", flat=True))
    values = {"is_waiting": bool(kinds), "moving_waits": bool(kinds & rules.HOLDS)}
    return [
        PortalCard(order=BELOW_EVERYTHING, template="clients/rescreening/portal_card.html", values=values)
    ]


def _waiting(task: "Rescreen") -> Attention:
    return Attention(
        urgency="waiting",
        icon="rotate-ccw",
        title=_("%s: look at walking and running again") % task.client.name,
        text=task.get_kind_display(),
        url=reverse("client_changes", args=[task.client.uid]),
        action=_("Look again"),
        at=task.raised_at,
    )


def _item(task: "Rescreen") -> TimelineItem:
    return TimelineItem(
        at=task.raised_at,
        kind="screening",
        icon="rotate-ccw",
        title=task.get_kind_display(),
        text=task.why,
        url=reverse("client_changes", args=[task.client.uid]),
        badge=_("To look at") if task.is_open else "",
        tone="due" if task.is_open else "",
    )
