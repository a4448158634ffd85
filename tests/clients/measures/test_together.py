"""Fill a form in together: everything is kept, a safety answer acts at once, the set is handed in when it is whole."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clients.measures import actions
from clients.models import Clearance, Response, SafetyAlert, Screening
from clients.rescreening.models import Rescreen
from clients.screening.actions import (
    AskedByClinician,
    NotAnAnswer,
    ScreeningClosed,
    ask_screening,
    submit_screening,
)
from tests.clients.measures.forms_in import form
from tests.clients.screening.answering import decide, fill, quiet
from tests.factories import MONDAY_NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def phq9(client_person, clinician):
    return actions.begin_together(client=client_person, instrument="phq9", by=clinician, now=MONDAY_NOON)


def keep(response, by, answers=None, **more):
    given = quiet(response.instrument) if answers is None else answers
    return actions.keep_together(response=response, answers=given, by=by, now=MONDAY_NOON, **more)


def test_a_whole_form_is_scored_and_in(phq9, clinician):
    kept = keep(phq9, clinician, quiet("phq9") | {"q1": 3, "q2": 2})

    phq9.refresh_from_db()
    assert kept.handed_in
    assert phq9.result["total"] == 5
    assert phq9.screening.submitted_at == MONDAY_NOON


def test_the_form_that_waits_with_the_client_is_the_one_filled_in(client_person, clinician):
    waiting = ask_screening(client=client_person, purpose="measure", by=clinician, now=MONDAY_NOON)

    begun = actions.begin_together(client=client_person, instrument="gad7", by=clinician, now=MONDAY_NOON)

    assert begun.screening == waiting
    assert Screening.objects.count() == 1


def test_nothing_is_added_to_questions_that_lie_with_the_client(client_person, clinician):
    ask_screening(
        client=client_person, purpose="measure", instruments=["phq9"], by=clinician, now=MONDAY_NOON
    )

    with pytest.raises(actions.OtherQuestionsWait):
        actions.begin_together(client=client_person, instrument="gad7", by=clinician, now=MONDAY_NOON)


@pytest.mark.parametrize("key", ["asq", "nothing", ""])
def test_only_measures_are_filled_in_together(client_person, clinician, key):
    with pytest.raises(actions.NotAMeasure):
        actions.begin_together(client=client_person, instrument=key, by=clinician, now=MONDAY_NOON)


def test_what_is_given_is_kept_though_others_are_missing(phq9, clinician):
    kept = keep(phq9, clinician, {"q1": 2})

    phq9.refresh_from_db()
    assert phq9.answers == {"q1": 2}
    assert (kept.handed_in, len(kept.missing)) == (False, 8)


def test_a_safety_answer_alone_raises_its_alert_and_holds_at_once(phq9, client_person, clinician):
    decide(client_person, clinician, now=MONDAY_NOON - timedelta(days=1))

    kept = keep(phq9, clinician, {"q9": 1})

    assert kept.alert == SafetyAlert.objects.get(client=client_person)
    newest = Clearance.objects.filter(client=client_person).current()
    assert {row.decision for row in newest} == {"hold"}


def test_the_same_safety_answer_sent_again_says_nothing_new(phq9, clinician):
    keep(phq9, clinician, {"q9": 1})

    again = keep(phq9, clinician, {"q9": 1})

    assert again.alert is None
    assert SafetyAlert.objects.count() == 1


def test_the_next_form_of_the_set_is_told_and_the_set_is_in_after_the_last(client_person, clinician):
    screening = ask_screening(client=client_person, purpose="measure", by=clinician, now=MONDAY_NOON)
    first, second = screening.responses.order_by("order")

    kept = keep(first, clinician)
    assert (kept.onward, kept.handed_in) == (second, False)
    assert keep(second, clinician).handed_in


def test_a_question_that_somebody_would_rather_not_answer_leaves_the_form_without_a_total(phq9, clinician):
    keep(phq9, clinician, quiet("phq9") | {"q2": "not_said"})

    phq9.refresh_from_db()
    assert phq9.submitted_at
    assert phq9.result["total"] is None


def test_with_a_fault_on_the_page_the_set_is_not_handed_in(phq9, clinician):
    assert not keep(phq9, clinician, hand_in=False).handed_in


@pytest.mark.parametrize("answers", [{"q1": 7}, {"q1": "often"}, {"q99": 1}])
def test_what_is_no_answer_is_refused(phq9, clinician, answers):
    with pytest.raises(NotAnAnswer):
        keep(phq9, clinician, answers)


def test_a_form_that_is_in_takes_no_more(phq9, clinician):
    keep(phq9, clinician)

    with pytest.raises(ScreeningClosed):
        keep(phq9, clinician, {"q1": 3})


def test_a_clinicians_own_questions_are_asked_elsewhere(client_person, clinician):
    screening = ask_screening(client=client_person, purpose="intake", by=clinician, now=MONDAY_NOON)

    with pytest.raises(AskedByClinician):
        keep(screening.responses.get(instrument="asq"), clinician, {"q1": 1})


@pytest.mark.parametrize(
    ("key", "before", "now", "kind"),
    [("phq9", 4, 10, "phq9_up"), ("phq9", 4, 9, ""), ("gad7", 4, 8, "gad7_up"), ("gad7", 4, 7, "")],
)
def test_a_rise_that_counts_asks_for_another_look(client_person, clinician, key, before, now, kind):
    form(client_person, before, key=key, days_ago=30)
    decide(client_person, clinician, now=MONDAY_NOON - timedelta(days=20))
    response = actions.begin_together(client=client_person, instrument=key, by=clinician, now=MONDAY_NOON)
    answers, left = {}, now
    for item in quiet(key):
        answers[item] = min(left, 3)
        left -= answers[item]

    keep(response, clinician, answers)

    assert [row.kind for row in Rescreen.objects.filter(client=client_person)] == ([kind] if kind else [])


class TestThePage:
    @pytest.fixture
    def url(self, phq9):
        return reverse("fill_in_together", args=[phq9.uid])

    def test_it_shows_every_question_and_no_score(self, browser_of, clinician, url):
        page = browser_of(clinician).get(url).content.decode()

        assert page.count('type="radio"') == 9 * 5
        assert "moderate" not in page
        assert "Developed by Drs." in page

    def test_a_button_opens_it(self, browser_of, clinician, client_person):
        answer = browser_of(clinician).post(
            reverse("begin_together", args=[client_person.uid]), {"instrument": "gad7"}
        )

        form = Response.objects.get(instrument="gad7")
        assert answer.url == reverse("fill_in_together", args=[form.uid])

    @pytest.mark.parametrize("sent", [{}, {"instrument": "asq"}, {"instrument": "a b"}])
    def test_what_cannot_be_opened_is_said(self, browser_of, clinician, client_person, sent):
        answer = browser_of(clinician).post(
            reverse("begin_together", args=[client_person.uid]), sent, follow=True
        )

        assert "not one that is asked again" in answer.content.decode()

    def test_a_whole_form_leads_back_to_the_measures(self, browser_of, clinician, client_person, url):
        answer = browser_of(clinician).post(url, quiet("phq9"))

        assert answer.url == reverse("client_measures", args=[client_person.uid])

    def test_missing_answers_are_named_and_the_others_are_kept(self, browser_of, clinician, phq9, url):
        answer = browser_of(clinician).post(url, {"q1": "2"})

        phq9.refresh_from_db()
        assert answer.status_code == 422
        assert phq9.answers == {"q1": 2}
        assert answer.content.decode().count("No answer yet.") == 2 * 8

    def test_a_safety_answer_leads_to_its_alert_whatever_is_missing(self, browser_of, clinician, url):
        answer = browser_of(clinician).post(url, {"q9": "1", "q1": "99"})

        alert = SafetyAlert.objects.get()
        assert answer.url == reverse("safety_alert", args=[alert.uid])

    def test_once_it_is_in_the_page_is_closed(self, browser_of, clinician, client_person, url):
        browser = browser_of(clinician)
        browser.post(url, quiet("phq9"))

        for answer in (browser.get(url), browser.post(url, {"q1": "3"})):
            assert answer.url == reverse("client_measures", args=[client_person.uid])

    def test_a_client_who_handed_in_meanwhile_is_not_overwritten(
        self, browser_of, clinician, client_person, phq9, url
    ):
        fill(phq9.screening, client_person.member)
        submit_screening(screening=phq9.screening, by=client_person.member, now=MONDAY_NOON)

        browser_of(clinician).post(url, quiet("phq9") | {"q1": "3"})

        phq9.refresh_from_db()
        assert phq9.answers["q1"] == 0

    def test_who_may_not(self, browser_of, url, colleague, reception, owner, client_person):
        answers = [browser_of(one).get(url) for one in (colleague, reception, owner, client_person.member)]

        assert [answer.status_code for answer in answers] == [404, 403, 403, 403]

    def test_who_supervises_reads_and_does_not_fill_in(self, browser_of, clinician, client_person, url):
        client_person.care_team.update(part="supervising")

        assert browser_of(clinician).get(url).status_code == 403
