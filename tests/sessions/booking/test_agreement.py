"""A moving session stands on a signed agreement where the practice says so, and nowhere else."""

from datetime import timedelta

import pytest

from clients.consents import actions as consents
from practice.models import Practice
from sessions.booking import actions
from sessions.booking.actions import refusals
from tests.clients.consents.signing import sign
from tests.factories import MONDAY_NOON, ClearanceFactory

TOMORROW = MONDAY_NOON + timedelta(days=1)
WALK = {"mode": "walk", "place": "outdoors", "pace": "chat"}
SIT = {"mode": "sit", "place": "office"}


@pytest.fixture
def cleared(client_person, clinician):
    ClearanceFactory(client=client_person, decided_by=clinician)
    return client_person


@pytest.fixture
def needed(practice):
    Practice.objects.update(needs_agreement=True)


def book(client, clinician, by=None, **facts):
    return actions.book_session(
        client=client,
        clinician=clinician,
        starts_at=TOMORROW,
        minutes=50,
        by=by or clinician,
        now=MONDAY_NOON,
        **facts,
    )


def test_without_the_rule_a_walk_is_booked_as_before(cleared, clinician):
    assert book(cleared, clinician, **WALK).mode == "walk"


def test_with_the_rule_a_walk_without_an_agreement_is_refused_in_plain_words(cleared, clinician, needed):
    with pytest.raises(refusals.AgreementMissing, match="Ask the client to sign it"):
        book(cleared, clinician, **WALK)


def test_sitting_needs_no_agreement(cleared, clinician, needed):
    assert book(cleared, clinician, **SIT).mode == "sit"


def test_with_a_signature_the_walk_is_booked(cleared, clinician, needed):
    sign(cleared)

    assert book(cleared, clinician, **WALK).mode == "walk"


def test_the_desk_hears_the_same_and_books_on_it(cleared, clinician, reception, needed):
    with pytest.raises(refusals.AgreementMissing):
        book(cleared, clinician, by=reception, **WALK)

    sign(cleared)

    assert book(cleared, clinician, by=reception, **WALK).mode == "walk"


def test_a_signature_taken_back_refuses_at_once(cleared, clinician, needed):
    sign(cleared)
    consents.withdraw_agreement(client=cleared, by=cleared.member, now=MONDAY_NOON)

    with pytest.raises(refusals.AgreementMissing):
        book(cleared, clinician, **WALK)


def test_taken_back_it_refuses_without_the_rule_too(cleared, clinician):
    """Then it is the hold that refuses."""
    sign(cleared)
    consents.withdraw_agreement(client=cleared, by=cleared.member, now=MONDAY_NOON)

    with pytest.raises(refusals.NotCleared):
        book(cleared, clinician, **WALK)


def test_an_agreement_that_is_to_be_looked_at_before_that_day_refuses(cleared, clinician, needed):
    sign(cleared, now=MONDAY_NOON - timedelta(days=366))

    with pytest.raises(refusals.AgreementMissing):
        book(cleared, clinician, **WALK)
