"""A decision finds every walk and run ahead that it does not carry."""

from datetime import timedelta

import pytest

from clients.screening.actions import ModeDecision, Talk, decide_moving
from clients.screening.rules import NO_LIMITS, Limits
from practice.models import AuditEvent
from sessions.booking import actions as booking
from sessions.booking.actions import refusals
from tests.clients.screening.answering import has_answered
from tests.factories import MONDAY_NOON, ClearanceFactory, RouteFactory
from tests.sessions.onhold.conftest import DAY, HOUR, again, states

pytestmark = pytest.mark.django_db
LATER = MONDAY_NOON + HOUR


def decide(client, by, mode="walk", decision="not_suited", limits=NO_LIMITS, **more):
    has_answered(client, by, LATER - HOUR)
    (made,) = decide_moving(
        client=client,
        decisions=[ModeDecision(mode=mode, decision=decision, limits=limits)],
        rationale="Talked it through.",
        by=by,
        talk=Talk(held=True),
        now=LATER,
        **more,
    )
    return made


def test_a_hold_finds_every_walk_and_run_ahead(book, hold):
    walks = [book(days) for days in (1, 8, 30)]
    run = book(2, mode="run")

    hold()

    assert states(*walks, run) == ["on_hold"] * 4
    assert again(run).held_at == LATER
    assert AuditEvent.objects.filter(action="session_held").count() == 4


@pytest.mark.parametrize("decision", ["hold", "not_suited"])
def test_a_clinician_who_decides_against_it_finds_them_too(book, mover, clinician, decision):
    walk, run = book(1), book(2, mode="run")

    decide(mover, clinician, decision=decision)

    assert states(walk, run) == ["on_hold", "booked"]
    line = AuditEvent.objects.get(action="session_held")
    assert line.member_uid == clinician.uid


def test_sitting_goes_ahead_whatever_is_decided(book, hold):
    sit = book(1, mode="sit", place="office", pace="")

    hold()

    assert states(sit) == ["booked"]


def test_what_has_begun_and_what_is_over_stays_as_it_is(book, hold, clinician):
    begun = book(0, starts_at=MONDAY_NOON + timedelta(minutes=30))
    over = book(-1, now=MONDAY_NOON - 2 * DAY)
    booking.complete_session(session=over, by=clinician, now=MONDAY_NOON)

    hold()

    assert states(begun, over) == ["booked", "completed"]


def test_what_begins_right_after_is_found(book, hold):
    session = book(0, starts_at=LATER + timedelta(minutes=1))

    hold()

    assert states(session) == ["on_hold"]


def test_a_second_hold_finds_nothing_new(book, hold):
    book(1)
    hold()

    hold(now=LATER + HOUR)

    assert AuditEvent.objects.filter(action="session_held").count() == 1


def test_a_new_yes_carries_what_is_booked_and_wakes_nothing_up(book, mover, clinician, hold):
    kept = book(1, mode="run")
    held = book(2)
    decide(mover, clinician, "walk")

    decide(mover, clinician, "walk", "cleared")
    newest = decide(mover, clinician, "run", "cleared")

    assert states(kept, held) == ["booked", "on_hold"]
    assert again(kept).clearance == newest


def test_a_shorter_review_date_holds_what_lies_behind_it(book, mover, clinician):
    before, on, after = book(9), book(10), book(11)

    decide(mover, clinician, "walk", "cleared", review_on=MONDAY_NOON.date() + 10 * DAY)

    assert states(before, on, after) == ["booked", "booked", "on_hold"]


@pytest.mark.parametrize(("most", "state"), [(49, "on_hold"), (50, "booked"), (51, "booked")])
def test_fewer_minutes_hold_what_is_longer(book, mover, clinician, most, state):
    session = book(1)

    ClearanceFactory(client=mover, decision="conditions", most_minutes=most, decided_at=LATER)

    assert states(session) == [state]


@pytest.mark.parametrize(
    ("kinds", "state"), [([], "on_hold"), (["flat"], "on_hold"), (["flat", "quiet"], "booked")]
)
def test_another_kind_of_route_holds_what_does_not_fit(book, mover, clinician, kinds, state):
    session = book(1, route=RouteFactory(kinds=kinds))

    decide(mover, clinician, "walk", "conditions", limits=Limits(route_kinds=("flat", "quiet")))

    assert states(session) == [state]


@pytest.mark.parametrize(("days", "state"), [(4, "booked"), (5, "booked"), (6, "on_hold")])
def test_a_letter_that_is_asked_for_holds_what_lies_behind_its_day(book, mover, clinician, days, state):
    session = book(days)

    decide(mover, clinician, "walk", "conditions", limits=Limits(letter_by=MONDAY_NOON.date() + 5 * DAY))

    assert states(session) == [state]


def test_on_hold_keeps_its_time(book, hold):
    book(1)
    hold()

    with pytest.raises(refusals.ClinicianTaken):
        book(1, mode="sit", place="office", pace="")


def test_nothing_moving_is_booked_while_it_is_held(book, hold):
    hold()

    with pytest.raises(refusals.NotCleared):
        book(3)


def test_on_hold_does_not_take_place(book, hold, clinician):
    session = book(1)
    hold()

    for say in (booking.complete_session, booking.mark_no_show):
        with pytest.raises(refusals.IsOnHold):
            say(session=session, by=clinician, now=session.ends_at)


def test_it_is_changed_into_sitting_like_any_session(book, hold, clinician):
    session = book(1)
    hold()

    changed = booking.move_session(
        session=session, mode="sit", place="video", by=clinician, now=MONDAY_NOON + 2 * HOUR
    )

    assert (changed.state, changed.held_at, changed.clearance) == ("booked", None, None)


def test_moving_it_to_another_day_does_not_wake_it_up(book, hold, clinician):
    session = book(1)
    hold()

    with pytest.raises(refusals.NotCleared):
        booking.move_session(
            session=session, starts_at=MONDAY_NOON + 5 * DAY, by=clinician, now=MONDAY_NOON + 2 * HOUR
        )
    assert states(session) == ["on_hold"]


def test_saving_it_as_it_is_does_not_wake_it_up(book, hold, clinician):
    session = book(1)
    hold()

    with pytest.raises(refusals.NotCleared):
        booking.move_session(session=session, by=clinician, now=MONDAY_NOON + 2 * HOUR)


def test_it_can_be_cancelled_and_is_not_put_back_as_a_walk(book, hold, clinician):
    session = book(1)
    hold()
    booking.cancel_session(session=session, reason="weather", by=clinician, now=MONDAY_NOON + 2 * HOUR)

    with pytest.raises(refusals.NotCleared):
        booking.put_session_back(session=session, by=clinician, now=MONDAY_NOON + 2 * HOUR)
    assert again(session).held_at is None


def test_putting_back_what_is_on_hold_leaves_it_on_hold(book, hold, clinician):
    session = book(1)
    hold()

    booking.put_session_back(session=session, by=clinician, now=MONDAY_NOON + 2 * HOUR)

    assert states(session) == ["on_hold"]
