"""What the booking form shows beside its fields: which ways are open, and how long a route takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from clients.record.models import CareTeamMember, Client
from clients.runs.models import RunLog
from clients.screening.standing import Standing, standings
from practice.people.models import Member
from practice.web.templatetags.towpath import km
from sessions.booking.clearances import reads_about
from sessions.booking.models import TherapySession
from sessions.pace.rules import Estimate, route_minutes
from sessions.routes.models import Route

if TYPE_CHECKING:
    from sessions.booking.forms import FactsForm

MODE = TherapySession.Mode
MOVING = {MODE.WALK.value, MODE.RUN.value}
USUAL_PACE = "chat"
MINUTES_TO_ARRIVE_AND_COOL_DOWN = 10


@dataclass(frozen=True, kw_only=True)
class BookingHelp:
    """What stands beside the fields: the ways that are open, and where the chosen route begins."""

    modes: Sequence["ModeChoice"]
    day: date
    begins: str
    pace_word: str


@dataclass(frozen=True, kw_only=True)
class ModeChoice:
    """A way of meeting as a tile. `reason` says why it is closed, `conditions` what goes with it."""

    value: str
    word: str
    is_open: bool
    is_chosen: bool
    badge: str
    badge_word: str
    reason: str
    conditions: str


def booking_help(
    form: "FactsForm", client: Client | None, routes: Sequence[Route], member: Member
) -> BookingHelp:
    """Read the form as it stands; its routes get their minutes, its modes their standing on that day."""
    mode, pace = str(form["mode"].value() or ""), str(form.peek("pace") or "")
    day, route = form.peek("date") or timezone.localdate(), form.peek("route")
    form.fields["route"].labels = route_labels(routes, mode, pace, form.peek("minutes"))  # type: ignore[attr-defined]
    return BookingHelp(
        modes=mode_choices(client, day, member, mode),
        day=day,
        begins=route.meeting_place if route else "",
        pace_word=str(RunLog.Effort(pace or USUAL_PACE).label).lower() if mode in MOVING else "",
    )


def clinician_for(client: Client | None, member: Member) -> Member | None:
    """Whom the form proposes: the clinician who books, else the client's primary clinician."""
    if "clinician" in member.roles or client is None:
        return member
    team = CareTeamMember.objects.on(timezone.localdate()).filter(client=client, part="primary")
    return next((one.member for one in team.order_by("-since").select_related("member")), None)


def mode_choices(client: Client | None, on: date, member: Member, chosen: str) -> list[ModeChoice]:
    """Sitting, walking and running for this client on that day. Without a client, all are open.

    Where a client stands is for their care team. For everybody else the tiles look the same for every client; that a
    way is not open they learn when they book it.
    """
    known = {one.mode: one for one in standings(client, on)} if client and reads_about(member, client) else {}
    return [_choice(mode, known.get(mode), is_chosen=mode == chosen) for mode in MODE.values]


def route_labels(routes: Sequence[Route], mode: str, pace: str, minutes: int | None) -> dict[Any, str]:
    """Each route with its length and, for who moves, about how long it takes at that pace."""
    return {route.pk: _route_label(route, mode, pace, minutes) for route in routes}


def estimate_of(route: Route, mode: str, pace: str) -> Estimate | None:
    """How long the route takes at that pace, None for who sits."""
    if mode not in MOVING or not route.points:
        return None
    return route_minutes(route.points, mode=mode, pace=pace or USUAL_PACE, ascent_m=route.ascent_m)


def _choice(mode: str, standing: Standing | None, *, is_chosen: bool) -> ModeChoice:
    is_open = standing is None or standing.allows
    conditions = standing.clearance.conditions_in_words if standing and standing.clearance and is_open else ""
    reason = "" if is_open or standing is None else standing.words
    badge, badge_word = _badge(standing) if standing else ("", "")
    return ModeChoice(
        value=mode,
        word=str(MODE(mode).label),
        is_open=is_open,
        is_chosen=is_chosen,
        badge=badge,
        badge_word=badge_word,
        reason=reason,
        conditions=conditions,
    )


def _badge(standing: Standing) -> tuple[str, str]:
    """Open or not, and in which way."""
    if not standing.allows:
        return standing.kind, _("Not open")
    if standing.kind == "conditions":
        return "conditions", _("With conditions")
    return "clear", _("Open")


def _route_label(route: Route, mode: str, pace: str, minutes: int | None) -> str:
    parts = [route.name, km(route.distance_m)]
    if estimate := estimate_of(route, mode, pace):
        parts.append(_("about %d min") % estimate.minutes)
        if minutes and estimate.minutes + MINUTES_TO_ARRIVE_AND_COOL_DOWN > minutes:
            parts.append(_("turn back early"))
    return " · ".join(parts)
