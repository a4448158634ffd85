"""What this room hears of, and whom it tells: the clinician, the desk, and the client on their own pages."""

from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.record.querysets import keeps_the_desk
from practice import contributions
from practice.contributions import Attention, PortalCard
from practice.people.models import Member
from practice.people.roles import Permission
from sessions.booking.models import TherapySession
from sessions.booking.querysets import TherapySessionQuerySet
from sessions.onhold import actions, lifecycle
from sessions.onhold.models import HoldChoice
from sessions.onhold.screens import my_card

SOON = timedelta(days=1)
DESK_LOOKS_AHEAD = timedelta(days=7)
BEFORE_THE_NEXT_SESSION = 5
MOST_LINES = 20


def register() -> None:
    """Registers the room's givers and listeners, once."""
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
    contributions.attention.register(attention, rows=_on_hold)
    contributions.unsettled.register(unsettled)
    contributions.portal_cards.register(portal_cards)
    contributions.clearance_decided.register(heard_of_a_decision)


def heard_of_a_decision(clearance: Any, by: Member | None, now: datetime) -> None:
    actions.withdrawn(clearance=clearance, by=by, now=now)


def _on_hold(member: Member, now: datetime) -> TherapySessionQuerySet | None:
    if member.is_client or not member.may(Permission.READ_CALENDAR):
        return None
    rows = TherapySession.objects.visible_to(member).on_hold()
    if keeps_the_desk(member):
        return rows.filter(starts_at__gt=now, starts_at__lte=now + DESK_LOOKS_AHEAD)
    return _to_choose(rows.filter(clinician=member), now) if member.may(Permission.CLOSE_SESSION) else None


def attention(member: Member, now: datetime) -> list[Attention]:
    """The clinician chooses what becomes of their sessions on hold; the desk hears that they are, and whom to ask."""
    found = _on_hold(member, now)
    if found is None:
        return []
    rows = found.select_related("client", "clinician")
    if keeps_the_desk(member):
        return [_for_the_desk(row) for row in rows[:MOST_LINES]]
    own = rows.order_by("client_id", "starts_at", "pk")
    return [_for_the_clinician(list(same), now) for _key, same in groupby(own, key=lambda row: row.client_id)]


def unsettled(client: Any, member: Member, now: datetime) -> list[Attention]:
    """Beside the decision: the sessions of this client about which nobody has chosen yet."""
    if member.is_client or not member.may(Permission.CLOSE_SESSION):
        return []
    rows = TherapySession.objects.visible_to(member).filter(client=client).on_hold().select_related("client")
    waiting = list(_to_choose(rows, now).order_by("starts_at", "pk"))
    return [_for_the_clinician(waiting, now)] if waiting else []


def portal_cards(client: Any, now: datetime) -> list[PortalCard]:
    """What is on hold, and what has become of what was. Nothing where everything goes ahead."""
    card = my_card(client, now)
    if card is None:
        return []
    return [
        PortalCard(
            order=BEFORE_THE_NEXT_SESSION, template="sessions/onhold/portal_card.html", values={"card": card}
        )
    ]


def _to_choose(rows: TherapySessionQuerySet, now: datetime) -> TherapySessionQuerySet:
    """Those about which nobody has chosen, and those kept on hold that are near."""
    kept = HoldChoice.objects.standing().filter(
        session=OuterRef("pk"), held_at=OuterRef("held_at"), choice=HoldChoice.Choice.KEEP
    )
    return rows.exclude(Exists(kept), starts_at__gt=now + SOON)


def _when(row: TherapySession) -> str:
    return date_format(timezone.localtime(row.starts_at), "D j M, H:i")


def _for_the_clinician(rows: list[TherapySession], now: datetime) -> Attention:
    first, count = rows[0], len(rows)
    words = ngettext("%(client)s: a session is on hold", "%(client)s: %(count)d sessions are on hold", count)
    return Attention(
        urgency="alert" if first.starts_at - now <= SOON else "waiting",
        icon="circle-pause",
        title=words % {"client": first.client.name, "count": count},
        text=_("%(mode)s, %(when)s. Sit instead, keep it on hold, or cancel.")
        % {"mode": first.get_mode_display(), "when": _when(first)},
        url=reverse("held_sessions", args=[first.client.uid]),
        action=_("Choose"),
        at=first.held_at,
    )


def _for_the_desk(row: TherapySession) -> Attention:
    said = {"client": row.client.name, "when": _when(row), "clinician": row.clinician.name}
    return Attention(
        urgency="waiting",
        icon="circle-pause",
        title=_("A session is on hold"),
        text=_("%(client)s, %(when)s. Ask %(clinician)s before you say anything about it.") % said,
        url=reverse("session", args=[row.uid]),
        action=_("Look at it"),
        at=row.starts_at,
    )
