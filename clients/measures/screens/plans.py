"""How often each measure of a client is asked, and when next: in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.instruments import load
from clients.measures.models import MeasurePlan
from clients.measures.querysets import measures
from clients.measures.rules import SESSIONS
from clients.measures.standing import PlanStanding, standings_of
from clients.record.models import Client
from clients.screening.models import Response

SUGGESTED, SUGGESTED_EVERY = ("phq9", "gad7", "core10"), 4
"""Domain §1.4: at every review, which is every four sessions. Offered, never set by itself."""


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """One plan: which measure, how often, how it stands. `badge` is the kind of the badge that carries `state`."""

    plan: MeasurePlan
    name: str
    rhythm: str
    badge: str
    state: str
    next: str
    is_resting: bool
    is_over: bool
    waiting: Response | None


@dataclass(frozen=True, kw_only=True)
class PlansCard:
    """The plans of a client, and what could be planned or filled in: (key, name) of each measure."""

    lines: Sequence[PlanLine]
    offered: Sequence[tuple[str, str]]
    to_fill_in: Sequence[tuple[str, str]]
    suggestion: str
    may_send: bool


def plans_card(client: Client, on: date) -> PlansCard:
    """Every plan that has not ended, in the order in which the measures are asked."""
    plans = MeasurePlan.objects.standing().filter(client=client).select_related("client")
    used = measures()
    order = {key: place for place, key in enumerate(used)}
    lines = [plan_line(one) for one in standings_of(plans, on)]
    planned = {line.plan.instrument for line in lines}
    named = [(key, load(key).name) for key in used]
    return PlansCard(
        lines=sorted(lines, key=lambda line: order.get(line.plan.instrument, len(order))),
        offered=[(key, name) for key, name in named if key not in planned],
        to_fill_in=named,
        suggestion=_suggestion(),
        may_send=client.status in {"prospect", "screening", "active"},
    )


def plan_line(standing: PlanStanding) -> PlanLine:
    plan, rhythm = standing.plan, standing.plan.rhythm
    badge, state = _state(standing)
    return PlanLine(
        plan=plan,
        name=name_of(plan.instrument),
        rhythm=rhythm_words(plan.every, plan.unit),
        badge=badge,
        state=state,
        next="" if badge in {"hold", "plain"} else _next(standing),
        is_resting=rhythm.rests_on(standing.on),
        is_over=rhythm.is_over_on(standing.on),
        waiting=standing.waiting,
    )


def plan_line_of(plan: MeasurePlan, on: date) -> PlanLine:
    """One plan by itself."""
    (standing,) = standings_of([plan], on)
    return plan_line(standing)


def rhythm_words(every: int, unit: str) -> str:
    """every session, every 4 sessions, every 2 weeks."""
    if unit == SESSIONS:
        return ngettext("after every session", "every %(count)d sessions", every) % {"count": every}
    return ngettext("every week", "every %(count)d weeks", every) % {"count": every}


def name_of(key: str) -> str:
    """The measure's name; its key where this practice has put the questionnaire away."""
    try:
        return load(key).name
    except KeyError:
        return key.upper()


def _state(standing: PlanStanding) -> tuple[str, str]:
    """The badge and its word."""
    rhythm, on = standing.plan.rhythm, standing.on
    if standing.plan.instrument not in measures():
        return "plain", _("Not used here any more")
    if rhythm.is_over_on(on):
        return "plain", _("Over since %s") % _day(rhythm.until)
    if rhythm.rests_on(on):
        return "hold", _("Rests until %s") % _day(rhythm.resumes_on) if rhythm.resumes_on else _("Rests")
    if standing.waiting:
        since = timezone.localdate(standing.waiting.screening.asked_at)
        return "due", _("With the client since %s") % _day(since)
    if standing.is_due:
        return "due", _("Due")
    return "info", _("Begins") if on < rhythm.starts_on else _("Runs")


def _next(standing: PlanStanding) -> str:
    if standing.waiting:
        return ""
    if standing.is_due:
        return _("it is sent today")
    if standing.sessions_left is not None:
        left = standing.sessions_left
        return ngettext("after one more session", "after %(count)d more sessions", left) % {"count": left}
    return _("next on %s") % _day(standing.next_on) if standing.next_on else ""


def _day(day: date | None) -> str:
    return date_format(day, "j M Y") if day else ""


def _suggestion() -> str:
    """PHQ-9, GAD-7 and CORE-10 every 4 sessions: those of them that this practice uses. "" without any."""
    used = measures()
    names = [load(key).name for key in SUGGESTED if key in used]
    if not names:
        return ""
    listed = (
        _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}
        if len(names) > 1
        else names[0]
    )
    return _("%(names)s %(rhythm)s") % {"names": listed, "rhythm": rhythm_words(SUGGESTED_EVERY, SESSIONS)}
