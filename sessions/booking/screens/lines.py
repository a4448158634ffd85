"""A session in a line: for Today, the calendar, a client's record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practice.people.models import Member
from practice.web.refusals import Words
from practice.web.templatetags.towpath import km
from sessions.booking import rules
from sessions.booking.clearances import in_care
from sessions.booking.models import TherapySession

STATE_BADGES = {
    "booked": "plain",
    "on_hold": "hold",
    "completed": "clear",
    "cancelled": "draft",
    "no_show": "late",
}
NEVER_BEGUN = {"cancelled", "no_show"}  # nobody walks back from these
NOT_CLEARED_NOW: Words = gettext_lazy("On hold: not cleared for this now")
ASK_FIRST: Words = gettext_lazy("On hold: ask the clinician first")
NOT_CLOSED: Words = gettext_lazy("Did it take place?")


@dataclass(frozen=True, kw_only=True)
class SessionLine:
    """One session in a list. `conditions` and `clearance` are "" for those who may not read clinical words.

    Times are aware; `free_at` is when the clinician is free again. `clearance` is a badge kind: clear, conditions
    or hold. `warning` is "" when all is well; the desk reads only that something needs the clinician.
    """

    uid: UUID
    url: str
    starts_at: datetime
    ends_at: datetime
    free_at: datetime
    client_uid: UUID
    client_name: str
    client_initials: str
    client_reference: str
    client_pronouns: str
    clinician_name: str
    mode: str
    mode_word: str
    place: str
    place_word: str
    meeting_place: str
    route_uid: UUID | None
    route_name: str
    route_m: int | None
    pace_word: str
    about: str
    state: str
    state_word: str
    badge: str
    clearance: str
    conditions: str
    warning: str

    @property
    def where(self) -> str:
        """Where to meet, in a few words."""
        return self.meeting_place or self.place_word

    @property
    def buffer_minutes(self) -> int:
        return rules.whole_minutes(self.ends_at, self.free_at)

    @property
    def is_moving(self) -> bool:
        return self.mode != TherapySession.Mode.SIT

    @property
    def is_booked(self) -> bool:
        return self.state == TherapySession.State.BOOKED

    @property
    def is_on_hold(self) -> bool:
        return self.state == TherapySession.State.ON_HOLD

    @property
    def is_closed(self) -> bool:
        """Cancelled, missed or over and said so: nothing is expected of it."""
        return not (self.is_booked or self.is_on_hold)


def session_lines(sessions: Iterable[TherapySession], member: Member, now: datetime) -> list[SessionLine]:
    """A line for each session (fetched `with_people()`), as far as the member may read. One query more."""
    rows = list(sessions)
    clinical = in_care(rows, member)
    return [_line(row, is_clinical=row.client_id in clinical, now=now) for row in rows]


def day_lines(
    member: Member, day: date, now: datetime, *, clinician: Member | None = None
) -> list[SessionLine]:
    """The day's sessions that the member may see, without cancelled ones; one clinician's where named."""
    rows = TherapySession.objects.visible_to(member).on_days(day, day).standing().with_people()
    return session_lines(rows.filter(clinician=clinician) if clinician else rows, member, now)


def about(session: TherapySession) -> str:
    """The session in one line: "Walking · River loop, 4.2 km · could chat"."""
    route = f"{session.route.name}, {km(session.route.distance_m)}" if session.route else ""
    where = "" if session.is_moving else session.get_place_display()
    pace = _("pace: %s") % session.get_pace_display().lower() if session.pace else ""
    return " · ".join(part for part in (session.get_mode_display(), where, route, pace) if part)


def _line(session: TherapySession, *, is_clinical: bool, now: datetime) -> SessionLine:
    clearance = session.clearance if is_clinical and session.is_moving else None
    route = session.route
    return SessionLine(
        uid=session.uid,
        url=reverse("session", args=[session.uid]),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        free_at=session.ends_at if session.state in NEVER_BEGUN else session.busy_until,
        client_uid=session.client.uid,
        client_name=session.client.name,
        client_initials=session.client.initials,
        client_reference=session.client.reference,
        client_pronouns=session.client.pronouns,
        clinician_name=session.clinician.name,
        mode=session.mode,
        mode_word=session.get_mode_display(),
        place=session.place,
        place_word=session.get_place_display(),
        meeting_place=session.meeting_place,
        route_uid=route.uid if route else None,
        route_name=route.name if route else "",
        route_m=route.distance_m if route else None,
        pace_word=session.get_pace_display(),
        about=about(session),
        state=session.state,
        state_word=session.get_state_display(),
        badge=STATE_BADGES[session.state],
        clearance=("hold" if session.is_on_hold else _kind(clearance.decision)) if clearance else "",
        conditions=clearance.conditions_in_words if clearance and not session.is_on_hold else "",
        warning=_warning(session, NOT_CLEARED_NOW if is_clinical else ASK_FIRST, now),
    )


def _kind(decision: str) -> str:
    return "conditions" if decision == "conditions" else "clear"


def _warning(session: TherapySession, on_hold: Words, now: datetime) -> str:
    if session.is_on_hold:
        return str(on_hold)
    is_left_open = session.state == TherapySession.State.BOOKED and session.ends_at <= now
    return str(NOT_CLOSED) if is_left_open else ""
