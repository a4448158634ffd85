"""The first screen of a day."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from clients import instruments
from clients.models import Response, SafetyAlert
from tests.counting import queries_of
from tests.factories import (
    ClearanceFactory,
    ClientFactory,
    NoteFactory,
    RouteFactory,
    RunLogFactory,
    ScreeningFactory,
    SessionFactory,
)

MORNING = datetime(2026, 6, 1, 7, 40, tzinfo=UTC)  # 08:40 in London


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


def at(hour, minute=0, *, days=0):
    """That time of today, on the clock on the wall."""
    return datetime(2026, 6, 1, hour - 1, minute, tzinfo=UTC) + timedelta(days=days)


def screen_of(browser):
    return browser.get(reverse("today")).context["screen"]


def walk(client, clinician, starts_at, **more):
    clearance = ClearanceFactory(client=client, decided_at=MORNING - timedelta(days=5))
    return SessionFactory(
        client=client, clinician=clinician, starts_at=starts_at, walk=True, clearance=clearance, **more
    )


def test_a_client_is_not_let_in(browser_of, client_person):
    assert browser_of(client_person.member).get(reverse("today")).status_code == 403


def test_nobody_is_let_in_without_signing_in(client, practice):
    assert client.get(reverse("today")).status_code == 302


def test_the_next_session_is_in_front_with_its_countdown_and_half_way(browser_of, clinician, client_person):
    walk(client_person, clinician, at(9, 30))
    walk(ClientFactory(treated_by=clinician), clinician, at(13, 30))

    answer = browser_of(clinician).get(reverse("today"))

    coming, page = answer.context["screen"].next, answer.content.decode()
    assert coming.line.client_name == "Sam Wood"
    assert coming.countdown == "in 50 min"
    assert coming.turn_at == at(9, 55)
    assert "Pace:" in page
    assert "could chat" in page


def test_the_session_that_is_on_stays_in_front(browser_of, clinician, client_person):
    walk(client_person, clinician, at(8, 30))

    assert screen_of(browser_of(clinician)).next.is_on


@pytest.mark.parametrize(("days", "words"), [(1, "tomorrow"), (3, "Thursday 4 June")])
def test_when_today_is_free_the_next_one_is_on_a_later_day(browser_of, clinician, client_person, days, words):
    walk(client_person, clinician, at(9, 30, days=days))

    screen = screen_of(browser_of(clinician))

    assert (screen.next.countdown, list(screen.lines), screen.rest_title) == (words, [], "The day")


def test_a_cancelled_session_is_not_the_next(browser_of, clinician, client_person):
    SessionFactory(
        client=client_person,
        clinician=clinician,
        starts_at=at(9, 30),
        state="cancelled",
        closed_at=MORNING,
        closed_by=clinician,
    )

    screen = screen_of(browser_of(clinician))

    assert screen.next is None
    assert list(screen.lines) == []


def test_the_plan_of_the_last_signed_note_is_at_hand(browser_of, clinician, client_person):
    earlier = SessionFactory(
        client=client_person, clinician=clinician, starts_at=at(9, 30, days=-7), completed=True
    )
    NoteFactory(
        session=earlier,
        body={"plan": "Notice the first five minutes."},
        signed_at=MORNING,
        signed_by=clinician,
        seal="x",
    )
    walk(client_person, clinician, at(9, 30))

    assert "Notice the first five minutes." in browser_of(clinician).get(reverse("today")).content.decode()


def test_a_draft_is_not_quoted(browser_of, clinician, client_person):
    earlier = SessionFactory(
        client=client_person, clinician=clinician, starts_at=at(9, 30, days=-7), completed=True
    )
    NoteFactory(session=earlier, body={"plan": "Not yet signed."})
    walk(client_person, clinician, at(9, 30))

    assert screen_of(browser_of(clinician)).next.plan is None


def test_a_hold_after_the_booking_is_said(browser_of, clinician, client_person):
    walk(client_person, clinician, at(9, 30))
    ClearanceFactory(client=client_person, decision="hold", decided_at=MORNING)

    screen = screen_of(browser_of(clinician))

    assert screen.next is None
    (line,) = screen.lines
    assert (line.clearance, line.state_word) == ("hold", "On hold")
    assert line.warning == "On hold: not cleared for this now"


def test_the_lead_counts_people_and_says_when_it_will_be_dark(browser_of, clinician, client_person):
    walk(client_person, clinician, at(9, 30))
    walk(ClientFactory(treated_by=clinician), clinician, at(22, 30))

    lead = screen_of(browser_of(clinician)).lead

    assert lead == "Good morning, Robin. Two people today, one outing partly in the dark."


def test_a_free_day_is_said_kindly(browser_of, clinician, settled_house):
    answer = browser_of(clinician).get(reverse("today"))

    assert answer.context["screen"].lead == "Good morning, Robin. Nothing booked today."
    assert "Nothing waits." in answer.content.decode()


def test_the_light_is_known_from_the_routes(browser_of, clinician):
    before = screen_of(browser_of(clinician)).ribbon
    RouteFactory()

    after = screen_of(browser_of(clinician)).ribbon

    assert before == ""
    assert "Light from 04:" in after


def test_a_colleagues_day_is_not_mine(browser_of, clinician, colleague, client_person):
    walk(client_person, clinician, at(9, 30))

    screen = screen_of(browser_of(colleague))

    assert (screen.next, list(screen.lines)) == (None, [])


def test_a_safety_answer_is_on_top_and_in_the_title(browser_of, clinician, client_person):
    screening = ScreeningFactory(client=client_person)
    response = Response.objects.create(
        screening=screening,
        order=1,
        instrument="phq9",
        version="1",
        snapshot=instruments.written(instruments.load("phq9")),
    )
    SafetyAlert.objects.create(client=client_person, response=response, item="q9", raised_at=MORNING)

    answer = browser_of(clinician).get(reverse("today"))

    page = answer.content.decode()
    assert len(answer.context["screen"].alerts) == answer.context["nav_counts"]["today"] == 1
    assert "<title>(1) Today" in page
    assert page.index("Needs you now") < page.index("Waiting on you")


def test_what_waits_is_folded_by_what_has_to_be_done(browser_of, clinician, client_person):
    for days in (3, 2, 1):
        SessionFactory(client=client_person, clinician=clinician, starts_at=at(9, days=-days), completed=True)

    waiting = screen_of(browser_of(clinician)).waiting

    notes = next(kind for kind in waiting if kind.first.icon == "notebook-pen")
    assert notes.count == 3
    assert notes.first.at == at(9, 50, days=-3)


def test_what_clients_share_is_news_and_what_they_keep_is_not(browser_of, clinician, client_person):
    RunLogFactory(client=client_person, minutes=21, started_at=at(7), created_at=MORNING, changed_at=MORNING)
    RunLogFactory(
        client=client_person,
        minutes=777,
        started_at=at(6),
        created_at=MORNING,
        changed_at=MORNING,
        share=False,
    )

    page = browser_of(clinician).get(reverse("today")).content.decode()

    assert "21 min" in page
    assert "777 min" not in page


def test_the_desk_sees_everybodys_bookings_and_no_clinical_word(
    browser_of, reception, clinician, colleague, client_person
):
    walk(client_person, clinician, at(9, 30))
    walk(ClientFactory(name="Kim Reed", treated_by=colleague), colleague, at(9, 30))
    ClearanceFactory(client=client_person, decision="hold", decided_at=MORNING)

    answer = browser_of(reception).get(reverse("today"))

    page, screen = answer.content.decode(), answer.context["screen"]
    assert [line.client_name for line in screen.lines] == ["Sam Wood", "Kim Reed"]
    assert clinician.name in page
    assert (screen.next, screen.ribbon, list(screen.news)) == (None, "", [])
    assert "Not cleared" not in page
    assert "Clear<" not in page


def test_an_owner_who_does_not_treat_has_a_quiet_page(browser_of, owner, settled_house):
    page = browser_of(owner).get(reverse("today")).content.decode()

    assert "A quiet day" in page
    assert "Nothing booked" not in page


def test_sessions_behind_are_folded(browser_of, clinician, client_person):
    SessionFactory(
        client=client_person, clinician=clinician, starts_at=at(7), ends_at=at(7, 50), completed=True
    )

    answer = browser_of(clinician).get(reverse("today"))

    assert len(answer.context["screen"].over) == 1
    assert "1 session earlier today" in answer.content.decode()


@pytest.mark.parametrize("how_many", [3, 30])
def test_today_asks_the_database_the_same_however_much_there_is(browser_of, clinician, how_many):
    for number in range(how_many):
        client = ClientFactory(treated_by=clinician, portal=True)
        begins = at(9) + timedelta(minutes=20 * number)
        walk(client, clinician, begins, ends_at=begins + timedelta(minutes=15))
        held = at(9, days=-1) + timedelta(minutes=20 * number)
        SessionFactory(
            client=client,
            clinician=clinician,
            starts_at=held,
            ends_at=held + timedelta(minutes=15),
            completed=True,
        )
        RunLogFactory(client=client, created_at=MORNING, changed_at=MORNING, started_at=at(7))

    asked = queries_of(browser_of(clinician), reverse("today"))

    # twelve for the day; five for invitations, copies, erasures, co-signatures and the line in the trail
    assert len(asked) <= 23, "\n".join(asked)
