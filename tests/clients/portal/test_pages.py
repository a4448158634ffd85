from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practice.web.charts import Day
from tests.factories import MONDAY_NOON, ClearanceFactory, MemberFactory, RunLogFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_noon():
    with time_machine.travel(MONDAY_NOON, tick=False):
        yield


@pytest.fixture
def sam(browser_of, client_person):
    return browser_of(client_person.member)


def _run(client, days_ago, **values):
    began = MONDAY_NOON - timedelta(days=days_ago)
    return RunLogFactory.create(client=client, started_at=began, created_at=began, **values)


def _text(answer):
    return answer.content.decode()


def test_home_says_hello_and_offers_the_log_and_help(sam):
    page = _text(sam.get("/my/"))

    assert "Hello Sam Wood" in page
    assert 'href="/my/log/"' in page
    assert 'href="/help-now/"' in page


def test_home_shows_the_last_fourteen_days(sam, client_person, clinician):
    _run(client_person, 0)
    _run(client_person, 3, activity="rest", minutes=None)
    _run(client_person, 14)
    SessionFactory.create(
        client=client_person,
        clinician=clinician,
        completed=True,
        starts_at=MONDAY_NOON - timedelta(days=5),
    )

    days = sam.get("/my/").context["page"].days

    assert len(days) == 14
    assert (days[-1], days[-4], days[-6], days[0]) == (Day.MOVED, Day.REST, Day.SESSION, Day.BLANK)


def test_a_session_that_did_not_take_place_is_no_stone(sam, client_person, clinician):
    SessionFactory.create(
        client=client_person, clinician=clinician, starts_at=MONDAY_NOON - timedelta(days=5)
    )

    assert set(sam.get("/my/").context["page"].days) == {Day.BLANK}


def test_home_counts_nothing_and_compares_nothing(sam, client_person):
    for days_ago in range(4):
        _run(client_person, days_ago, distance_m=5000)

    page = _text(sam.get("/my/")).lower()

    assert not any(word in page for word in ("streak", "calorie", "total", "goal", "km this week"))


def test_a_month_is_a_table_of_stones_with_its_entries(sam, client_person):
    _run(client_person, 3, journal="The twenty-ninth.")
    _run(client_person, 4)
    _run(client_person, 40, journal="April.")

    page = sam.get("/my/history/?month=2026-05")

    assert "You showed up on 2 days in May." in _text(page)
    assert "The twenty-ninth." in _text(page)
    assert "April." not in _text(page)
    assert 'href="?month=2026-04"' in _text(page)


def test_months_without_an_entry_are_stepped_over_in_silence(sam, client_person):
    _run(client_person, 0)
    _run(client_person, 200)

    page = sam.get("/my/history/").context["page"]

    assert page.older.isoformat() == "2025-11-01"
    assert sam.get("/my/history/?month=2025-11").context["page"].newer.isoformat() == "2026-06-01"


def test_a_full_month_is_read_a_page_at_a_time(sam, client_person):
    for number in range(30):
        _run(client_person, 0.01 * number, journal=f"Number {number}.")

    first = sam.get("/my/history/")
    second = sam.get(f"/my/history/?month=2026-06&after={first.context['page'].next_after}")

    assert "Number 24." in _text(first)
    assert "Number 25." not in _text(first)
    assert "Number 29." in _text(second)


def test_mood_before_and_after_is_a_sentence_a_picture_and_a_table(sam, client_person):
    _run(client_person, 0, mood_before=2, mood_after=4)

    page = _text(sam.get("/my/history/"))

    assert "Mood was higher after 1 of 1 outings" in page
    assert "The numbers as a table" in page


def test_an_empty_history_asks_for_nothing(sam):
    assert "Nothing to catch up on" in _text(sam.get("/my/history/"))


@pytest.mark.parametrize("month", ["", "x", "9999-12", "0001-01", "2026-13", "2026-5", "\0", "2027-01"])
def test_a_month_that_is_none_is_this_one(sam, month):
    answer = sam.get("/my/history/", {"month": month})

    assert answer.context["page"].first.isoformat() in {"2026-06-01"}


def test_an_entry_of_another_client_is_in_no_list(sam, client_person, stranger):
    _run(client_person, 0)
    theirs = _run(stranger, 0, journal="Not Sam's.")

    for url in ("/my/", "/my/history/", f"/my/history/?after={theirs.uid}"):
        assert "Not Sam's." not in _text(sam.get(url))


def test_the_plan_shows_the_next_session_and_help(sam, client_person, clinician):
    SessionFactory.create(
        client=client_person, clinician=clinician, starts_at=MONDAY_NOON + timedelta(days=2)
    )

    page = _text(sam.get("/my/plan/"))

    assert "Your next session" in page
    assert "Get help now" in page


def test_the_plan_without_a_session_says_so(sam):
    assert "No session booked yet" in _text(sam.get("/my/plan/"))


def test_a_sign_in_without_a_record_finds_nothing(browser_of, practice):
    lonely = MemberFactory.create(roles=["client"])

    assert browser_of(lonely).get("/my/").status_code == 404


@pytest.mark.parametrize("url", ["/my/", "/my/history/"])
def test_a_page_asks_the_database_the_same_however_long_the_log(sam, client_person, url):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            sam.get(url)
        return len(captured)

    _run(client_person, 1, mood_before=2, mood_after=3)
    few = statements()
    for number in range(40):
        _run(client_person, 0.1 * number, mood_before=2, mood_after=3)

    assert statements() <= few


def _not_suited(client, *modes):
    for mode in modes:
        ClearanceFactory.create(client=client, mode=mode, decision="not_suited")


@pytest.mark.parametrize("url", ["/my/", "/my/plan/", "/my/log/"])
def test_nobody_is_invited_to_move_while_neither_walking_nor_running_suits(sam, client_person, url):
    _not_suited(client_person, "walk", "run")

    page = _text(sam.get(url))

    assert "We meet without walking or running for now" in page
    assert "any of these would count" not in page
    assert "log-form" not in page


def test_who_may_still_walk_is_still_invited(sam, client_person):
    _not_suited(client_person, "run")

    assert "Log movement or rest" in _text(sam.get("/my/"))
