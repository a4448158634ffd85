"""What this room contributes to the pages about a client, and the work it does in the background."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.screening import lifecycle
from practice import contributions
from practice.contributions import Attention, PortalCard, TimelineItem
from practice.people.roles import Permission

if TYPE_CHECKING:
    from clients.record.models import Client
    from clients.screening.models import Clearance, SafetyAlert, Screening
    from clients.screening.querysets import OverrideWishQuerySet
    from practice.people.models import Member


AGREED_CARD = "clients/screening/agreed_card.html"


def register() -> None:
    """Registers the room's givers, once."""
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
    contributions.timeline.register(timeline)
    contributions.attention.register(attention)
    contributions.attention.register(wishes, rows=_open_wishes)
    contributions.portal_cards.register(portal_cards)
    contributions.portal_cards.register(agreed)


def timeline(client: "Client", member: "Member", since: datetime, until: datetime) -> list[TimelineItem]:
    """What was asked, handed in and decided; nothing for those who may not read screenings."""
    from clients.screening.models import Clearance, Screening  # noqa: PLC0415 - apps must be ready first

    if not member.may(Permission.READ_SCREENING):
        return []
    within = Q(asked_at__range=(since, until)) | Q(submitted_at__range=(since, until))
    asked = Screening.objects.visible_to(member).filter(within, client=client).select_related("asked_by")
    decided = Clearance.objects.visible_to(member).filter(client=client, decided_at__range=(since, until))
    items = [item for screening in asked for item in _screening_items(screening)]
    items += [_decision_item(row) for row in decided.select_related("decided_by", "client")]
    return [item for item in items if since <= item.at <= until]


def attention(member: "Member", now: datetime) -> list[Attention]:
    """Open safety answers first, then what waits for a decision, then decisions to look at again."""
    from clients.screening.screens import queue, staff  # noqa: PLC0415 - apps must be ready first

    if not member.may(Permission.READ_SCREENING):
        return []
    today = timezone.localdate(now)
    alerts = [
        Attention(
            urgency="alert",
            icon="octagon-alert",
            title=_alert_title(alert),
            text=_("%s The help page was shown.") % staff.safe_words(alert.safe_now),
            url=reverse("safety_alert", args=[alert.uid]),
            action=_("Open"),
            at=alert.raised_at,
        )
        for alert in queue.open_alerts(member)
    ]
    return alerts + _to_decide(member) + _due(member, today)


def portal_cards(client: "Client", now: datetime) -> list[PortalCard]:
    """A card for each set of questions that waits for the client."""
    from clients.screening.models import Screening  # noqa: PLC0415 - apps must be ready first
    from clients.screening.screens import my_screening  # noqa: PLC0415 - the screens build on what this module registers

    waiting = Screening.objects.filter(client=client).still_open().for_the_client().order_by("asked_at", "pk")
    return [
        PortalCard(
            order=10,
            template="clients/screening/portal_card.html",
            values={"page": my_screening(screening), "screening": screening},
        )
        for screening in waiting
    ]


def agreed(client: "Client", now: datetime) -> list[PortalCard]:
    """On what we agreed, while something is open on conditions."""
    from clients.screening.screens.agreed import agreed_with  # noqa: PLC0415 - apps must be ready first

    found = agreed_with(client, timezone.localdate(now))
    return [PortalCard(order=60, template=AGREED_CARD, values={"agreed": found})] if found else []


def _open_wishes(member: "Member", _now: datetime) -> "OverrideWishQuerySet | None":
    from clients.screening.screens import queue  # noqa: PLC0415 - apps must be ready first

    return queue.wishes_for(member)


def wishes(member: "Member", _now: datetime) -> list[Attention]:
    """Overrides that wait for a second clinician, for those who may be the second."""
    from clients.screening.screens import queue  # noqa: PLC0415 - apps must be ready first

    rows = queue.wishes_for(member)
    if rows is None:
        return []
    return [
        Attention(
            urgency="waiting",
            icon="signature",
            title=_("%s: a second clinician is asked") % wish.client.name,
            text=_("Asked by %s.") % wish.asked_by.name,
            url=reverse("override", args=[wish.uid]),
            action=_("Look at it"),
            at=wish.asked_at,
        )
        for wish in rows.select_related("client", "asked_by").order_by("asked_at", "pk")[: queue.MOST_ROWS]
    ]


def _alert_title(alert: "SafetyAlert") -> str:
    if alert.would_rather_talk:
        return _("%s: would rather talk about a question of safety") % alert.client.name
    return _("%s: a safety answer") % alert.client.name


def _to_decide(member: "Member") -> list[Attention]:
    from clients.screening.screens import queue  # noqa: PLC0415 - apps must be ready first

    return [
        Attention(
            urgency="waiting",
            icon="clipboard-check",
            title=_("%s: decide about walking and running") % screening.client.name,
            text=_("Answers handed in."),
            url=reverse("screening", args=[screening.uid]),
            action=_("Read and decide"),
            at=screening.submitted_at,
        )
        for screening in queue.screenings_to_decide(member)
    ]


def _due(member: "Member", today: date) -> list[Attention]:
    from clients.screening.screens import queue  # noqa: PLC0415 - apps must be ready first

    return [
        Attention(
            urgency="waiting",
            icon="circle-pause" if due.is_held else "clock",
            title=due.client.name,
            text=queue.due_words(due),
            url=reverse("decide_clearance", args=[due.client.uid]),
            action=_("Decide"),
        )
        for due in queue.due_decisions(member, today)
    ]


def _screening_items(screening: "Screening") -> list[TimelineItem]:
    word = type(screening).Purpose(screening.purpose).label
    url = reverse("screening", args=[screening.uid])
    items = [
        TimelineItem(
            at=screening.asked_at,
            kind="screening",
            icon="clipboard-list",
            title=_("%s asked") % word,
            text=screening.asked_by.name,
            url=url,
        )
    ]
    if screening.submitted_at:
        items.append(
            TimelineItem(
                at=screening.submitted_at,
                kind="screening",
                icon="clipboard-check",
                title=_("%s handed in") % word,
                url=url,
            )
        )
    return items


def _decision_item(row: "Clearance") -> TimelineItem:
    badges = {"cleared": "clear", "conditions": "conditions", "hold": "hold", "not_suited": "stop"}
    word = type(row).Decision(row.decision).label
    return TimelineItem(
        at=row.decided_at,
        kind="decision",
        icon="shield-check",
        title=_("%(mode)s: %(decision)s") % {"mode": type(row).Mode(row.mode).label, "decision": word},
        text=row.conditions_in_words or row.rationale,
        url=reverse("decide_clearance", args=[row.client.uid]),
        badge=badges[row.decision],
    )
