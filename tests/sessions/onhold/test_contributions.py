"""Who hears of a session on hold: its clinician, the desk, the client; each as much as concerns them."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from practice.models import Practice
from sessions.booking.contributions import portal_cards as next_cards
from sessions.booking.screens import day_lines
from sessions.onhold import actions
from sessions.onhold.contributions import attention, portal_cards
from sessions.today.contributions import next_sessions
from tests.factories import MONDAY_NOON
from tests.sessions.onhold.conftest import DAY, HOUR

pytestmark = pytest.mark.django_db
THEN = MONDAY_NOON + 2 * HOUR


def card_of(client, now=THEN):
    cards = portal_cards(client, now)
    return render_to_string(cards[0].template, cards[0].values) if cards else ""


def choose(client, by, choice, *sessions, now=THEN):
    uids = [session.uid for session in sessions] or None
    return actions.choose(client=client, choice=choice, sessions=uids, by=by, now=now)


@pytest.mark.parametrize(("hours", "urgency"), [(25, "alert"), (26, "alert"), (27, "waiting")])
def test_its_clinician_is_called_and_within_a_day_at_once(book, hold, clinician, hours, urgency):
    book(0, starts_at=MONDAY_NOON + hours * HOUR)
    hold()

    (found,) = attention(clinician, THEN)

    assert (found.urgency, found.title) == (urgency, "Sam Wood: a session is on hold")
    assert "sessions-on-hold" in found.url


def test_all_of_a_client_are_one_line(book, hold, clinician):
    for days in (3, 4, 5):
        book(days)
    hold()

    assert [item.title for item in attention(clinician, THEN)] == ["Sam Wood: 3 sessions are on hold"]


def test_what_goes_ahead_calls_nobody(book, clinician):
    book(1)

    assert attention(clinician, THEN) == []


def test_others_are_not_called(book, hold, colleague, mover):
    book(1)
    hold()

    assert attention(colleague, THEN) == []
    assert attention(mover.member, THEN) == []


def test_what_is_kept_on_hold_rests_until_it_is_near(book, hold, mover, clinician):
    session = book(5)
    hold()
    choose(mover, clinician, "keep", session)

    assert attention(clinician, THEN) == []
    assert len(attention(clinician, session.starts_at - DAY + timedelta(minutes=1))) == 1


def test_what_is_past_and_not_chosen_about_keeps_calling(book, hold, clinician):
    session = book(1)
    hold()

    assert len(attention(clinician, session.ends_at + 3 * DAY)) == 1


def test_the_same_questions_however_much_waits(book, hold, clinician, django_assert_num_queries):
    for days in range(1, 7):
        book(days)
    hold()

    with django_assert_num_queries(1):
        attention(clinician, THEN)


def test_the_desk_hears_whom_to_ask_and_no_more(book, hold, reception):
    book(1)
    hold()

    (found,) = attention(reception, THEN)

    assert "Ask Robin Vale" in str(found.text)
    assert "njur" not in f"{found.title}{found.text}"
    (line,) = day_lines(reception, (MONDAY_NOON + DAY).date(), THEN)
    assert (line.state_word, line.warning) == ("On hold", "On hold: ask the clinician first")
    assert (line.clearance, line.conditions) == ("", "")


def test_the_clinician_reads_in_the_calendar_why_it_waits(book, hold, clinician):
    book(1)
    hold()

    (line,) = day_lines(clinician, (MONDAY_NOON + DAY).date(), THEN)

    assert (line.badge, line.clearance, line.is_booked, line.is_closed) == ("hold", "hold", False, False)
    assert line.warning == "On hold: not cleared for this now"


def test_it_does_not_count_as_a_next_session(book, hold, mover, clinician):
    book(1)
    hold()

    assert next_sessions([mover], clinician, THEN) == []
    assert next_cards(mover, THEN) == []


def test_the_client_reads_that_their_time_stays(book, hold, mover):
    Practice.objects.update(phone="020 7946 0123")
    book(1)
    hold()

    card = card_of(mover)

    for said in ("On hold", "Tue 2 Jun, 13:00", "Your time stays yours: Robin Vale", "020 7946 0123"):
        assert said in card
    assert "njur" not in card


def test_the_client_reads_what_has_become_of_it(book, hold, mover, clinician):
    sits, gone = book(1), book(2)
    hold()
    choose(mover, clinician, "sit", sits)
    choose(mover, clinician, "cancel", gone)

    card = card_of(mover)

    assert "We sit instead: at the practice" in card
    assert "Does not take place" in card
    assert "On hold" not in card
    assert "Tue 2 Jun" in render_to_string(
        next_cards(mover, THEN)[0].template, next_cards(mover, THEN)[0].values
    )


def test_two_weeks_later_the_card_is_gone(book, hold, mover, clinician):
    session = book(30)
    hold()
    choose(mover, clinician, "sit", session)

    assert card_of(mover)
    assert not card_of(mover, THEN + 15 * DAY)


def test_other_clients_read_nothing(book, hold, stranger):
    book(1)
    hold()

    assert card_of(stranger) == ""
