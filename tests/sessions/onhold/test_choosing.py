"""Sit instead, keep on hold, cancel, let go ahead: for one or for all, and back again."""

from uuid import uuid4

import pytest

from clients.models import Client
from clients.screening.actions import Talk, decide_clearance
from practice.models import AuditEvent
from sessions.booking.actions import refusals
from sessions.models import HoldChoice
from sessions.onhold import actions
from tests.clients.screening.answering import has_answered
from tests.factories import MONDAY_NOON, ClearanceFactory
from tests.sessions.onhold.conftest import DAY, HOUR, again, states

pytestmark = pytest.mark.django_db
THEN = MONDAY_NOON + 2 * HOUR


@pytest.fixture
def held(book, hold, route):
    """Two walks and a run on hold."""
    sessions = [book(1, route=route), book(8), book(9, mode="run")]
    hold()
    return sessions


@pytest.fixture
def choose(mover, clinician):
    def do(choice, *sessions, **more):
        uids = [session.uid for session in sessions] or None
        usual = {"client": mover, "choice": choice, "sessions": uids, "by": clinician, "now": THEN}
        return actions.choose(**{**usual, **more})

    return do


def clear_again(client, by):
    has_answered(client, by, THEN - HOUR)
    for mode in ("walk", "run"):
        decide_clearance(
            client=client,
            mode=mode,
            decision="cleared",
            rationale="Well.",
            talk=Talk(held=True),
            by=by,
            now=THEN,
        )


def test_sit_instead_keeps_the_time_and_leaves_the_way(held, choose):
    (changed,) = choose("sit", held[0])

    session = again(changed)
    assert (session.state, session.mode, session.place) == ("booked", "sit", "office")
    assert (session.route, session.pace, session.clearance, session.meeting_place) == (None, "", None, "")
    assert (session.starts_at, session.minutes) == (held[0].starts_at, 50)
    assert states(*held[1:]) == ["on_hold", "on_hold"]


@pytest.mark.parametrize("place", ["office", "video", "phone", "outdoors"])
def test_where_to_sit_is_chosen_too(held, choose, place):
    choose("sit", held[0], place=place)

    assert again(held[0]).place == place


def test_all_at_once(held, choose):
    assert len(choose("sit")) == 3
    assert states(*held) == ["booked"] * 3


def test_cancel_says_a_reason_that_only_the_care_team_reads(held, choose, clinician):
    choose("cancel", held[1])

    session = again(held[1])
    assert (session.state, session.reason, session.closed_by) == ("cancelled", "clearance", clinician)


def test_keep_changes_nothing_and_is_remembered(held, choose):
    choose("keep", held[0])

    assert states(held[0]) == ["on_hold"]
    assert HoldChoice.objects.get().choice == "keep"


def test_what_is_kept_already_is_not_chosen_twice(held, choose):
    choose("keep", held[0])

    assert choose("keep", held[0]) == []
    assert [row.pk for row in choose("keep")] == [held[1].pk, held[2].pk]
    assert HoldChoice.objects.count() == 3


def test_what_is_chosen_about_twice_is_refused_the_second_time(held, choose):
    choose("sit", held[0])

    with pytest.raises(actions.NothingOnHold):
        choose("sit", held[0])


def test_all_or_none(held, choose):
    choose("cancel", held[0])

    with pytest.raises(actions.NothingOnHold):
        choose("sit", held[0], held[1])
    assert states(held[1]) == ["on_hold"]


@pytest.mark.parametrize(("choice", "place"), [("run", "office"), ("", "office"), ("sit", "moon")])
def test_there_is_no_other_choice(held, choose, choice, place):
    with pytest.raises(actions.UnknownChoice):
        choose(choice, place=place)


def test_another_clients_session_is_not_among_them(held, choose):
    with pytest.raises(actions.NothingOnHold):
        choose("sit", sessions=[uuid4()])


def test_nothing_on_hold_is_nothing_to_choose(choose, book):
    book(1)

    with pytest.raises(actions.NothingOnHold):
        choose("sit")


def test_it_does_not_go_ahead_while_the_hold_stands(held, choose):
    with pytest.raises(refusals.NotCleared):
        choose("go_ahead", held[0])


def test_it_goes_ahead_as_booked_when_the_client_is_cleared_again(held, choose, mover, clinician, route):
    clear_again(mover, clinician)

    choose("go_ahead")

    session = again(held[0])
    assert (session.state, session.mode, session.route, session.pace) == ("booked", "walk", route, "chat")
    assert session.clearance is not None
    assert session.clearance.decided_at == THEN


def test_it_does_not_go_ahead_beyond_new_limits(held, choose, mover):
    ClearanceFactory(client=mover, decision="conditions", most_minutes=30, decided_at=THEN)

    with pytest.raises(refusals.LongerThanAgreed):
        choose("go_ahead", held[0])
    assert states(held[0]) == ["on_hold"]


def test_undoing_sit_brings_the_walk_back_on_hold(held, choose, clinician, route):
    choose("sit", held[0])

    actions.undo(session=held[0], by=clinician, now=THEN)

    session = again(held[0])
    assert (session.state, session.mode, session.place, session.pace) == (
        "on_hold",
        "walk",
        "outdoors",
        "chat",
    )
    assert (session.route, session.meeting_place) == (route, "Lock keeper's cottage")
    assert session.busy_until == held[0].busy_until
    assert HoldChoice.objects.get().undone_by == clinician


def test_undoing_cancel_brings_it_back_on_hold(held, choose, clinician):
    choose("cancel", held[1])

    actions.undo(session=held[1], by=clinician, now=THEN)

    session = again(held[1])
    assert (session.state, session.closed_by, session.reason) == ("on_hold", None, "")


def test_undoing_keep_asks_again(held, choose, clinician):
    choose("keep", held[0])

    actions.undo(session=held[0], by=clinician, now=THEN)

    assert [row.pk for row in choose("keep", held[0])] == [held[0].pk]


def test_undoing_twice_is_refused(held, choose, clinician):
    choose("sit", held[0])
    actions.undo(session=held[0], by=clinician, now=THEN)

    with pytest.raises(actions.NothingToUndo):
        actions.undo(session=held[0], by=clinician, now=THEN)


def test_once_it_has_begun_it_is_too_late_to_undo(held, choose, clinician):
    choose("sit", held[0])

    with pytest.raises(actions.NothingToUndo):
        actions.undo(session=held[0], by=clinician, now=held[0].starts_at)


def test_undoing_a_cancelled_one_whose_time_is_taken_is_refused(held, choose, book, clinician):
    choose("cancel", held[0])
    book(1, mode="sit", place="office", pace="", now=THEN)

    with pytest.raises(refusals.ClinicianTaken):
        actions.undo(session=held[0], by=clinician, now=THEN)
    assert states(held[0]) == ["cancelled"]


def test_what_went_ahead_is_held_again_by_undoing(held, choose, mover, clinician):
    clear_again(mover, clinician)
    choose("go_ahead", held[0])

    actions.undo(session=held[0], by=clinician, now=THEN)

    assert states(held[0]) == ["on_hold"]


def test_a_past_one_can_still_be_sat_or_cancelled(held, choose):
    late = held[0].ends_at + DAY

    choose("sit", held[0], now=late)

    assert states(held[0]) == ["booked"]


def test_every_choice_is_in_the_trail_without_a_word_about_why(held, choose, clinician):
    choose("sit", held[0])
    choose("keep", held[1])
    choose("cancel", held[2])
    actions.undo(session=held[0], by=clinician, now=THEN)

    said = AuditEvent.objects.filter(action__in=["session_hold_settled", "hold_choice_undone"])
    assert sorted(line.detail["choice"] for line in said) == ["cancel", "keep", "sit", "sit"]
    assert Client.objects.get().uid == said[0].client_uid
