"""How often, in which setting, and cleared for what."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clients.screening.models import SafetyAlert
from clients.screening.standing import Standing
from sessions.booking.models import TherapySession
from sessions.summaries.document import Box, Fact
from sessions.summaries.rules import Part
from sessions.summaries.screens.gathering import Gathered

State = TherapySession.State
MOST_SETTINGS = 4


def boxes(found: Gathered) -> Iterator[Box]:
    if Part.ATTENDANCE in found.parts:
        yield Box(title=_("Attendance"), facts=tuple(_attendance(found.sessions)))
        yield Box(title=_("Setting"), facts=tuple(_settings(found.sessions)))
    if Part.CLEARANCE in found.parts:
        yield Box(title=_("Clearance"), facts=tuple(_clearance(found)))


def _attendance(sessions: Sequence[TherapySession]) -> Iterator[Fact]:
    held = Counter(session.state for session in sessions)
    planned = len(sessions)
    if not planned:
        yield Fact(word=_("No sessions in this period"), value="")
        return
    values = {"held": held[State.COMPLETED], "planned": planned}
    yield Fact(word=_("Took place"), value=_("%(held)d of %(planned)d") % values)
    yield Fact(word=_("Cancelled"), value=str(held[State.CANCELLED]))
    yield Fact(word=_("Did not come"), value=str(held[State.NO_SHOW]))
    if held[State.ON_HOLD]:
        yield Fact(word=_("On hold"), value=str(held[State.ON_HOLD]))
    if held[State.BOOKED]:
        yield Fact(word=_("Booked, not closed yet"), value=str(held[State.BOOKED]))


def _settings(sessions: Sequence[TherapySession]) -> Iterator[Fact]:
    """How the sessions that took place were held, the most frequent first."""
    held = Counter(_setting(session) for session in sessions if session.state == State.COMPLETED)
    if not held:
        yield Fact(word=_("No session took place"), value="")
        return
    often = sorted(held.items(), key=lambda entry: (-entry[1], entry[0]))
    for word, count in often[:MOST_SETTINGS]:
        yield Fact(word=word, value=str(count))
    if rest := sum(count for _word, count in often[MOST_SETTINGS:]):
        yield Fact(word=_("Other settings"), value=str(rest))


def _setting(session: TherapySession) -> str:
    if session.mode == TherapySession.Mode.SIT:
        return str(session.get_place_display())
    values = {"mode": session.get_mode_display(), "pace": session.get_pace_display().lower()}
    return _("%(mode)s, %(pace)s") % values


def _clearance(found: Gathered) -> Iterator[Fact]:
    for standing in found.standings:
        if standing.mode != TherapySession.Mode.SIT:
            yield Fact(word=standing.word, value=_standing_words(standing))
    if Part.SAFETY in found.parts:
        yield Fact(word=_("Safety answers"), value=_alert_words(found.alerts))


def _standing_words(standing: Standing) -> str:
    if standing.code == "cleared" and standing.clearance:
        return _("until %s") % date_format(standing.clearance.review_on, "j M")
    return {
        "conditions": _("with conditions"),
        "hold": _("on hold"),
        "not_suited": _("not suited now"),
        "expired": _("review due"),
        "letter_missing": _("doctor’s letter due"),
    }.get(standing.code, _("no decision yet"))


def _alert_words(alerts: Sequence[SafetyAlert]) -> str:
    if not alerts:
        return _("none")
    waiting = sum(alert.seen_at is None for alert in alerts)
    if waiting:
        return _("%(count)d, %(waiting)d still open") % {"count": len(alerts), "waiting": waiting}
    return _("%d, each followed up") % len(alerts)
