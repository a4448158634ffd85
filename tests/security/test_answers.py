"""T24: an answer is one of those that the question offers, and a safety answer is never lost on the way."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Response, SafetyAlert
from clients.screening import actions
from practice.web.refusals import Refused
from tests.factories import MONDAY_NOON
from tests.security.callers import undone
from tests.security.ledger import Ledger
from tests.security.routes import routes

pytestmark = pytest.mark.django_db
ODD = [
    None,
    True,
    "",
    "0",
    "1",
    1.0,
    0.5,
    -1,
    4,
    99,
    10**30,
    -(10**30),
    [],
    [1],
    {},
    {"value": 1},
    "1; DROP",
    "q9",
    "\x00",
]
STRANGE_ITEMS = ["", "q0", "q10", "Q9", "__proto__", "answers", "q9\x00", "٩", "phq9.q9", "../q9"]
OFFERED = {0, 1, 2, 3}
moves = st.lists(
    st.tuples(
        st.sampled_from([f"q{number}" for number in range(1, 10)]), st.integers(0, 3) | st.integers(-2, 9)
    ),
    max_size=12,
)


@pytest.fixture
def address(town):
    return next(route for route in routes() if route.name == "api_answers").address(town.ours)


def answered(callers, address, **answer):
    body = {"instrument": "phq9", "item": "q1", "value": 1, **answer}
    return callers.call_for_good("client", "POST", address, body)


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_what_a_question_does_not_offer_is_no_answer(town, callers, address, value):
    ledger = Ledger()

    with undone():
        answer = answered(callers, address, value=value)
        kept = Response.objects.get(screening=town.ours.rows["screening"], instrument="phq9").answers.get(
            "q1"
        )

        assert answer.status_code in {200, 400}
        assert kept in ({1} if answer.status_code == 200 else {None})
        assert answer.status_code == 200 or ledger.changed() == set()


@pytest.mark.parametrize("item", STRANGE_ITEMS)
def test_a_question_that_is_not_asked_takes_no_answer(callers, address, item):
    ledger = Ledger()

    assert answered(callers, address, item=item).status_code in {400, 404}
    assert ledger.changed() == set()


@pytest.mark.parametrize("instrument", ["", "PHQ9", "../phq9", "tpx", "asq"])
def test_a_questionnaire_that_the_client_was_not_given_takes_no_answer(callers, address, instrument):
    ledger = Ledger()

    assert answered(callers, address, instrument=instrument).status_code in {400, 404, 409}
    assert ledger.changed() == set()


@pytest.mark.parametrize("more", ["version", "snapshot", "submitted_at", "screening", "alert", "safe_now"])
def test_nothing_travels_along_with_an_answer(callers, address, more):
    ledger = Ledger()

    assert answered(callers, address, **{more: "2"}).status_code == 400
    assert ledger.changed() == set()


def test_what_was_handed_in_takes_no_more_answers(town, callers):
    route = next(route for route in routes() if route.name == "api_answers")
    ledger = Ledger()

    answer = answered(callers, route.address(town.ours, uid=town.ours.uid("submitted")), item="q1", value=3)

    assert answer.status_code == 409
    assert ledger.changed() == set()


@given(before=moves, after=moves)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_answered_around_it_a_safety_answer_raises_an_alert_that_stays(
    town, callers, before, after
):
    client, clinician = town.theirs.client, town.theirs.rows["clinician"]
    with undone():
        asked = actions.ask_screening(client=client, purpose="measure", by=clinician, now=MONDAY_NOON)
        response = asked.responses.get(instrument="phq9")
        for item, value in [*before, ("q9", 2), *after]:
            try:
                actions.answer(response=response, item=item, value=value, by=client.member, now=MONDAY_NOON)
            except Refused:
                assert value not in OFFERED

        assert SafetyAlert.objects.filter(response=response, item="q9", seen_at=None).count() == 1
