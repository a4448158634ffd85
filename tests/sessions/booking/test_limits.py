"""The conditions of a clearance, obeyed by booking: every refusal in words for the care team, and less for the desk."""

from datetime import timedelta

import pytest
import time_machine

from clients.screening.models import LetterSeen
from sessions.booking import actions, rules
from sessions.booking.actions import refusals
from sessions.booking.rules import Agreed
from tests.factories import MONDAY_NOON, ClearanceFactory, RouteFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("minutes", "route", "most", "kinds", "said"),
    [
        (30, None, None, [], Agreed.FITS),
        (29, None, 30, [], Agreed.FITS),
        (30, None, 30, [], Agreed.FITS),
        (31, None, 30, [], Agreed.TOO_LONG),
        (30, None, 30, ["flat"], Agreed.NO_ROUTE),
        (30, [], 30, ["flat"], Agreed.OTHER_ROUTE),
        (30, ["flat"], 30, ["flat"], Agreed.FITS),
        (30, ["flat"], 30, ["flat", "quiet"], Agreed.OTHER_ROUTE),
        (30, ["quiet", "lit", "flat"], 30, ["flat", "quiet"], Agreed.FITS),
        (30, [], None, ["chosen"], Agreed.NOT_CHOSEN),
        (30, None, None, ["chosen"], Agreed.NO_ROUTE),
        (30, [], None, ["chosen", "lit"], Agreed.OTHER_ROUTE),
        (31, ["flat"], 30, ["lit"], Agreed.TOO_LONG),
    ],
)
def test_what_keeps_within_the_limits(minutes, route, most, kinds, said):
    assert rules.agreed(minutes, route, most_minutes=most, kinds=kinds) is said


def test_a_route_that_the_client_chose_is_chosen():
    assert rules.agreed(30, [], most_minutes=None, kinds=["chosen"], is_clients_choice=True) is Agreed.FITS


@pytest.mark.parametrize(
    ("said", "route", "moving"),
    [(None, None, 50), (None, 30, 30), (None, 70, 50), (20, 30, 20), (20, None, 20)],
)
def test_minutes_of_moving_are_those_said_else_what_the_route_takes_else_all(said, route, moving):
    assert rules.moving_minutes(50, said, route) == moving


def limited(walker, **limits):
    return ClearanceFactory(client=walker, decision="conditions", decided_at=MONDAY_NOON - DAY, **limits)


@pytest.mark.parametrize(("minutes", "is_booked"), [(29, True), (30, True), (31, False)])
def test_minutes_at_most(book, walker, minutes, is_booked):
    limited(walker, most_minutes=30)

    if is_booked:
        assert book(minutes=minutes).minutes == minutes
        return
    with pytest.raises(refusals.LongerThanAgreed) as no:
        book(minutes=minutes)
    assert (str(no.value), no.value.field) == (
        "Agreed with this client: at most 30 minutes of moving in one session.",
        "moving_minutes",
    )


def test_thirty_minutes_of_moving_fit_into_fifty(book, walker):
    limited(walker, most_minutes=30)

    assert book(minutes=50, moving_minutes=30).moving_minutes == 30
    with pytest.raises(refusals.LongerThanAgreed):
        book(minutes=50, moving_minutes=31, starts_at=MONDAY_NOON + 2 * DAY)


def test_the_minutes_that_a_route_takes_count(book, walker):
    limited(walker, most_minutes=30)
    short = RouteFactory(points=[[51.5, -0.1, None, 0], [51.5, -0.1, None, 1500]], distance_m=1500)
    long = RouteFactory(points=[[51.5, -0.1, None, 0], [51.5, -0.1, None, 4000]], distance_m=4000)

    assert 15 < (book(route=short).moving_minutes or 0) <= 30
    with pytest.raises(refusals.LongerThanAgreed):
        book(route=long, starts_at=MONDAY_NOON + 2 * DAY)


@pytest.mark.parametrize("moving", [0, 51])
def test_the_minutes_of_moving_are_part_of_the_session(book, moving):
    with pytest.raises(refusals.MovesLongerThanItLasts):
        book(minutes=50, moving_minutes=moving)


def test_another_length_has_its_own_minutes_of_moving(book, clinician):
    session = book(minutes=50, moving_minutes=30)

    moved = actions.move_session(session=session, minutes=40, by=clinician, now=MONDAY_NOON)

    assert moved.moving_minutes == 40


def test_another_day_keeps_them(book, clinician):
    session = book(minutes=50, moving_minutes=30)

    moved = actions.move_session(
        session=session, starts_at=MONDAY_NOON + 3 * DAY, by=clinician, now=MONDAY_NOON
    )

    assert moved.moving_minutes == 30


def test_who_sits_moves_no_minutes(sit):
    assert sit(minutes=50).moving_minutes is None


def test_a_route_is_chosen_when_the_client_chose_it(book, walker, route):
    limited(walker, route_kinds=["chosen"])

    with pytest.raises(refusals.RouteNotAgreed, match="they have chosen"):
        book(route=route)

    assert book(route=route, route_is_chosen=True).route_is_chosen


def test_another_route_was_not_chosen_yet(book, walker, clinician, route):
    limited(walker, route_kinds=["chosen"])
    session = book(route=route, route_is_chosen=True)

    with pytest.raises(refusals.RouteNotAgreed):
        actions.move_session(session=session, route=RouteFactory(), by=clinician, now=MONDAY_NOON)


def test_the_form_asks_for_both_and_shows_them_again(browser_of, clinician, book, walker, route):
    limited(walker, most_minutes=30, route_kinds=["chosen"])
    session = book(minutes=50, moving_minutes=20, route=route, route_is_chosen=True)

    with time_machine.travel(MONDAY_NOON, tick=False):
        page = browser_of(clinician).get(f"/sessions/{session.uid}/move/").content.decode()
        shown = browser_of(clinician).get(f"/sessions/{session.uid}/").content.decode()

    assert 'value="20"' in page
    assert "The client chose this route" in page
    assert "on a route that the client chose" in shown


def test_the_kind_of_route(book, walker):
    limited(walker, route_kinds=["flat", "quiet"])
    fitting, other = RouteFactory(kinds=["flat", "quiet"]), RouteFactory(kinds=["flat"])

    assert book(route=fitting).route == fitting
    for route, words in ((other, "Choose another"), (None, "Choose one")):
        with pytest.raises(refusals.RouteNotAgreed) as no:
            book(route=route, starts_at=MONDAY_NOON + 3 * DAY)
        assert "flat, quiet" in str(no.value)
        assert words in str(no.value)


def test_sitting_has_no_limits(sit, walker):
    limited(walker, most_minutes=10, route_kinds=["flat"])

    assert sit(minutes=90).state == "booked"


@pytest.mark.parametrize(("days", "is_booked"), [(4, True), (5, True), (6, False)])
def test_a_letter_by_a_day(book, walker, days, is_booked):
    limited(walker, letter_by=MONDAY_NOON.date() + 5 * DAY)

    if is_booked:
        assert book(starts_at=MONDAY_NOON + days * DAY)
        return
    with pytest.raises(refusals.NotCleared) as no:
        book(starts_at=MONDAY_NOON + days * DAY)
    assert "letter" in str(no.value)


def test_once_the_letter_is_there_the_day_is_no_limit(book, walker, clinician):
    clearance = limited(walker, letter_by=MONDAY_NOON.date() + 5 * DAY)
    LetterSeen.objects.create(clearance=clearance, seen_by=clinician, seen_at=MONDAY_NOON)

    assert book(starts_at=MONDAY_NOON + 6 * DAY).clearance == clearance


def test_no_running_where_it_is_walk_only(book, walker):
    with pytest.raises(refusals.NotCleared):
        book(mode="run")


def test_a_change_obeys_the_limits_too(book, walker, clinician):
    limited(walker, most_minutes=50)
    session = book()

    with pytest.raises(refusals.LongerThanAgreed):
        actions.move_session(session=session, minutes=51, by=clinician, now=MONDAY_NOON)


def test_putting_back_obeys_them_too(book, walker, clinician):
    session = book()
    actions.cancel_session(session=session, reason="weather", by=clinician, now=MONDAY_NOON)
    limited(walker, most_minutes=30)

    with pytest.raises(refusals.LongerThanAgreed):
        actions.put_session_back(session=session, by=clinician, now=MONDAY_NOON)


def test_the_desk_hears_that_it_does_not_fit_and_not_what_was_agreed(book, walker, reception):
    limited(walker, most_minutes=30, route_kinds=["step_free"])

    with pytest.raises(refusals.LongerThanAgreed) as long:
        book(by=reception)
    with pytest.raises(refusals.RouteNotAgreed) as other:
        book(by=reception, minutes=30, route=RouteFactory())

    for no in (long, other):
        assert "30" not in str(no.value)
        assert "step" not in str(no.value)
        assert "Ask the clinician" in str(no.value)


@pytest.mark.parametrize(
    ("sent", "code", "field"),
    [
        ({"minutes": 31}, "longer_than_agreed", "moving_minutes"),
        ({"minutes": 30}, "route_not_agreed", "route"),
        ({"minutes": 30, "mode": "run"}, "not_cleared", "mode"),
    ],
)
def test_the_api_says_the_same(api_of, walker, clinician, sent, code, field):
    limited(walker, most_minutes=30, route_kinds=["flat"])
    body = {
        "client": str(walker.uid),
        "mode": "walk",
        "pace": "chat",
        "starts_at": "2026-06-03T09:00:00Z",
        **sent,
    }

    with time_machine.travel(MONDAY_NOON, tick=False):
        answer = api_of(clinician).post("/api/v1/sessions/", body, format="json")

    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (409, code, field)


def test_the_form_says_it_at_the_field(browser_of, walker, clinician):
    limited(walker, most_minutes=30)
    typed = {
        "client": str(walker.uid),
        "clinician": str(clinician.uid),
        "mode": "walk",
        "pace": "chat",
        "date": "2026-06-03",
        "time": "10:00",
        "minutes": "50",
    }

    with time_machine.travel(MONDAY_NOON, tick=False):
        page = browser_of(clinician).post("/sessions/new/", typed)

    assert page.status_code == 422
    assert "at most 30 minutes of moving" in page.content.decode()
