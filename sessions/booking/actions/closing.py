"""What became of a session: it took place, nobody came, or it was cancelled."""

from datetime import datetime

from django.db import transaction

from practice import audit
from practice.people.models import Member
from sessions.booking.actions import refusals
from sessions.booking.actions.booking import locked, save
from sessions.booking.clearances import PLAIN_REASONS
from sessions.booking.models import CancelledBecause, TherapySession

STATE = TherapySession.State


@transaction.atomic
def cancel_session(*, session: TherapySession, reason: str, by: Member, now: datetime) -> TherapySession:
    """Cancel a session that is booked or on hold, saying why (a CancelledBecause). Twice is as good as once."""
    if reason not in CancelledBecause.values:
        raise refusals.UnknownReason
    session = locked(session=session)
    if session.state == STATE.CANCELLED:
        return session
    if session.state not in {STATE.BOOKED, STATE.ON_HOLD}:
        raise refusals.NotBooked
    session.reason = reason
    # the trail is read by owners too: how somebody is stands in the record alone
    told = reason if reason in PLAIN_REASONS else ""
    return _close(session, STATE.CANCELLED, "session_cancelled", by=by, now=now, reason=told)


@transaction.atomic
def complete_session(*, session: TherapySession, by: Member, now: datetime) -> TherapySession:
    """Say that a session took place: from its start on, never before. Also corrects a no-show."""
    return _say(locked(session=session), STATE.COMPLETED, "session_completed", by=by, now=now)


@transaction.atomic
def mark_no_show(*, session: TherapySession, by: Member, now: datetime) -> TherapySession:
    """Say that the client did not come: from the start on. Also corrects a session marked as held."""
    return _say(locked(session=session), STATE.NO_SHOW, "session_no_show", by=by, now=now)


def _say(
    session: TherapySession, state: TherapySession.State, action: str, *, by: Member, now: datetime
) -> TherapySession:
    if session.state == state:
        return session
    if session.state == STATE.CANCELLED:
        raise refusals.NotBooked
    if session.is_on_hold:
        raise refusals.IsOnHold
    if now < session.starts_at:
        raise refusals.NotStarted
    if TherapySession.objects.filter(pk=session.pk, note__signed_at__isnull=False).exists():
        raise refusals.HasNote
    return _close(session, state, action, by=by, now=now)


def _close(
    session: TherapySession,
    state: TherapySession.State,
    action: str,
    *,
    by: Member,
    now: datetime,
    reason: str = "",
) -> TherapySession:
    session.state, session.closed_by, session.closed_at, session.held_at = state, by, now, None
    save(session=session)
    audit.record(action, on=session, by=by, at=now, client=session.client, reason=reason)
    return session
