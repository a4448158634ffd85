"""One session whole: every fact, its route, what may be done with it now."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clients.consents.standing import in_the_way
from clients.record.models import Client, EmergencyContact
from clients.record.reach import Reach, reaches
from clients.screening.standing import standing_for
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.charts import MapPoint, route_map
from practice.web.templatetags.towpath import km
from sessions.booking.actions.refusals import AGREEMENT
from sessions.booking.bookable import estimate_of
from sessions.booking.clearances import reason_for
from sessions.booking.models import CancelledBecause, TherapySession
from sessions.booking.rules import week_of
from sessions.booking.screens.lines import SessionLine, session_lines
from sessions.routes.models import Route

STATE = TherapySession.State


@dataclass(frozen=True, kw_only=True)
class SessionPage:
    """A session for the member who looks at it. `not_cleared` says why it is on hold, "" if it is not."""

    line: SessionLine
    minutes: int
    moving_minutes: int | None
    route_is_chosen: bool
    week: str
    map_svg: SafeString
    route_facts: str
    not_cleared: str
    closed: str
    closed_by: str
    closed_at: datetime | None
    booked_by: str
    booked_at: datetime
    contact: EmergencyContact | None
    may_open_client: bool
    may_read_note: bool
    may_change: bool
    may_choose: bool
    may_undo: bool
    may_say_held: bool
    may_say_missed: bool
    may_put_back: bool

    @property
    def may_do_something(self) -> bool:
        return (
            self.may_undo or self.may_change or self.may_say_held or self.may_say_missed or self.may_put_back
        )


def session_page(session: TherapySession, member: Member, now: datetime) -> SessionPage:
    """Everything about one session (fetched `with_people()`) that this member may know and do."""
    line = session_lines([session], member, now)[0]
    knows = Client.objects.visible_to(member).filter(pk=session.client_id).exists()
    return SessionPage(
        line=line,
        minutes=session.minutes,
        moving_minutes=session.moving_minutes,
        route_is_chosen=session.route_is_chosen,
        week=week_of(timezone.localdate(session.starts_at)),
        map_svg=map_of(session.route),
        route_facts=_route_facts(session),
        not_cleared=_not_cleared(session, line),
        closed=_closed(session, member),
        closed_by=session.closed_by.name if session.closed_by else "",
        closed_at=session.closed_at,
        booked_by=session.booked_by.name,
        booked_at=session.booked_at,
        contact=EmergencyContact.objects.filter(client=session.client_id).first() if knows else None,
        may_open_client=knows,
        may_read_note=_has_a_note_page(session, member, now),
        **_what_may_be_done(session, member, now),
    )


def map_of(route: Route | None) -> SafeString:
    """The route's line as a picture; empty without a route."""
    if route is None:
        return SafeString("")
    points = [MapPoint(latitude=point[0], longitude=point[1]) for point in route.points]
    return route_map(points, label=_("The line of %s") % route.name)


def _route_facts(session: TherapySession) -> str:
    """Length, and about how long it takes at the pace of the session; "" without a route."""
    if session.route is None:
        return ""
    estimate = estimate_of(session.route, session.mode, session.pace)
    minutes = _("about %(least)d to %(most)d min") % vars(estimate) if estimate else ""
    return ", ".join(part for part in (km(session.route.distance_m), minutes) if part)


def _what_may_be_done(session: TherapySession, member: Member, now: datetime) -> dict[str, bool]:
    """Which buttons make sense now. The actions decide; this only spares a useless click."""
    keeps = TherapySession.objects.kept_by(member).filter(pk=session.pk).exists()
    books = member.may(Permission.BOOK_SESSION) and keeps
    closes = member.may(Permission.CLOSE_SESSION) and reaches(member, session.client_id, Reach.KEEP)
    is_sayable = closes and session.starts_at <= now and session.state != STATE.CANCELLED
    is_sayable = is_sayable and not session.is_on_hold and not _has_signed_note(session)
    return {
        "may_change": books and session.state in {STATE.BOOKED, STATE.ON_HOLD},
        "may_choose": closes and session.is_on_hold,
        "may_say_held": is_sayable and session.state != STATE.COMPLETED,
        "may_say_missed": is_sayable and session.state != STATE.NO_SHOW,
        "may_undo": closes and session.starts_at > now and _was_chosen_about(session),
        "may_put_back": books and session.state == STATE.CANCELLED,
    }


def _has_a_note_page(session: TherapySession, member: Member, now: datetime) -> bool:
    """From the start on there is something to write down, for those who may read it."""
    has_begun = session.starts_at <= now and session.state != STATE.CANCELLED
    reads = member.may(Permission.READ_NOTES) and reaches(member, session.client_id, Reach.READ)
    return has_begun and reads


def _has_signed_note(session: TherapySession) -> bool:
    return TherapySession.objects.filter(pk=session.pk, note__signed_at__isnull=False).exists()


def _was_chosen_about(session: TherapySession) -> bool:
    """Whether a clinician chose, when it was on hold, to sit or to cancel: that can be taken back."""
    to_take_back = {"choices__undone_at": None, "choices__choice__in": ["sit", "cancel"]}
    chosen = TherapySession.objects.filter(pk=session.pk, **to_take_back)
    is_as_chosen = session.state == STATE.CANCELLED or (
        session.state == STATE.BOOKED and not session.is_moving
    )
    return is_as_chosen and chosen.exists()


def _not_cleared(session: TherapySession, line: SessionLine) -> str:
    """Why a walk or run is on hold, for those who may read it."""
    if line.clearance != "hold":
        return ""
    day = timezone.localdate(session.starts_at)
    standing = standing_for(session.client, session.mode, day)
    missing = in_the_way(session.client, day) if standing.allows else None
    return str(AGREEMENT[missing.code] if missing else standing.words)


def _closed(session: TherapySession, member: Member) -> str:
    if session.state in {STATE.BOOKED, STATE.ON_HOLD}:
        return ""
    why = str(dict(CancelledBecause.choices).get(reason_for(session, member), ""))
    return f"{session.get_state_display()}: {why}" if why else session.get_state_display()
