"""Book a session, change it, put a closed one back."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Unpack
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from clients.record.models import Client
from practice import audit
from practice.people.models import Member
from practice.web.refusals import refusing
from sessions.booking import rules
from sessions.booking.actions import refusals
from sessions.booking.actions.checks import Changes, Facts, Wish, check
from sessions.booking.models import TherapySession
from sessions.routes.models import Route

STATE = TherapySession.State
OF_THE_MOVING = {"minutes", "mode", "route", "pace"}


@transaction.atomic
def book_session(
    *, client: Client, by: Member, now: datetime, uid: UUID | None = None, **facts: Unpack[Facts]
) -> TherapySession:
    """Book a session. Sitting is open to everybody; walking and running stand on a clearance for that day.

    `uid` comes from the form: sent twice, the second gets the session that the first has booked.
    Refuses with a NotCleared, ClinicianTaken, ClientTaken or another of `refusals`.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    wish = Wish(client=client, **facts)
    if uid and (booked := TherapySession.objects.filter(uid=uid).first()):
        return _same_or_refuse(booked, wish)
    session = TherapySession(client=client, uid=uid or uuid4(), booked_by=by, booked_at=now)
    _write(session, wish, by=by, now=now)
    audit.record("session_booked", on=session, by=by, at=now, client=client, mode=session.mode)
    return session


@transaction.atomic
def move_session(
    *,
    session: TherapySession,
    by: Member,
    now: datetime,
    seen: datetime | None = None,
    **changes: Unpack[Changes],
) -> TherapySession:
    """Change when, where or how a booked session is. Everything is checked again as if it were booked anew.
    What already is as wished stays untouched. One that is on hold goes ahead again when all of it holds.

    `seen` is the start that the person had before their eyes: another one meanwhile refuses MovedMeanwhile.
    """
    session = locked(session=session)
    if session.state not in {STATE.BOOKED, STATE.ON_HOLD}:
        raise refusals.NotBooked
    if seen is not None and seen != session.starts_at:
        raise refusals.MovedMeanwhile
    before, wish = session.starts_at, _changed(session, changes)
    if _settled(wish) == _settled(_changed(session, {})) and not session.is_on_hold:
        return session
    _write(session, wish, by=by, now=now)
    hours = round((session.starts_at - before) / timedelta(hours=1))
    audit.record(
        "session_moved", on=session, by=by, at=now, client=session.client, mode=session.mode, hours=hours
    )
    return session


@transaction.atomic
def put_session_back(*, session: TherapySession, by: Member, now: datetime) -> TherapySession:
    """Undo a cancellation, if everything that a booking needs still holds. What is booked or on hold stays as it is."""
    session = locked(session=session)
    if session.state in {STATE.BOOKED, STATE.ON_HOLD}:
        return session
    if session.state != STATE.CANCELLED:
        raise refusals.NotBooked
    session.closed_at, session.closed_by, session.reason = None, None, ""
    _write(session, _changed(session, {}), by=by, now=now)
    audit.record("session_put_back", on=session, by=by, at=now, client=session.client)
    return session


def locked(*, session: TherapySession) -> TherapySession:
    """The session as it stands, locked: first its client, then the session itself."""
    client = Client.objects.select_for_update().get(pk=session.client_id)
    session = (
        TherapySession.objects.select_for_update(of=["self"])
        .select_related("clinician", "route")
        .get(pk=session.pk)
    )
    session.client = client
    return session


def save(*, session: TherapySession) -> None:
    """Write it, one booking of a clinician at a time, and let the database say who is taken."""
    # two bookings that wait for each other inside an exclusion constraint end in a deadlock, not in a no
    Member.objects.select_for_update(no_key=True).get(pk=session.clinician_id)
    with refusing(
        clinician_is_in_one_place_at_a_time=refusals.ClinicianTaken,
        client_is_in_one_place_at_a_time=refusals.ClientTaken,
        moving_session_stands_on_a_living_clearance=refusals.NotCleared,
        moving_session_stands_on_an_agreement=refusals.AgreementMissing,
        therapy_sessions_therapysession_uid_key=refusals.FormUsed,
    ):
        session.save()


def _write(session: TherapySession, wish: Wish, *, by: Member, now: datetime) -> None:
    """Check and write. A pace belongs to moving and a route to the outdoors; elsewhere they are left out."""
    session.clearance = check(wish=wish, by=by, now=now)
    session.state, session.held_at = STATE.BOOKED, None
    session.clinician, session.mode, session.place = wish.clinician, wish.mode, wish.place
    session.route = wish.route if wish.is_outdoors else None
    session.pace = wish.pace if wish.is_moving else ""
    session.moving_minutes, session.route_is_chosen = wish.moving, wish.route_is_chosen and wish.is_outdoors
    session.meeting_place = wish.meeting_place or _start_of(session.route)
    session.starts_at = wish.starts_at
    session.ends_at = wish.starts_at + timedelta(minutes=wish.minutes)
    session.busy_from, session.busy_until = rules.busy_time(
        wish.starts_at, wish.minutes, outdoors=wish.is_outdoors
    )
    session.time_zone = timezone.get_current_timezone_name()
    save(session=session)


def _start_of(route: Route | None) -> str:
    return route.meeting_place if route else ""


def _changed(session: TherapySession, changes: Changes) -> Wish:
    """The session as it is, with the changes on top. A new route brings its own meeting place, and was chosen by nobody
    yet; another length, way or pace has its own minutes of moving.
    """
    facts: dict[str, Any] = {name: getattr(session, name) for name in Changes.__annotations__}
    if session.meeting_place == _start_of(session.route):
        facts["meeting_place"] = ""
    if any(facts[name] != value for name, value in changes.items() if name in OF_THE_MOVING):
        facts["moving_minutes"] = None
    if changes.get("route", session.route) != session.route:
        facts["route_is_chosen"] = False
    return Wish(client=session.client, **{**facts, **changes})


def _settled(wish: Wish) -> Wish:
    """The wish with its minutes of moving worked out."""
    return replace(wish, moving_minutes=wish.moving)


def _same_or_refuse(booked: TherapySession, wish: Wish) -> TherapySession:
    """A form sent twice means one session; a form changed and sent again is asked about."""
    same = (booked.client_id, booked.clinician_id, booked.mode, booked.starts_at, booked.minutes) == (
        wish.client.pk,
        wish.clinician.pk,
        wish.mode,
        wish.starts_at,
        wish.minutes,
    )
    if not same:
        raise refusals.FormUsed
    return booked
