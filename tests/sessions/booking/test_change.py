"""Moving, cancelling, putting back, and saying what became of a session."""

from datetime import timedelta

import pytest

from practice.audit.models import AuditEvent
from sessions.booking import actions
from sessions.booking.actions import refusals
from tests.factories import MONDAY_NOON, ClearanceFactory, ClientFactory, NoteFactory, RouteFactory
from tests.sessions.booking.conftest import TOMORROW

pytestmark = pytest.mark.django_db

AFTER = TOMORROW + timedelta(hours=1)


def move(session, by=None, now=MONDAY_NOON, **changes):
    return actions.move_session(session=session, by=by or session.clinician, now=now, **changes)


def cancel(session, reason="client", now=MONDAY_NOON):
    return actions.cancel_session(session=session, reason=reason, by=session.clinician, now=now)


def put_back(session, now=MONDAY_NOON):
    return actions.put_session_back(session=session, by=session.clinician, now=now)


def complete(session, now=AFTER):
    return actions.complete_session(session=session, by=session.clinician, now=now)


def miss(session, now=AFTER):
    return actions.mark_no_show(session=session, by=session.clinician, now=now)


def trail():
    return list(AuditEvent.objects.acts().order_by("pk").values_list("action", flat=True))


def test_moving_keeps_what_was_not_changed(book, route):
    session = move(book(route=route), starts_at=TOMORROW + timedelta(hours=2))

    assert (session.starts_at, session.minutes, session.route) == (TOMORROW + timedelta(hours=2), 50, route)
    assert trail() == ["session_booked", "session_moved"]


def test_a_session_may_move_into_its_own_time(book):
    assert move(book(), starts_at=TOMORROW + timedelta(minutes=10)).pk


def test_moving_into_a_taken_time_is_refused_and_nothing_changes(book, sit):
    sit(starts_at=TOMORROW + timedelta(hours=3))
    session = book()

    with pytest.raises(refusals.ClinicianTaken):
        move(session, starts_at=TOMORROW + timedelta(hours=3))

    session.refresh_from_db()
    assert session.starts_at == TOMORROW


def test_moving_asks_for_the_clearance_of_the_new_day(book):
    with pytest.raises(refusals.NotCleared):
        move(book(), starts_at=TOMORROW + timedelta(days=80))


def test_a_walk_whose_clearance_fell_may_become_a_sitting_session(book, walker):
    session = book()
    ClearanceFactory(client=walker, decision="hold")

    session = move(session, mode="sit", place="office")

    assert (session.mode, session.clearance, session.pace) == ("sit", None, "")


def test_a_walk_whose_clearance_fell_cannot_be_moved_as_a_walk(book, walker):
    session = book()
    ClearanceFactory(client=walker, decision="hold")

    with pytest.raises(refusals.NotCleared):
        move(session, starts_at=TOMORROW + timedelta(hours=1))


def test_a_new_route_brings_its_own_meeting_place(book, route):
    session = book(route=route)

    session = move(session, route=RouteFactory(meeting_place="North gate"))

    assert session.meeting_place == "North gate"


def test_moving_what_somebody_moved_meanwhile_is_refused(book):
    session = book()
    move(session, starts_at=TOMORROW + timedelta(hours=2))

    with pytest.raises(refusals.MovedMeanwhile):
        move(session, seen=TOMORROW, starts_at=TOMORROW + timedelta(hours=4))


def test_moving_to_where_it_is_changes_nothing(book, route):
    session = book(route=route)

    move(session, starts_at=TOMORROW, minutes=50, route=route)

    assert trail() == ["session_booked"]


def test_a_closed_session_is_not_moved(book):
    session = cancel(book())

    with pytest.raises(refusals.NotBooked):
        move(session, starts_at=TOMORROW + timedelta(hours=2))


def test_cancelling_says_why_and_by_whom(book, clinician):
    session = cancel(book(), reason="weather")

    assert (session.state, session.reason, session.closed_by, session.closed_at) == (
        "cancelled",
        "weather",
        clinician,
        MONDAY_NOON,
    )
    assert AuditEvent.objects.get(action="session_cancelled").reason == "weather"


def test_cancelling_twice_is_as_good_as_once(book):
    session = book()

    assert cancel(session).reason == "client"
    assert cancel(session, reason="weather").reason == "client"
    assert trail() == ["session_booked", "session_cancelled"]


def test_a_reason_of_ones_own_is_refused(book):
    with pytest.raises(refusals.UnknownReason):
        cancel(book(), reason="because")


def test_a_session_that_took_place_is_not_cancelled(book):
    with pytest.raises(refusals.NotBooked):
        cancel(complete(book()))


def test_a_cancelled_session_can_be_put_back(book):
    session = put_back(cancel(book()))

    assert (session.state, session.closed_at, session.reason) == ("booked", None, "")
    assert trail() == ["session_booked", "session_cancelled", "session_put_back"]


def test_putting_back_twice_is_as_good_as_once(book):
    session = cancel(book())
    put_back(session)

    assert put_back(session).state == "booked"
    assert trail().count("session_put_back") == 1


def test_putting_back_needs_the_time_to_be_free(book, sit, clinician):
    session = cancel(book())
    sit(client=ClientFactory(treated_by=clinician))

    with pytest.raises(refusals.ClinicianTaken):
        put_back(session)


def test_putting_back_needs_the_clearance_to_stand(book, walker):
    session = cancel(book())
    ClearanceFactory(client=walker, decision="not_suited")

    with pytest.raises(refusals.NotCleared):
        put_back(session)


def test_what_took_place_is_not_put_back(book):
    with pytest.raises(refusals.NotBooked):
        put_back(complete(book()))


def test_a_session_took_place_from_its_start_on(book):
    session = complete(book(), now=TOMORROW)

    assert (session.state, session.closed_at) == ("completed", TOMORROW)


def test_a_session_did_not_take_place_before_it_starts(book):
    with pytest.raises(refusals.NotStarted):
        complete(book(), now=TOMORROW - timedelta(seconds=1))


def test_nobody_is_missed_before_the_session_starts(book):
    with pytest.raises(refusals.NotStarted):
        miss(book(), now=TOMORROW - timedelta(seconds=1))


def test_saying_it_twice_is_as_good_as_once(book):
    session = book()
    complete(session)
    complete(session, now=AFTER + timedelta(hours=1))

    session.refresh_from_db()
    assert session.closed_at == AFTER
    assert trail() == ["session_booked", "session_completed"]


def test_a_walk_that_took_place_is_kept_though_its_clearance_fell_after_it(book, walker):
    session = book()
    ClearanceFactory(client=walker, decision="hold", decided_at=session.starts_at)

    assert complete(session).state == "completed"


def test_a_slip_between_held_and_missed_is_corrected(book):
    session = complete(miss(book()))

    assert session.state == "completed"
    assert trail() == ["session_booked", "session_no_show", "session_completed"]


def test_a_signed_note_keeps_the_state_it_speaks_of(book):
    session = complete(book())
    NoteFactory(session=session, signed_at=AFTER, signed_by=session.clinician, seal="0" * 64)

    with pytest.raises(refusals.HasNote):
        miss(session)


def test_a_cancelled_session_did_not_take_place(book):
    with pytest.raises(refusals.NotBooked):
        complete(cancel(book()))


def test_a_missed_session_cannot_take_place_in_anothers_time(book, sit, clinician):
    session = miss(book())
    sit(client=ClientFactory(treated_by=clinician), now=AFTER)

    with pytest.raises(refusals.ClinicianTaken):
        complete(session)
