"""What this room contributes to the pages about a client and to Today."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practice import contributions
from practice.contributions import Attention, PortalCard, TimelineItem
from practice.people.models import Member, Practice
from practice.people.roles import Permission
from practice.web.refusals import Words
from sessions.booking import lifecycle
from sessions.booking.held import sessions_held
from sessions.booking.models import TherapySession
from sessions.booking.querysets import TherapySessionQuerySet
from sessions.booking.screens import STATE_BADGES, about, map_of

TITLES: dict[str, Words] = {
    "sit": gettext_lazy("Session, sitting"),
    "walk": gettext_lazy("Session, walking"),
    "run": gettext_lazy("Session, running"),
}
FIRST_ON_HOME = 10
MOST_LINES = 20


def timeline(client: Any, member: Member, since: datetime, until: datetime) -> list[TimelineItem]:
    """The client's sessions in that time, as far as the member may see them."""
    rows = TherapySession.objects.visible_to(member).filter(client=client).between(since, until)
    return [_item(row, member) for row in rows.select_related("route")]


def _without_a_word(member: Member, now: datetime) -> TherapySessionQuerySet | None:
    if not member.may(Permission.CLOSE_SESSION):
        return None
    return TherapySession.objects.visible_to(member).filter(clinician=member).left_open(now)


def attention(member: Member, now: datetime) -> list[Attention]:
    """The clinician's own sessions that wait for a word."""
    rows = _without_a_word(member, now)
    return [_left_open(row) for row in rows.select_related("client")[:MOST_LINES]] if rows is not None else []


def portal_cards(client: Any, now: datetime) -> list[PortalCard]:
    """When and where the next session is. Nothing where none is booked."""
    row = TherapySession.objects.filter(client=client).ahead(now).with_people().first()
    if row is None:
        return []
    practice = Practice.objects.first()
    values = {
        "starts_at": row.starts_at,
        "mode": row.mode,
        "mode_word": row.get_mode_display(),
        "is_moving": row.is_moving,
        "clinician": row.clinician.name,
        "where": row.meeting_place or row.get_place_display(),
        "pace": row.get_pace_display(),
        "route_name": row.route.name if row.route else "",
        "map_svg": map_of(row.route),
        "practice_name": practice.name if practice else "",
        "practice_phone": practice.phone if practice else "",
    }
    return [
        PortalCard(order=FIRST_ON_HOME, template="sessions/booking/portal_card.html", values={"next": values})
    ]


def register() -> None:
    """Registers the room's givers, once."""
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
    contributions.last_services.register(lifecycle.last_services)
    contributions.last_sessions.register(lifecycle.last_services)
    contributions.sessions_held.register(sessions_held)  # asked by the measures
    contributions.timeline.register(timeline)
    contributions.attention.register(attention, rows=_without_a_word)
    contributions.portal_cards.register(portal_cards)


def _item(row: TherapySession, member: Member) -> TimelineItem:
    is_usual = row.state == row.State.COMPLETED
    return TimelineItem(
        at=row.starts_at,
        kind="session",
        icon=f"g-{row.mode}",
        title=TITLES[row.mode],
        text=about(row),
        url="" if member.is_client else reverse("session", args=[row.uid]),
        badge="" if is_usual else row.get_state_display(),
        tone="" if is_usual else STATE_BADGES[row.state],
    )


def _when_and_who(row: TherapySession) -> str:
    when = date_format(timezone.localtime(row.starts_at), "D j M, H:i")
    return _("%(client)s, %(when)s") % {"client": row.client.name, "when": when}


def _left_open(row: TherapySession) -> Attention:
    return Attention(
        urgency="waiting",
        icon="calendar-check",
        title=_("Did this session take place?"),
        text=_when_and_who(row),
        url=reverse("session", args=[row.uid]),
        action=_("Say how it went"),
        at=row.ends_at,
    )
