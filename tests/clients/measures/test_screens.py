"""Measures over time, from forms that came in."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from clients import instruments
from clients.measures.screens import latest_measures, latest_scores, measure_figures, measure_series
from practice.models import AuditEvent
from practice.web.charts import Reliable
from tests.clients.measures.forms_in import DAY, form, kept
from tests.counting import queries_of
from tests.factories import ScreeningFactory


def test_without_forms_there_is_no_series(client_person):
    assert measure_series(client_person, "phq9", date.min, DAY) is None


def test_the_series_is_held_against_the_first_form_ever(client_person):
    form(client_person, 18, days_ago=200)
    form(client_person, 14, days_ago=40)
    form(client_person, 8)

    series = measure_series(client_person, "phq9", DAY - timedelta(days=90), DAY)

    assert series is not None
    assert [point.score for point in series.points] == [14, 8]
    assert series.baseline == 18
    assert [point.reliable for point in series.points] == [Reliable.NO, Reliable.LOWER]
    assert series.finding == (
        "PHQ-9: 8 now, 18 at the start, down 10. Reliable improvement since the start."
        " Crossed the cut-off of 10, now below it"
    )


def test_a_worse_score_is_said_plainly(client_person):
    form(client_person, 6, days_ago=30, key="gad7")
    form(client_person, 12, key="gad7")

    series = measure_series(client_person, "gad7", date.min, DAY)

    assert series is not None
    assert "Reliable deterioration since the start. Crossed the cut-off of 8, now at or above it" in (
        series.finding
    )


def test_one_form_claims_no_change(client_person):
    form(client_person, 6)

    series = measure_series(client_person, "phq9", date.min, DAY)

    assert series is not None
    assert series.finding == "PHQ-9: one complete form, 6. No change can be told yet"


def test_an_incomplete_form_is_hollow_and_has_no_say_in_the_finding(client_person):
    form(client_person, 18, days_ago=60)
    form(client_person, 3, leave_out=2)

    series = measure_series(client_person, "phq9", date.min, DAY)

    assert series is not None
    assert [(point.score, point.complete) for point in series.points] == [(18, True), (3, False)]
    assert series.finding == "PHQ-9: one complete form, 18. No change can be told yet"


def test_the_safety_question_has_a_row_of_its_own(client_person):
    form(client_person, 27)

    series = measure_series(client_person, "phq9", date.min, DAY)

    assert series is not None
    assert series.item_row is not None
    assert (series.item_row.label, series.item_row.marks) == ("question 9", [(DAY, 3)])


def test_a_form_of_tomorrow_is_not_in_todays_series(client_person):
    form(client_person, 10, days_ago=-1)

    assert measure_series(client_person, "phq9", date.min, DAY) is None


def test_the_latest_of_each_measure_in_words(client_person):
    form(client_person, 18, days_ago=60)
    form(client_person, 8)
    form(client_person, 5, key="gad7")

    phq9, gad7 = latest_measures(client_person, DAY)

    assert (phq9.name, phq9.score, phq9.band, phq9.change) == (
        "PHQ-9",
        8,
        "mild",
        "reliable improvement since the start",
    )
    assert (gad7.name, gad7.score, gad7.change) == ("GAD-7", 5, "")


def test_a_list_of_people_has_the_latest_complete_score_of_each_measure(client_person, clinician, stranger):
    form(client_person, 18, days_ago=60)
    form(client_person, 8, days_ago=30)
    form(client_person, 2, leave_out=2)
    form(client_person, 5, key="gad7")
    form(stranger, 27)

    scores = latest_scores([client_person, stranger], clinician)

    assert {key: [(one.name, one.score, one.band) for one in mine] for key, mine in scores.items()} == {
        client_person.pk: [("PHQ-9", 8, "mild"), ("GAD-7", 5, "mild")]
    }


def test_somebody_elses_forms_are_not_in_it(client_person, stranger):
    form(stranger, 18)

    assert latest_measures(client_person, DAY) == []


def test_answers_stand_side_by_side_in_their_words(client_person):
    form(client_person, 4, days_ago=30)
    form(client_person, 2, leave_out=1)

    (figure,) = measure_figures(client_person, date.min, DAY)

    assert figure.items.rows[0] == [
        "Little interest or pleasure in doing things",
        "3 · Nearly every day",
        "2 · More than half the days",
    ]
    assert figure.items.rows[8][-1] == "–"
    assert figure.items.rows[-1] == ["Total", "4 · none to minimal", "incomplete"]


def test_the_first_form_stands_beside_the_latest_five(client_person):
    for number in range(9):
        form(client_person, number, days_ago=300 - number * 30)

    (figure,) = measure_figures(client_person, date.min, DAY)

    assert [cell.split(" · ")[0] for cell in figure.items.rows[-1][1:]] == ["0", "4", "5", "6", "7", "8"]


def test_an_answer_that_raised_an_alert_is_marked_in_its_row(client_person):
    form(client_person, 27)

    (figure,) = measure_figures(client_person, date.min, DAY)

    assert figure.items.rows[8][1] == "◆ 3 · Nearly every day"


def test_the_table_tells_each_form_against_the_first(client_person):
    form(client_person, 14, days_ago=60)
    form(client_person, 12, days_ago=30)
    form(client_person, 8)

    (figure,) = measure_figures(client_person, date.min, DAY)

    assert [row[1:] for row in figure.table.rows] == [
        ["14", "moderate", ""],
        ["12", "moderate", "down 2; within measurement error"],
        ["8", "mild", "down 6; reliable improvement; crossed the cut-off of 10, now below it"],
    ]


def test_forms_with_other_questions_are_not_held_against_the_newer_ones(client_person):
    old = instruments.read(
        instruments.written(instruments.load("phq9"))
        | {"version": "0", "items": list(instruments.written(instruments.load("phq9"))["items"])[:8]}
    )
    screening = ScreeningFactory(client=client_person, purpose="measure")
    kept(screening, old, {item.key: 3 for item in old.items}, screening.asked_at)
    form(client_person, 4)

    earlier, today = measure_figures(client_person, date.min, DAY)

    assert (earlier.key, earlier.is_earlier, today.key, today.is_earlier) == ("phq9-1", True, "phq9", False)
    assert today.series.finding == "PHQ-9: one complete form, 4. No change can be told yet"


@pytest.mark.parametrize("period", ["", "90", "all", "a < b"])
def test_the_page_shows_the_finding_and_leaves_a_line_in_the_trail(
    browser_of, clinician, client_person, period
):
    form(client_person, 12)

    answer = browser_of(clinician).get(
        reverse("client_measures", args=[client_person.uid]), {"period": period}
    )

    assert answer.status_code == 200
    assert AuditEvent.objects.filter(action="client_read", detail={"part": "measures"}).count() == 1


def test_an_empty_page_says_what_would_stand_there(browser_of, clinician, client_person):
    page = browser_of(clinician).get(reverse("client_measures", args=[client_person.uid])).content.decode()

    assert "No forms in this period" in page


def test_who_may_not_see_measures(browser_of, client_person, colleague, reception, owner):
    url = reverse("client_measures", args=[client_person.uid])

    answers = [browser_of(member).get(url) for member in (colleague, reception, owner, client_person.member)]

    assert [answer.status_code for answer in answers] == [404, 403, 403, 403]


@pytest.mark.parametrize("how_many", [3, 30])
def test_the_page_asks_the_database_the_same_however_many_forms(
    browser_of, clinician, client_person, how_many
):
    for number in range(how_many):
        form(client_person, 12, days_ago=number * 20)

    asked = queries_of(browser_of(clinician), reverse("client_measures", args=[client_person.uid]))

    assert len(asked) <= 9
