"""What the database refuses by itself, whatever asks."""

import pytest
from django.db import IntegrityError, connection, transaction

from clients.models import Clearance
from sessions.models import TherapySession
from tests.factories import MONDAY_NOON, ClearanceFactory, ClientFactory, MemberFactory, SessionFactory
from tests.sessions.onhold.conftest import DAY, HOUR, states

pytestmark = pytest.mark.django_db
ROWS = TherapySession.objects


def refuses(act, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


def says_what(client, **facts):
    """A decision written past every action."""
    return ClearanceFactory(client=client, decided_at=MONDAY_NOON + HOUR, **facts)


LIVING = "A booked walk or run stands on the newest clearance"


@pytest.mark.parametrize("decision", ["hold", "not_suited"])
def test_a_decision_by_raw_sql_holds_what_is_ahead(mover, book, decision):
    session = book(1)

    says_what(mover, decision=decision)

    assert states(session) == ["on_hold"]


def test_no_session_is_written_onto_a_dead_clearance(mover, book, hold):
    old = Clearance.objects.filter(client=mover, mode="walk", decision="cleared").get()
    hold()

    refuses(
        lambda: SessionFactory(client=mover, walk=True, clearance=old, starts_at=MONDAY_NOON + DAY), LIVING
    )


def test_no_session_on_hold_is_woken_up_by_hand(book, hold):
    session = book(1)
    hold()

    refuses(lambda: ROWS.filter(pk=session.pk).update(state="booked", held_at=None), LIVING)


def test_no_session_is_moved_behind_the_review_date_by_hand(book):
    session = book(1)

    refuses(lambda: ROWS.filter(pk=session.pk).update(starts_at=session.starts_at + 200 * DAY,
        ends_at=session.ends_at + 200 * DAY, busy_from=session.busy_from + 200 * DAY,
        busy_until=session.busy_until + 200 * DAY), LIVING)  # fmt: skip


def test_no_session_grows_beyond_its_minutes_by_hand(mover, book):
    says_what(mover, decision="conditions", most_minutes=50)
    session = book(1)

    longer = {"ends_at": session.ends_at + HOUR, "busy_until": session.busy_until + HOUR}
    for change in ({"moving_minutes": 51}, {**longer, "moving_minutes": None}):
        refuses(lambda change=change: ROWS.filter(pk=session.pk).update(**change), LIVING)


def test_no_session_stands_on_another_clients_clearance(mover):
    other = ClearanceFactory(client=ClientFactory(treated_by=MemberFactory()))

    refuses(
        lambda: SessionFactory(client=mover, walk=True, clearance=other, starts_at=MONDAY_NOON + DAY), LIVING
    )


def test_no_run_stands_on_a_clearance_for_walking(mover, book):
    session = book(1)

    refuses(lambda: ROWS.filter(pk=session.pk).update(mode="run"), LIVING)


def test_sitting_is_never_on_hold(book):
    session = book(1, mode="sit", place="office", pace="")

    refuses(
        lambda: ROWS.filter(pk=session.pk).update(state="on_hold", held_at=MONDAY_NOON),
        "only_a_moving_session_is_on_hold_since_a_time",
    )


@pytest.mark.parametrize("facts", [{"state": "on_hold"}, {"held_at": MONDAY_NOON}])
def test_on_hold_and_since_when_go_together(book, facts):
    session = book(1)

    refuses(
        lambda: ROWS.filter(pk=session.pk).update(**facts), "only_a_moving_session_is_on_hold_since_a_time"
    )


def test_an_older_decision_that_comes_late_changes_nothing(mover, book):
    """The newest row decides, whatever day it names."""
    session = book(1)
    newest = Clearance.objects.filter(client=mover, mode="walk").latest("pk")

    ClearanceFactory(client=mover, mode="run", decision="hold", decided_at=MONDAY_NOON - 300 * DAY)

    assert states(session) == ["booked"]
    assert ROWS.get(pk=session.pk).clearance == newest


def test_the_app_may_not_ask_the_function_behind_it(db):
    with (
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT clearance_carries(1, now(), now(), 'UTC', 30)")
