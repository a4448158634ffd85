"""Plan how often a measure is asked: what holds, what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from clients.measures import actions
from clients.measures.models import MeasurePlan
from clients.measures.querysets import measures
from clients.models import Screening
from clients.questionnaires.actions import put_away
from practice.models import AuditEvent
from tests.clients.measures.forms_in import DAY, planned, words
from tests.clients.questionnaires.test_actions import bring
from tests.factories import MONDAY_NOON

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.fixture
def plan(client_person, clinician):
    return planned(client_person, clinician)


def act(name, **given):
    return getattr(actions, name)(now=MONDAY_NOON, **given)


def test_several_measures_are_planned_in_one_rhythm(client_person, clinician):
    plans = act(
        "plan_measures",
        client=client_person,
        instruments=["gad7", "phq9"],
        words=words(every=4, unit="sessions"),
        by=clinician,
    )

    assert [str(plan) for plan in plans] == ["phq9 every 4 sessions", "gad7 every 4 sessions"]
    assert AuditEvent.objects.filter(action="measure_planned", client_uid=client_person.uid).count() == 2


def test_a_measure_has_one_plan_at_a_time(plan, client_person, clinician):
    with pytest.raises(actions.AlreadyPlanned):
        planned(client_person, clinician, every=2)

    assert MeasurePlan.objects.count() == 1


def test_after_its_end_a_measure_may_be_planned_anew(plan, client_person, clinician):
    act("end_plan", plan=plan, by=clinician)

    planned(client_person, clinician, every=2)

    assert MeasurePlan.objects.standing().get().every == 2


@pytest.mark.parametrize("key", ["asq", "alcohol", "nothing", ""])
def test_what_is_no_measure_is_not_planned(client_person, clinician, key):
    with pytest.raises(actions.NotAMeasure):
        planned(client_person, clinician, instruments=[key])


def test_nothing_is_not_planned(client_person, clinician):
    with pytest.raises(actions.NothingToPlan):
        act("plan_measures", client=client_person, instruments=[], words=words(), by=clinician)


@pytest.mark.parametrize("every", [0, 53])
def test_a_rhythm_is_from_1_to_52(client_person, clinician, every):
    with pytest.raises(actions.NoRhythm):
        planned(client_person, clinician, every=every)


def test_a_plan_does_not_end_before_it_begins(client_person, clinician):
    with pytest.raises(actions.EndsBeforeItBegins):
        planned(client_person, clinician, until=DAY - timedelta(days=1))


def test_of_several_all_are_planned_or_none(plan, client_person, clinician):
    with pytest.raises(actions.AlreadyPlanned), transaction.atomic():
        act("plan_measures", client=client_person, instruments=["gad7", "phq9"], words=words(), by=clinician)

    assert MeasurePlan.objects.get() == plan


def test_nobody_is_planned_for_once_the_work_has_ended(client_person, clinician):
    client_person.status = "ended"
    client_person.save()

    with pytest.raises(actions.WorkHasEnded):
        planned(client_person, clinician)


def test_a_plan_may_be_changed(plan, clinician):
    act("change_plan", plan=plan, words=words(every=3, unit="sessions", shared=True), by=clinician)

    plan.refresh_from_db()
    assert (plan.every, plan.unit, plan.shared) == (3, "sessions", True)


def test_a_pause_begins_today_and_ends_on_its_day(plan, clinician):
    paused = act("pause_plan", plan=plan, resumes_on=DAY + WEEK, by=clinician)

    assert paused.rhythm.rests_on(DAY)
    assert not paused.rhythm.rests_on(DAY + WEEK)


@pytest.mark.parametrize("days", [-1, 0])
def test_a_pause_ends_after_today(plan, clinician, days):
    with pytest.raises(actions.ResumesTooEarly):
        act("pause_plan", plan=plan, resumes_on=DAY + timedelta(days=days), by=clinician)


def test_what_rests_is_not_paused_again(plan, clinician):
    act("pause_plan", plan=plan, resumes_on=None, by=clinician)

    with pytest.raises(actions.PausedAlready):
        act("pause_plan", plan=plan, resumes_on=None, by=clinician)


def test_a_pause_that_is_over_may_be_followed_by_another(plan, clinician):
    act("pause_plan", plan=plan, resumes_on=DAY + WEEK, by=clinician)

    later = MONDAY_NOON + 2 * WEEK
    again = actions.pause_plan(plan=plan, resumes_on=None, by=clinician, now=later)

    assert again.rhythm.rests_on(DAY + 9 * WEEK)


def test_it_is_taken_up_again_from_today_on(plan, clinician):
    act("pause_plan", plan=plan, resumes_on=None, by=clinician)

    assert not act("resume_plan", plan=plan, by=clinician).rhythm.rests_on(DAY)


def test_what_does_not_rest_is_not_taken_up(plan, clinician):
    with pytest.raises(actions.NotPaused):
        act("resume_plan", plan=plan, by=clinician)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("change_plan", {"words": words()}),
        ("pause_plan", {"resumes_on": None}),
        ("resume_plan", {}),
        ("end_plan", {}),
    ],
)
def test_an_ended_plan_stays_as_it_was(plan, clinician, name, more):
    act("end_plan", plan=plan, by=clinician)

    with pytest.raises(actions.PlanEnded):
        act(name, plan=plan, by=clinician, **more)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"unit": "moons"}, "measure_plan_unit_is_known"),
        ({"resumes_on": DAY}, "measure_plan_resumes_after_it_paused"),
        ({"paused_on": DAY, "resumes_on": DAY}, "measure_plan_resumes_after_it_paused"),
        ({"ended_at": MONDAY_NOON}, "measure_plan_ended_at_and_by_go_together"),
    ],
)
def test_the_database_holds_it_too(plan, change, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        MeasurePlan.objects.filter(pk=plan.pk).update(**change)


class TestTheirOwn:
    """A questionnaire that the practice brought is asked again and again when its file says what a change is."""

    def test_it_is_planned_and_sent_like_ours(self, client_person, clinician, owner):
        key = bring(owner, reliable_change=4).key

        assert key in measures()
        act("plan_measures", client=client_person, instruments=[key], words=words(), by=clinician)
        act("send_everything_due")
        [screening] = Screening.objects.filter(client=client_person, purpose="measure")
        assert screening.responses.get().instrument == key

    def test_without_a_reliable_change_it_is_no_measure(self, client_person, clinician, owner):
        key = bring(owner, reliable_change=None).key

        assert key not in measures()
        with pytest.raises(actions.NotAMeasure):
            act("plan_measures", client=client_person, instruments=[key], words=words(), by=clinician)

    def test_nor_is_what_a_clinician_asks(self, owner):
        assert bring(owner, reliable_change=4, asked_by="clinician").key not in measures()

    def test_put_away_it_is_planned_no_more(self, owner):
        key = bring(owner, reliable_change=4).key

        put_away(key=key, by=owner, now=MONDAY_NOON + timedelta(days=1))

        assert key not in measures()
