"""What becomes of a walk or run whose clearance does not carry it any more: found under lock, then chosen about."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.consents.models import AgreementText
from clients.record.models import Client
from clients.screening.models import Clearance
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused
from sessions.booking import rules
from sessions.booking.actions.booking import locked, save
from sessions.booking.actions.checks import as_booked, check, fits
from sessions.booking.actions.refusals import NotCleared
from sessions.booking.models import CancelledBecause, TherapySession
from sessions.onhold.models import HoldChoice

STATE, MODE, PLACE = TherapySession.State, TherapySession.Mode, TherapySession.Place
CHOICE = HoldChoice.Choice
SITTING_PLACES = (PLACE.OFFICE, PLACE.VIDEO, PLACE.PHONE, PLACE.OUTDOORS)


class NothingOnHold(Refused):
    """Somebody has chosen meanwhile, or it was never on hold."""

    code = "nothing_on_hold"
    message = _("These sessions are not on hold any more. Look at them again.")


class UnknownChoice(Refused):
    code, field = "unknown_choice", "choice"
    status: ClassVar[int] = 400
    message = _("Choose: sit instead, keep on hold, cancel, or let it go ahead.")


class NothingToUndo(Refused):
    code = "nothing_to_undo"
    message = _("There is nothing to take back: the session has moved on since then.")


def withdrawn(*, clearance: Clearance, by: Member | None, now: datetime) -> list[TherapySession]:
    """Find every walk or run ahead that the new clearance does not carry, put it on hold, and write that down.

    The client's row is locked by the caller. The database has held what the decision, its minutes and the agreement
    forbid already; what a route is like is looked at here.
    """
    ahead = TherapySession.objects.select_for_update(of=["self"]).filter(
        client=clearance.client_id, mode=clearance.mode, starts_at__gt=now
    )
    for session in ahead.filter(state=STATE.BOOKED, clearance=clearance).select_related("route"):
        if not fits(session=session, limits=clearance.limits):
            session.state, session.held_at = STATE.ON_HOLD, now
            session.save(update_fields=["state", "held_at"])
    since = [clearance.decided_at, *_new_texts(clearance)]
    held = list(ahead.filter(state=STATE.ON_HOLD, held_at__in=since).order_by("starts_at", "pk"))
    for session in held:
        record("session_held", on=session, by=by, at=now, client=clearance.client)
    return held


def _new_texts(clearance: Clearance) -> list[datetime]:
    """When texts of the agreement were published since the decision before: the database held sessions then too."""
    before = Clearance.objects.filter(client=clearance.client_id, mode=clearance.mode, pk__lt=clearance.pk)
    decided = before.order_by("-pk").values_list("decided_at", flat=True).first()
    texts = AgreementText.objects.filter(published_at__lte=clearance.decided_at)
    published = texts.filter(published_at__gt=decided) if decided else texts.none()
    return list(published.values_list("published_at", flat=True))


@transaction.atomic
def choose(
    *,
    client: Client,
    choice: str,
    by: Member,
    now: datetime,
    sessions: Collection[UUID] | None = None,
    place: str = PLACE.OFFICE,
) -> list[TherapySession]:
    """Sit instead (at `place`), keep on hold, cancel, or let go ahead: for these sessions, or for all on hold.

    All of them or none. What is chosen already stays as it is and is not told again; the answer is what has changed.
    Refuses NothingOnHold, UnknownChoice, NotCleared and whatever else a booking may be refused for.
    """
    if choice not in CHOICE.values or place not in SITTING_PLACES:
        raise UnknownChoice
    client = Client.objects.select_for_update().get(pk=client.pk)
    rows = TherapySession.objects.select_for_update(of=["self"]).filter(client=client).on_hold()
    found = list(rows.select_related("clinician", "route"))
    chosen = found if sessions is None else [row for row in found if row.uid in set(sessions)]
    if not chosen or (sessions is not None and len(chosen) != len(set(sessions))):
        raise NothingOnHold
    for session in chosen:
        session.client = client
    return [row for row in chosen if _choose_one(row, CHOICE(choice), place, by, now)]


@transaction.atomic
def undo(*, session: TherapySession, by: Member, now: datetime) -> TherapySession:
    """Take the last choice back: the session is on hold again, as the walk or run that it was.

    Refuses NothingToUndo once it has begun, or when somebody has changed it in another way since.
    """
    session = locked(session=session)
    last = HoldChoice.objects.select_for_update(of=["self"]).filter(session=session).standing()
    choice = last.select_related("was_route").order_by("-pk").first()
    if choice is None or session.starts_at <= now or not _stands_as_chosen(session, choice):
        raise NothingToUndo
    _put_on_hold_again(session, choice)
    choice.undone_by, choice.undone_at = by, now
    choice.save(update_fields=["undone_by", "undone_at"])
    record("hold_choice_undone", on=session, by=by, at=now, client=session.client, choice=choice.choice)
    return session


def _choose_one(
    session: TherapySession, choice: HoldChoice.Choice, place: str, by: Member, now: datetime
) -> bool:
    held_at = session.held_at or now
    if choice is CHOICE.KEEP and _is_kept(session, held_at):
        return False
    row = HoldChoice(
        session=session,
        choice=choice,
        held_at=held_at,
        was_mode=session.mode,
        was_route=session.route,
        was_pace=session.pace,
        was_meeting_place=session.meeting_place,
        was_moving_minutes=session.moving_minutes,
        was_route_chosen=session.route_is_chosen,
        chosen_by=by,
        chosen_at=now,
    )
    if choice is CHOICE.SIT:
        _sit(session, place)
    elif choice is CHOICE.CANCEL:
        _cancel(session, by, now)
    elif choice is CHOICE.GO_AHEAD:
        _go_ahead(session, by, now)
    row.save()
    record("session_hold_settled", on=session, by=by, at=now, client=session.client, choice=choice.value)
    return True


def _is_kept(session: TherapySession, held_at: datetime) -> bool:
    kept = HoldChoice.objects.filter(session=session, held_at=held_at, choice=CHOICE.KEEP)
    return kept.standing().exists()


def _sit(session: TherapySession, place: str) -> None:
    """The same time with the same clinician, without a route and a pace."""
    session.mode, session.place, session.state, session.held_at = MODE.SIT, place, STATE.BOOKED, None
    session.route, session.clearance, session.pace, session.meeting_place = None, None, "", ""
    session.moving_minutes, session.route_is_chosen = None, False
    _keep_its_time(session)
    save(session=session)


def _cancel(session: TherapySession, by: Member, now: datetime) -> None:
    session.state, session.held_at, session.closed_by, session.closed_at = STATE.CANCELLED, None, by, now
    session.reason = CancelledBecause.CLEARANCE
    save(session=session)


def _go_ahead(session: TherapySession, by: Member, now: datetime) -> None:
    """As it was booked, if everything that a booking needs holds again."""
    session.clearance = check(wish=as_booked(session=session), by=by, now=now)
    session.state, session.held_at = STATE.BOOKED, None
    save(session=session)


def _keep_its_time(session: TherapySession) -> None:
    session.busy_from, session.busy_until = rules.busy_time(
        session.starts_at, session.minutes, outdoors=session.place == PLACE.OUTDOORS
    )


def _stands_as_chosen(session: TherapySession, choice: HoldChoice) -> bool:
    """Whether the session still is what the choice made of it."""
    stands = {
        CHOICE.SIT: session.state == STATE.BOOKED and session.mode == MODE.SIT,
        CHOICE.CANCEL: session.state == STATE.CANCELLED and session.reason == CancelledBecause.CLEARANCE,
        CHOICE.KEEP: session.is_on_hold,
        CHOICE.GO_AHEAD: session.state == STATE.BOOKED and session.is_moving,
    }
    return stands[CHOICE(choice.choice)]


def _put_on_hold_again(session: TherapySession, choice: HoldChoice) -> None:
    newest = Clearance.objects.filter(client=session.client_id, mode=choice.was_mode).order_by("-pk").first()
    if newest is None:
        raise NotCleared
    session.mode, session.place, session.route = choice.was_mode, PLACE.OUTDOORS, choice.was_route
    session.pace, session.meeting_place = choice.was_pace, choice.was_meeting_place
    session.moving_minutes, session.route_is_chosen = choice.was_moving_minutes, choice.was_route_chosen
    session.clearance, session.state, session.held_at = newest, STATE.ON_HOLD, choice.held_at
    session.closed_at, session.closed_by, session.reason = None, None, ""
    _keep_its_time(session)
    save(session=session)
