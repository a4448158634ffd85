"""A moving session stands on a signed agreement where the practice says so, and nowhere else."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError

from clients.consents import actions as consents
from clients.consents.actions.asking import ask_everybody_again
from clients.models import Consent
from practice.models import AuditEvent, Practice
from sessions.booking import actions
from sessions.booking.actions import refusals
from sessions.onhold import actions as onhold
from sessions.onhold.screens import held_page
from tests.clients.consents.conftest import reworded
from tests.clients.consents.signing import sign
from tests.factories import MONDAY_NOON, ClearanceFactory, SessionFactory

__all__ = ["reworded"]

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


def test_taken_back_it_refuses_without_the_rule_too_whatever_was_decided_since(cleared, clinician):
    sign(cleared)
    consents.withdraw_agreement(client=cleared, by=cleared.member, now=MONDAY_NOON)
    ClearanceFactory(client=cleared, decided_by=clinician, decided_at=MONDAY_NOON)

    with pytest.raises(refusals.AgreementMissing, match="taken back"):
        book(cleared, clinician, **WALK)


def test_the_desk_does_not_hear_that_it_was_taken_back(cleared, clinician, reception):
    sign(cleared)
    consents.withdraw_agreement(client=cleared, by=cleared.member, now=MONDAY_NOON)
    ClearanceFactory(client=cleared, decided_by=clinician, decided_at=MONDAY_NOON)

    with pytest.raises(refusals.AgreementMissing, match="is not signed for that day"):
        book(cleared, clinician, by=reception, **WALK)


def test_signed_again_it_is_booked_on_the_new_decision(cleared, clinician):
    sign(cleared)
    consents.withdraw_agreement(client=cleared, by=cleared.member, now=MONDAY_NOON)
    ClearanceFactory(client=cleared, decided_by=clinician, decided_at=MONDAY_NOON)
    sign(cleared)

    assert book(cleared, clinician, **WALK).mode == "walk"


def test_a_text_that_has_changed_since_refuses_without_the_rule_too(cleared, clinician, reworded):
    sign(cleared)
    reworded()

    with pytest.raises(refusals.AgreementMissing, match="has changed"):
        book(cleared, clinician, **WALK)


def test_taking_it_back_puts_what_is_ahead_on_hold_at_once_and_says_so_in_the_trail(cleared, clinician):
    sign(cleared)
    session = book(cleared, clinician, **WALK)

    consents.withdraw_agreement(client=cleared, by=cleared.member, now=MONDAY_NOON)

    session.refresh_from_db()
    assert (session.state, session.held_at) == ("on_hold", MONDAY_NOON)
    assert AuditEvent.objects.filter(action="session_held").count() == 1


def test_a_new_text_puts_what_is_ahead_on_hold_before_anybody_is_asked(cleared, clinician, reworded):
    sign(cleared)
    session = book(cleared, clinician, **WALK)

    reworded(now=MONDAY_NOON + timedelta(minutes=1))

    session.refresh_from_db()
    assert session.state == "on_hold"


def test_what_a_new_text_held_is_in_the_trail_once_the_client_is_asked(cleared, clinician, reworded):
    sign(cleared)
    book(cleared, clinician, **WALK)
    text = reworded(now=MONDAY_NOON + timedelta(minutes=1))

    ask_everybody_again(
        text=text, tell=lambda *_said: None, by=text.published_by, now=MONDAY_NOON + timedelta(minutes=2)
    )

    assert AuditEvent.objects.filter(action="session_held").count() == 1


def test_a_new_text_leaves_those_alone_who_never_signed(cleared, clinician, reworded):
    session = book(cleared, clinician, **WALK)

    reworded(now=MONDAY_NOON + timedelta(minutes=1))

    session.refresh_from_db()
    assert session.state == "booked"


def test_what_is_on_hold_does_not_go_ahead_on_a_decision_alone(cleared, clinician):
    sign(cleared)
    session = book(cleared, clinician, **WALK)
    consents.withdraw_agreement(client=cleared, by=cleared.member, now=MONDAY_NOON)
    ClearanceFactory(client=cleared, decided_by=clinician, decided_at=MONDAY_NOON)

    with pytest.raises(refusals.AgreementMissing):
        onhold.choose(client=cleared, choice="go_ahead", by=clinician, now=MONDAY_NOON)

    (line,) = held_page(cleared, MONDAY_NOON).lines
    assert not line.may_go_ahead
    assert "taken back" in line.reason
    session.refresh_from_db()
    assert session.state == "on_hold"


def test_the_database_books_nothing_against_a_withdrawal(cleared, clinician):
    sign(cleared)
    consents.withdraw_agreement(client=cleared, by=cleared.member, now=MONDAY_NOON)
    clearance = ClearanceFactory(client=cleared, decided_by=clinician, decided_at=MONDAY_NOON)

    with pytest.raises(IntegrityError, match="stands on an agreement"):
        SessionFactory(client=cleared, walk=True, clearance=clearance, starts_at=TOMORROW)


def test_a_withdrawal_by_raw_sql_holds_what_is_ahead(cleared, clinician):
    signed = sign(cleared)
    session = book(cleared, clinician, **WALK)

    Consent.objects.create(client=cleared, about="movement", step="withdrawn", version=signed.version,
        by=cleared.member, at=MONDAY_NOON)  # fmt: skip

    session.refresh_from_db()
    assert session.state == "on_hold"


def test_through_the_api_the_refusal_is_the_same(cleared, clinician, api_of):
    sign(cleared)
    consents.withdraw_agreement(client=cleared, by=cleared.member, now=MONDAY_NOON)
    ClearanceFactory(client=cleared, decided_by=clinician, decided_at=MONDAY_NOON)
    body = {"client": str(cleared.uid), "starts_at": TOMORROW.isoformat(), "minutes": 50, **WALK}

    with time_machine.travel(MONDAY_NOON, tick=False):
        answer = api_of(clinician).post("/api/v1/sessions/", body, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "agreement_missing")


def test_an_agreement_that_is_to_be_looked_at_before_that_day_refuses(cleared, clinician, needed):
    sign(cleared, now=MONDAY_NOON - timedelta(days=366))

    with pytest.raises(refusals.AgreementMissing):
        book(cleared, clinician, **WALK)
