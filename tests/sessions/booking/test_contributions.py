"""What booking tells Today, a client's record and a client's own home page."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from practice.models import Practice
from sessions.booking import actions
from sessions.booking.contributions import attention, portal_cards, timeline
from sessions.booking.screens import day_lines
from tests.factories import MONDAY_NOON, ClearanceFactory, SessionFactory
from tests.sessions.booking.conftest import TOMORROW

pytestmark = pytest.mark.django_db

LATER = TOMORROW + timedelta(hours=2)


def card_of(client, now=MONDAY_NOON):
    cards = portal_cards(client, now)
    return render_to_string(cards[0].template, cards[0].values) if cards else ""


def test_a_session_stands_in_the_timeline(book, walker, clinician, route):
    session = book(route=route)

    (item,) = timeline(walker, clinician, MONDAY_NOON, LATER)

    assert (item.kind, item.at, item.badge) == ("session", TOMORROW, "Booked")
    assert item.text == "Walking · Towpath loop, 3.2 km · pace: could chat"
    assert str(session.uid) in item.url


def test_the_timeline_of_others_is_empty(book, walker, colleague):
    book()

    assert timeline(walker, colleague, MONDAY_NOON, LATER) == []


def test_a_client_reads_their_sessions_without_a_link(book, walker):
    book()

    (item,) = timeline(walker, walker.member, MONDAY_NOON, LATER)

    assert item.url == ""


def test_a_session_left_open_waits_for_its_clinician(book, clinician, colleague, reception):
    book()

    (waiting,) = attention(clinician, LATER)

    assert (waiting.urgency, waiting.title) == ("waiting", "Did this session take place?")
    assert "Sam Wood" in str(waiting.text)
    assert attention(colleague, LATER) == []
    assert attention(reception, LATER) == []


def test_a_session_that_is_said_to_have_been_waits_no_more(book, clinician):
    actions.complete_session(session=book(), by=clinician, now=LATER)

    assert attention(clinician, LATER) == []


def test_a_walk_that_stands_calls_for_nobody(book, clinician):
    book()

    assert attention(clinician, MONDAY_NOON) == []


def test_the_home_page_says_when_and_where_the_next_session_is(book, walker, route):
    Practice.objects.update(phone="020 7946 0123")
    book(starts_at=TOMORROW + timedelta(days=1))
    book(route=route)

    card = card_of(walker)

    for said in (
        "Tue 2 Jun, 13:00",
        "Lock keeper&#x27;s cottage",
        "Slow enough to talk",
        "020 7946 0123",
        "<svg",
    ):
        assert said in card
    assert "Wed 3 Jun" not in card


def test_without_a_phone_nothing_is_promised(book, walker):
    book()

    assert "Can’t make it" not in card_of(walker)


def test_the_home_page_shows_no_session_of_others_nor_a_cancelled_one(book, walker, stranger, clinician):
    session = book()
    assert card_of(stranger) == ""

    actions.cancel_session(session=session, reason="client", by=clinician, now=MONDAY_NOON)
    assert card_of(walker) == ""


def test_the_next_card_stays_until_the_session_is_over(book, walker):
    session = book()

    assert card_of(walker, TOMORROW + timedelta(minutes=10))
    assert not card_of(walker, session.ends_at)


def test_a_day_is_told_in_lines_with_conditions_for_who_treats(book, walker, clinician, reception):
    ClearanceFactory(client=walker, decision="conditions", conditions="Flat routes only")
    book()
    day = timezone.localdate(TOMORROW)

    (told,) = day_lines(clinician, day, MONDAY_NOON)
    (desk,) = day_lines(reception, day, MONDAY_NOON)

    assert (told.clearance, told.conditions, told.buffer_minutes) == ("conditions", "Flat routes only", 10)
    assert (desk.clearance, desk.conditions, desk.client_name) == ("", "", "Sam Wood")


def test_a_day_ends_at_local_midnight(clinician):
    SessionFactory(clinician=clinician, starts_at=MONDAY_NOON.replace(hour=23, minute=30))

    assert day_lines(clinician, MONDAY_NOON.date(), MONDAY_NOON) == []
    assert len(day_lines(clinician, TOMORROW.date(), MONDAY_NOON)) == 1
