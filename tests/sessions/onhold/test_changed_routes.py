"""A route that is not what it was: whoever is booked on it is protected at once."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from clients.screening.models import Clearance
from practice.models import AuditEvent
from sessions.booking import actions as booking
from sessions.booking.actions import refusals
from sessions.models import TherapySession
from sessions.onhold import actions
from sessions.onhold.screens import held_page
from sessions.routes.actions import edit_route
from tests.factories import (
    MONDAY_NOON,
    ClearanceFactory,
    ClientFactory,
    MemberFactory,
    PracticeFactory,
    RouteFactory,
)
from tests.sessions.booking.test_races import at_once, noon_in, refused_or
from tests.sessions.onhold.conftest import HOUR, states

THEN = MONDAY_NOON + HOUR


@pytest.fixture
def lit_only(mover):
    return ClearanceFactory(
        client=mover, decision="conditions", route_kinds=["lit"], decided_at=MONDAY_NOON - HOUR
    )


@pytest.mark.django_db
class TestEditing:
    def test_what_it_no_longer_carries_goes_on_hold(self, lit_only, book, clinician):
        route = RouteFactory(kinds=["lit", "flat"])
        session = book(1, route=route)

        edit_route(route=route, kinds=["flat"], by=clinician, now=THEN)

        assert states(session) == ["on_hold"]
        assert AuditEvent.objects.filter(action="session_held").count() == 1

    def test_what_it_carries_still_goes_ahead(self, lit_only, book, clinician):
        route = RouteFactory(kinds=["lit", "flat"])
        session = book(1, route=route)

        edit_route(route=route, kinds=["lit"], by=clinician, now=THEN)

        assert states(session) == ["booked"]

    def test_who_has_no_such_condition_goes_ahead(self, book, clinician):
        route = RouteFactory(kinds=["lit"])
        session = book(1, route=route)

        edit_route(route=route, kinds=[], by=clinician, now=THEN)

        assert states(session) == ["booked"]

    def test_whoever_edits_need_not_treat_the_client(self, lit_only, book):
        route = RouteFactory(kinds=["lit"])
        session = book(1, route=route)

        edit_route(route=route, kinds=[], by=MemberFactory(), now=THEN)

        assert states(session) == ["on_hold"]

    def test_the_choices_are_offered_and_going_ahead_is_none_of_them(self, lit_only, book, mover, clinician):
        route = RouteFactory(kinds=["lit"])
        session = book(1, route=route)
        edit_route(route=route, kinds=[], by=clinician, now=THEN)

        (line,) = held_page(mover, THEN).lines
        with pytest.raises(refusals.RouteNotAgreed):
            actions.choose(client=mover, choice="go_ahead", by=clinician, now=THEN)
        actions.choose(client=mover, choice="sit", by=clinician, now=THEN)

        assert not line.may_go_ahead
        assert "Routes: lit." in line.reason
        assert states(session) == ["booked"]

    def test_once_it_is_what_it_was_it_may_go_ahead(self, lit_only, book, mover, clinician):
        route = RouteFactory(kinds=["lit"])
        session = book(1, route=route)
        edit_route(route=route, kinds=[], by=clinician, now=THEN)
        edit_route(route=route, kinds=["lit"], by=clinician, now=THEN)

        actions.choose(client=mover, choice="go_ahead", by=clinician, now=THEN)

        assert states(session) == ["booked"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tries", [10, pytest.param(200, marks=pytest.mark.deep)])
def test_a_booking_and_a_changed_route_at_the_same_instant(tries):
    """Whoever comes first: no walk stays booked on a route that its clearance does not allow."""
    PracticeFactory()
    clinician: Any = MemberFactory()
    said: Counter[str] = Counter()
    for _number in range(tries):
        client: Any = ClientFactory(treated_by=clinician)
        long_ago = timezone.now() - timedelta(days=1)
        ClearanceFactory(
            client=client,
            decision="conditions",
            route_kinds=["lit"],
            decided_by=clinician,
            decided_at=long_ago,
        )
        route: Any = RouteFactory(kinds=["lit"])
        facts = {
            "client": client, "clinician": clinician, "mode": "walk", "place": "outdoors", "route": route,
            "starts_at": noon_in(2), "minutes": 50, "pace": "chat", "by": clinician, "now": timezone.now(),
        }  # fmt: skip
        _done, what = at_once(
            [
                lambda route=route: edit_route(route=route, kinds=[], by=clinician, now=timezone.now()),
                lambda facts=facts: refused_or(lambda: booking.book_session(**facts).state),
            ]
        )
        said[what] += 1
        assert not TherapySession.objects.filter(client=client, state="booked").exists()
        assert Clearance.objects.filter(client=client).count() == 1
        TherapySession.objects.all().delete()

    assert set(said) <= {"booked", "route_not_agreed"}
