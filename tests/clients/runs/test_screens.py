from datetime import UTC, date, datetime, timedelta

import pytest

from clients.runs import screens
from clients.runs.contributions import attention, portal_cards, timeline
from practice.web.charts import Day
from tests.factories import MONDAY_NOON, RunLogFactory

MONDAY = date(2026, 6, 1)
pytestmark = pytest.mark.django_db


def _run(client, days_ago, **values):
    began = MONDAY_NOON - timedelta(days=days_ago)
    return RunLogFactory.create(
        client=client, started_at=began, created_at=began, utc_offset_minutes=0, **values
    )


def test_weeks_begin_on_monday_and_cover_both_ends(client_person, clinician):
    _run(client_person, 0)
    _run(client_person, 5, activity="rest", minutes=None)
    _run(client_person, 6, minutes=45)

    weeks = screens.weeks_of(client_person, date(2026, 5, 26), MONDAY, clinician, {date(2026, 5, 28): 50})

    assert [week.starts_on for week in weeks] == [date(2026, 5, 25), MONDAY]
    assert list(weeks[0].days) == [
        Day.BLANK,
        Day.MOVED,
        Day.REST,
        Day.SESSION,
        Day.BLANK,
        Day.BLANK,
        Day.BLANK,
    ]
    assert (weeks[0].own_minutes, weeks[0].session_minutes) == (45, 50)


def test_moving_outshines_resting_on_the_same_day(client_person, clinician):
    _run(client_person, 0)
    _run(client_person, 0, activity="rest", minutes=None)

    weeks = screens.weeks_of(client_person, MONDAY, MONDAY, clinician)

    assert weeks[0].days[0] is Day.MOVED


def test_the_day_is_the_day_of_the_place(client_person, clinician):
    late = datetime(2026, 6, 1, 11, 30, tzinfo=UTC)
    RunLogFactory.create(client=client_person, started_at=late, utc_offset_minutes=14 * 60)

    assert [
        row.on for row in screens.entries(client_person, date(2026, 6, 2), date(2026, 6, 2), clinician)
    ] == [date(2026, 6, 2)]
    assert screens.entries(client_person, MONDAY, MONDAY, clinician) == []


def test_mood_counts_outings_with_both_and_says_how_many_there_were(client_person, clinician):
    _run(client_person, 1, mood_before=2, mood_after=4)
    _run(client_person, 2, mood_after=4)
    _run(client_person, 3, activity="rest", minutes=None, mood_before=3, mood_after=3)

    change = screens.mood_change(client_person, date(2026, 5, 1), MONDAY, clinician)

    assert [(pair.before, pair.after) for pair in change.pairs] == [(2, 4)]
    assert change.entries == 2


def test_what_is_not_shared_is_in_no_chart_and_no_list_of_the_staff(client_person, clinician):
    _run(client_person, 1, share=False, mood_before=1, mood_after=2)
    period = (client_person, date(2026, 5, 1), MONDAY)

    assert screens.entries(*period, clinician) == []
    assert screens.mood_change(*period, clinician).entries == 0
    assert {day for week in screens.weeks_of(*period, clinician) for day in week.days} == {Day.BLANK}
    assert screens.entries(*period, client_person.member) != []


def test_the_timeline_tells_each_entry_in_a_line(client_person, clinician):
    _run(client_person, 1, minutes=75, mood_before=2, mood_after=4, journal="Quiet.")
    _run(client_person, 2, share=False)

    items = timeline(client_person, clinician, MONDAY_NOON - timedelta(days=9), MONDAY_NOON)

    assert [(item.kind, item.title, item.text) for item in items] == [
        ("run", "Run, 1 h 15 min, mood 2 low to 4 good", "Quiet.")
    ]


def test_news_is_one_line_for_each_client_in_care(client_person, stranger, clinician):
    _run(client_person, 0.1)
    _run(client_person, 0.2, activity="rest", minutes=None)
    _run(client_person, 0.3, share=False)
    _run(client_person, 5)
    _run(stranger, 0.1)

    news = attention(clinician, MONDAY_NOON)

    assert [(item.urgency, item.title, item.text) for item in news] == [
        ("news", "Sam Wood", "2 entries, the last: Run, 30 min")
    ]


def test_what_one_logged_oneself_is_no_news(client_person, clinician):
    _run(client_person, 0.1, logged_by=clinician)

    assert attention(clinician, MONDAY_NOON) == []


@pytest.mark.parametrize("who", ["reception", "owner", "colleague"])
def test_news_is_for_the_care_team(request, client_person, who):
    _run(client_person, 0.1)

    assert attention(request.getfixturevalue(who), MONDAY_NOON) == []


def test_the_client_gets_no_news_of_themself(client_person):
    _run(client_person, 0.1)

    assert attention(client_person.member, MONDAY_NOON) == []


def test_home_shows_the_last_three_entries(client_person):
    for days_ago in range(5):
        _run(client_person, days_ago)

    (card,) = portal_cards(client_person, MONDAY_NOON)

    assert [row.on.day for row in card.values["rows"]] == [1, 31, 30]


def test_home_shows_no_card_before_the_first_entry(client_person):
    assert portal_cards(client_person, MONDAY_NOON) == []
