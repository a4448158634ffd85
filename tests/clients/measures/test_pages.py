"""The pages of plans, the client's own page, and what they show."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from clients.measures import actions, contributions
from clients.measures.models import MeasurePlan
from clients.measures.querysets import measures
from clients.models import Screening
from tests.clients.measures.forms_in import form, planned
from tests.clients.screening.answering import handed_in
from tests.counting import queries_of
from tests.factories import ClientFactory

pytestmark = pytest.mark.django_db
SENT = {"instruments": ["phq9"], "every": "4", "unit": "sessions", "starts_on": "2026-06-01"}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def plan(client_person, clinician, now):
    return planned(client_person, clinician, now=now, starts_on=timezone.localdate())


def plan_url(client):
    return reverse("plan_measures", args=[client.uid])


def measures_of(browser, client):
    return browser.get(reverse("client_measures", args=[client.uid])).content.decode()


class TestPlanning:
    def test_what_is_usual_is_offered_and_nothing_is_set(self, browser_of, clinician, client_person):
        page = browser_of(clinician).get(plan_url(client_person))

        assert page.context["form"].initial["instruments"] == ["phq9", "gad7", "core10"]
        assert page.context["form"].initial["every"] == 4
        assert not MeasurePlan.objects.exists()

    def test_the_page_of_measures_says_what_is_usual(self, browser_of, clinician, client_person):
        page = measures_of(browser_of(clinician), client_person)

        assert "Nothing is planned" in page
        assert "PHQ-9, GAD-7 and CORE-10 every 4 sessions" in page

    def test_a_plan_is_saved(self, browser_of, clinician, client_person):
        answer = browser_of(clinician).post(plan_url(client_person), SENT)

        assert answer.url == reverse("client_measures", args=[client_person.uid])
        assert str(MeasurePlan.objects.get()) == "phq9 every 4 sessions"

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"instruments": []}, "Please choose one."),
            ({"instruments": ["asq"]}, "Please choose one of these."),
            ({"every": "0"}, "greater than or equal to 1"),
            ({"every": "53"}, "less than or equal to 52"),
            ({"unit": "moons"}, "Please choose one of these."),
            ({"starts_on": ""}, "Please fill this in."),
            ({"until": "2026-05-31"}, "The last day is before the first."),
        ],
    )
    def test_what_does_not_fit_is_said_and_nothing_is_lost(
        self, browser_of, clinician, client_person, change, said
    ):
        answer = browser_of(clinician).post(plan_url(client_person), SENT | change)

        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not MeasurePlan.objects.exists()

    def test_what_has_a_plan_is_not_offered_again(self, plan, browser_of, clinician, client_person):
        answer = browser_of(clinician).post(plan_url(client_person), SENT)

        assert answer.status_code == 422
        assert MeasurePlan.objects.count() == 1

    def test_where_everything_is_planned_the_page_says_so(self, browser_of, clinician, client_person, now):
        for key in measures():
            planned(client_person, clinician, now=now, instruments=[key])

        assert (
            "Everything has its plan" in browser_of(clinician).get(plan_url(client_person)).content.decode()
        )


class TestChanging:
    def test_the_rhythm_is_changed(self, plan, browser_of, clinician):
        browser_of(clinician).post(reverse("measure_plan", args=[plan.uid]), SENT | {"every": "2"})

        plan.refresh_from_db()
        assert str(plan) == "phq9 every 2 sessions"

    def test_a_pause_with_a_day(self, plan, browser_of, clinician):
        day = timezone.localdate() + timedelta(days=9)

        browser_of(clinician).post(reverse("pause_measure_plan", args=[plan.uid]), {"resumes_on": day})

        plan.refresh_from_db()
        assert plan.resumes_on == day

    @pytest.mark.parametrize("day", ["2020-01-01", "soon"])
    def test_a_pause_that_ends_before_it_begins_is_refused(self, plan, browser_of, clinician, day):
        answer = browser_of(clinician).post(
            reverse("pause_measure_plan", args=[plan.uid]), {"resumes_on": day}, follow=True
        )

        plan.refresh_from_db()
        assert plan.paused_on is None
        assert "Choose a day after today" in answer.content.decode()

    def test_it_rests_and_is_taken_up_and_ended(self, plan, browser_of, clinician, client_person):
        browser = browser_of(clinician)

        browser.post(reverse("pause_measure_plan", args=[plan.uid]))
        rests = measures_of(browser, client_person)
        browser.post(reverse("resume_measure_plan", args=[plan.uid]))
        runs = measures_of(browser, client_person)
        browser.post(reverse("end_measure_plan", args=[plan.uid]))

        assert "Rests" in rests
        assert "Rests" not in runs
        assert "Nothing is planned" in measures_of(browser, client_person)

    @pytest.mark.parametrize("verb", ["resume_measure_plan", "end_measure_plan", "pause_measure_plan"])
    def test_pressed_twice_it_says_how_it_stands(self, plan, browser_of, clinician, now, verb):
        actions.end_plan(plan=plan, by=clinician, now=now)

        answer = browser_of(clinician).post(reverse(verb, args=[plan.uid]), follow=True)

        assert "This plan has ended." in answer.content.decode()

    def test_an_ended_plan_has_no_form(self, plan, browser_of, clinician, now):
        actions.end_plan(plan=plan, by=clinician, now=now)

        page = browser_of(clinician).get(reverse("measure_plan", args=[plan.uid])).content.decode()

        assert "This plan has ended." in page
        assert "End this plan" not in page

    @pytest.mark.parametrize("verb", ["pause_measure_plan", "resume_measure_plan", "end_measure_plan"])
    def test_a_look_changes_nothing(self, plan, browser_of, clinician, verb):
        assert browser_of(clinician).get(reverse(verb, args=[plan.uid])).status_code == 405


class TestWhoMay:
    @pytest.mark.parametrize("name", ["measure_plan", "pause_measure_plan", "end_measure_plan"])
    def test_only_who_treats(self, plan, browser_of, name, colleague, reception, owner, client_person):
        url = reverse(name, args=[plan.uid])
        people = (colleague, reception, owner, client_person.member)

        assert [browser_of(one).post(url, SENT).status_code for one in people] == [404, 403, 403, 403]

    def test_who_supervises_reads_plans_and_keeps_none(self, plan, browser_of, clinician, client_person):
        client_person.care_team.update(part="supervising")
        browser = browser_of(clinician)

        page = measures_of(browser, client_person)

        assert "every 4 weeks" in page
        assert "Fill in together" not in page
        assert browser.get(reverse("measure_plan", args=[plan.uid])).status_code == 403
        assert browser.get(plan_url(client_person)).status_code == 403


class TestGaps:
    def test_a_time_without_a_form_is_shown_as_a_gap(self, browser_of, clinician, client_person, now):
        form(client_person, 12, days_ago=80, now=now)
        plan = planned(client_person, clinician, now=now, starts_on=timezone.localdate())
        for days in (50, 20):
            at = now - timedelta(days=days)
            plan.occasions.create(due_on=timezone.localdate(at), noted_at=at)
        form(client_person, 6, days_ago=10, now=now)

        page = measures_of(browser_of(clinician), client_person)

        assert page.count(">no form<") >= 2
        assert 'class="c1-l"' not in page


class TestTheClientsOwnPage:
    @pytest.fixture
    def page(self, browser_of, client_person):
        def said():
            return browser_of(client_person.member).get(reverse("my_check_ins")).content.decode()

        return said

    def test_there_is_nothing_to_catch_up_on(self, page):
        assert "Nothing to catch up on" in page()

    def test_what_waits_leads_to_its_questions(self, plan, page, client_person, now):
        actions.send_everything_due(now=now)

        assert reverse("my_screening", args=[Screening.objects.get().uid]) in page()

    def test_what_was_handed_in_stands_in_own_words_without_a_score(
        self, page, client_person, clinician, now
    ):
        handed_in(client_person, clinician, now=now, purpose="measure", phq9={"q1": 3})

        said = page()

        assert "Nearly every day" in said
        assert "Little interest or pleasure" in said
        for word in ("moderate", "minimal", "PHQ-9", "cut-off", "reliab", "score"):
            assert word not in said

    def test_the_rhythm_is_said(self, plan, page):
        assert "How your mood has been: every 4 weeks" in page()

    @pytest.mark.parametrize("shared", [True, False])
    def test_a_change_is_read_in_words_only_where_it_is_shared(
        self, page, client_person, clinician, now, shared
    ):
        planned(client_person, clinician, now=now, shared=shared, starts_on=timezone.localdate())
        form(client_person, 18, days_ago=40, now=now)
        form(client_person, 8, days_ago=1, now=now)

        said = page()

        assert ("clearly lower than at the start" in said) is shared
        assert "moderate" not in said

    def test_one_form_says_no_change(self, page, client_person, clinician, now):
        planned(client_person, clinician, now=now, shared=True, starts_on=timezone.localdate())
        form(client_person, 18, now=now)

        assert "one form so far" in page()

    def test_staff_have_none(self, browser_of, clinician):
        assert browser_of(clinician).get(reverse("my_check_ins")).status_code == 403

    def test_nobody_reads_anothers(self, stranger, browser_of, client_person, clinician, now):
        handed_in(client_person, clinician, now=now, purpose="measure")

        said = browser_of(stranger.member).get(reverse("my_check_ins")).content.decode()

        assert "Little interest" not in said

    @pytest.mark.parametrize("how_many", [1, 12])
    def test_it_asks_the_database_the_same_however_much_there_is(
        self, browser_of, client_person, clinician, now, how_many
    ):
        for number in range(how_many):
            form(client_person, 4, days_ago=number * 20, now=now)
        for key in ("phq9", "gad7")[:how_many]:
            planned(client_person, clinician, now=now, instruments=[key], shared=True)

        asked = queries_of(browser_of(client_person.member), reverse("my_check_ins"))

        assert len(asked) <= 7

    def test_the_way_there_is_on_the_home_page(self, plan, client_person, now):
        (card,) = contributions.portal_cards(client_person, now)

        assert reverse("my_check_ins") in render_to_string(card.template, card.values)

    def test_who_was_never_asked_sees_no_card(self, now):
        assert contributions.portal_cards(ClientFactory(portal=True), now) == []


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_of_measures_asks_the_same_however_many_plans(
    browser_of, clinician, client_person, now, how_many
):
    for key in ("phq9", "gad7", "core10")[:how_many]:
        form(client_person, 12, key=key, days_ago=200, now=now)
        plan = planned(client_person, clinician, now=now, instruments=[key], unit="sessions")
        for days in (90, 60, 30)[:how_many]:
            at = now - timedelta(days=days)
            plan.occasions.create(due_on=timezone.localdate(at), noted_at=at)

    asked = queries_of(browser_of(clinician), reverse("client_measures", args=[client_person.uid]))

    assert len(asked) <= 12
