"""Measures over time, from forms that came in."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from clients import instruments
from clients.measures.screens import latest_measures, latest_scores, measure_figures, measure_series
from clients.models import Response
from practice.models import AuditEvent
from practice.web.charts import Reliable
from tests.counting import queries_of
from tests.factories import MONDAY_NOON, ScreeningFactory

DAY = MONDAY_NOON.date()


def form(client, total, *, days_ago=0, key="phq9", leave_out=0):
    """A submitted form whose answers add up to `total`; the last `leave_out` questions are not answered."""
    instrument, at = instruments.load(key), MONDAY_NOON - timedelta(days=days_ago)
    screening = ScreeningFactory(client=client, purpose="measure", asked_at=at, submitted_at=at)
    answers, left = {}, total
    for item in instrument.scored[: len(instrument.scored) - leave_out]:
        answers[item.key] = min(left, 3)
        left -= answers[item.key]
    result = instruments.score(instrument, answers)
    return Response.objects.create(
        screening=screening,
        order=1,
        instrument=key,
        version=instrument.version,
        snapshot=instruments.written(instrument),
        answers=answers,
        result={"total": result.total, "band": result.band, "missing": list(result.missing), "flags": []},
        has_total=result.total is not None,
        submitted_at=at,
    )


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
        "PHQ-9 is reliably lower than at the start, and now below the cut-off of 10: 8 now, 18 then"
    )


def test_a_worse_score_is_said_plainly(client_person):
    form(client_person, 6, days_ago=30, key="gad7")
    form(client_person, 12, key="gad7")

    series = measure_series(client_person, "gad7", date.min, DAY)

    assert series is not None
    assert series.finding.startswith("GAD-7 is reliably higher than at the start, and now at or above")


def test_one_form_claims_no_change(client_person):
    form(client_person, 6)

    series = measure_series(client_person, "phq9", date.min, DAY)

    assert series is not None
    assert series.finding == "PHQ-9: one form so far, 6"


def test_an_incomplete_form_is_hollow_and_has_no_say_in_the_finding(client_person):
    form(client_person, 18, days_ago=60)
    form(client_person, 3, leave_out=2)

    series = measure_series(client_person, "phq9", date.min, DAY)

    assert series is not None
    assert [(point.score, point.complete) for point in series.points] == [(18, True), (3, False)]
    assert "18 now" in series.finding


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
        "reliably lower than at the start",
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
    assert figure.items.rows[-1][-1] == "–"


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

    assert len(asked) <= 4
