"""What Towpath notices by itself: totals, safety answers, days that pass."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from clients.models import Clearance, Client, Rescreen
from clients.rescreening import actions
from clients.rescreening.daily import look_at_everybody
from clients.screening.actions import (
    Talk,
    answer,
    ask_screening,
    close_alert,
    decide_clearance,
    say_safe_now,
    submit_screening,
)
from practice import contributions
from practice.celery import app
from practice.models import AuditEvent
from tests.clients.damage import damage
from tests.clients.rescreening.conftest import DAY, HELD, OPEN, standing_of
from tests.clients.screening.answering import handed_in, has_answered
from tests.factories import MONDAY_NOON, ClearanceFactory, ClientFactory, SessionFactory

pytestmark = pytest.mark.django_db
BEFORE = MONDAY_NOON - timedelta(days=30)


def hand_in(client, clinician, instrument, total, at):
    """A check-in whose total is `total`, without a safety answer."""
    asked = ask_screening(client=client, purpose="measure", instruments=[instrument], by=clinician, now=at)
    response = asked.responses.get()
    left = total
    for item in response.snapshot["items"]:
        value = 0 if item["key"] == "q9" else min(3, left)
        left -= value
        answer(response=response, item=item["key"], value=value, by=client.member, now=at)
        response.refresh_from_db()
    return submit_screening(screening=asked, by=client.member, now=at)


@pytest.mark.parametrize(
    ("instrument", "before", "after", "kinds"),
    [
        ("phq9", 4, 9, []),
        ("phq9", 4, 10, ["phq9_up"]),
        ("phq9", 4, 11, ["phq9_up"]),
        ("gad7", 3, 6, []),
        ("gad7", 3, 7, ["gad7_up"]),
        ("gad7", 3, 8, ["gad7_up"]),
    ],
)
def test_a_total_that_rises_since_the_decision(mover, clinician, instrument, before, after, kinds):
    hand_in(mover, clinician, instrument, before, BEFORE)

    hand_in(mover, clinician, instrument, after, MONDAY_NOON)

    assert [task.kind for task in Rescreen.objects.all()] == kinds
    assert standing_of(mover) == (HELD if kinds else OPEN)
    if kinds:
        assert Rescreen.objects.get().evidence == {
            "before": before,
            "before_on": BEFORE.date().isoformat(),
            "after": after,
        }


def test_small_steps_count_from_the_decision_on(mover, clinician):
    hand_in(mover, clinician, "phq9", 2, BEFORE)
    hand_in(mover, clinician, "phq9", 5, MONDAY_NOON - 7 * DAY)

    hand_in(mover, clinician, "phq9", 8, MONDAY_NOON)

    assert Rescreen.objects.get().why == "From 2 on 2 May 2026 to 8."


@pytest.mark.parametrize(
    ("instrument", "after", "kinds"),
    [
        ("phq9", 7, []),
        ("phq9", 8, ["phq9_up"]),
        ("phq9", 9, ["phq9_up"]),
        ("gad7", 5, []),
        ("gad7", 6, ["gad7_up"]),
        ("gad7", 7, ["gad7_up"]),
    ],
)
def test_better_days_since_the_decision_are_what_a_rise_counts_from(
    mover, clinician, instrument, after, kinds
):
    hand_in(mover, clinician, instrument, 12, BEFORE)
    hand_in(mover, clinician, instrument, 2, MONDAY_NOON - 14 * DAY)
    hand_in(mover, clinician, instrument, 4, MONDAY_NOON - 7 * DAY)

    hand_in(mover, clinician, instrument, after, MONDAY_NOON)

    assert [task.kind for task in Rescreen.objects.all()] == kinds


def test_a_new_decision_begins_the_count_anew(mover, clinician):
    hand_in(mover, clinician, "phq9", 2, BEFORE)
    hand_in(mover, clinician, "phq9", 7, MONDAY_NOON - 7 * DAY)
    for mode in ("walk", "run"):
        ClearanceFactory(client=mover, mode=mode, decided_by=clinician, decided_at=MONDAY_NOON - 6 * DAY)

    hand_in(mover, clinician, "phq9", 12, MONDAY_NOON)

    assert not Rescreen.objects.exists()


def test_what_was_low_before_the_form_decided_on_does_not_count(mover, clinician):
    hand_in(mover, clinician, "phq9", 1, BEFORE - 30 * DAY)
    hand_in(mover, clinician, "phq9", 6, BEFORE)

    hand_in(mover, clinician, "phq9", 10, MONDAY_NOON)

    assert not Rescreen.objects.exists()


def test_the_first_total_ever_rises_from_nothing(mover, clinician):
    hand_in(mover, clinician, "phq9", 12, MONDAY_NOON)

    assert not Rescreen.objects.exists()


def test_a_safety_answer_calls_for_a_new_look_whatever_closes_the_alert(mover, clinician):
    asked = ask_screening(
        client=mover, purpose="measure", instruments=["phq9"], by=clinician, now=MONDAY_NOON
    )
    alert = answer(response=asked.responses.get(), item="q9", value=1, by=mover.member, now=MONDAY_NOON)

    assert alert is not None
    close_alert(alert=alert, what_was_done="Called.", by=clinician, now=MONDAY_NOON)

    task = Rescreen.objects.get()
    assert (task.kind, task.is_open, task.waits_for) == ("safety", True, ["run", "walk"])
    assert standing_of(mover) == HELD
    assert set(Clearance.objects.filter(decision="hold").values_list("by_rule", flat=True)) == {"H3a"}


def test_the_lowest_answer_is_no_safety_answer(mover, clinician):
    asked = ask_screening(
        client=mover, purpose="measure", instruments=["phq9"], by=clinician, now=MONDAY_NOON
    )

    answer(response=asked.responses.get(), item="q9", value=0, by=mover.member, now=MONDAY_NOON)

    assert not Rescreen.objects.exists()


def test_not_safe_after_the_alert_was_closed_and_the_client_cleared_holds_again(mover, clinician):
    asked = ask_screening(
        client=mover, purpose="measure", instruments=["phq9"], by=clinician, now=MONDAY_NOON
    )
    alert = answer(response=asked.responses.get(), item="q9", value=1, by=mover.member, now=MONDAY_NOON)
    assert alert is not None
    close_alert(alert=alert, what_was_done="Called.", by=clinician, now=MONDAY_NOON)
    for mode in ("walk", "run"):
        ClearanceFactory(client=mover, mode=mode, decided_by=clinician, decided_at=MONDAY_NOON)

    say_safe_now(screening=asked, safe_now="no", by=mover.member, now=MONDAY_NOON + DAY)

    assert standing_of(mover) == HELD


@pytest.mark.parametrize(("days", "kinds"), [(89, []), (90, []), (91, ["review_due"])])
def test_ninety_days_pass(mover, clinician, days, kinds):
    decided = timezone.localdate(ClearanceFactory(client=mover, mode="walk").decided_at)

    look_at_everybody(
        now=MONDAY_NOON.replace(year=decided.year, month=decided.month, day=decided.day) + days * DAY
    )

    assert [task.kind for task in Rescreen.objects.all()] == kinds


def test_only_the_way_whose_decision_has_run_out_is_held(mover, clinician):
    ClearanceFactory(client=mover, mode="walk", review_on=MONDAY_NOON.date() - DAY)

    look_at_everybody(now=MONDAY_NOON)

    assert standing_of(mover) == {"walk": "hold", "run": "cleared"}
    assert Rescreen.objects.get().waits_for == ["walk"]


def test_a_letter_that_did_not_come_is_a_decision_that_has_run_out(mover, clinician):
    ClearanceFactory(
        client=mover,
        mode="run",
        decision="conditions",
        letter_by=MONDAY_NOON.date() - DAY,
        decided_by=clinician,
    )

    look_at_everybody(now=MONDAY_NOON)

    assert standing_of(mover) == {"walk": "cleared", "run": "hold"}
    assert "letter" in Rescreen.objects.get().why


def test_on_the_day_of_the_letter_there_is_time_yet(mover, clinician):
    ClearanceFactory(client=mover, mode="run", decision="conditions", letter_by=MONDAY_NOON.date())

    look_at_everybody(now=MONDAY_NOON)

    assert not Rescreen.objects.exists()


@pytest.mark.parametrize(("days", "kinds"), [(27, []), (28, ["break"]), (29, ["break"])])
def test_a_break_of_28_days(mover, clinician, days, kinds):
    for mode in ("walk", "run"):
        ClearanceFactory(
            client=mover,
            mode=mode,
            decided_at=MONDAY_NOON - 60 * DAY,
            review_on=MONDAY_NOON.date() + 20 * DAY,
        )
    SessionFactory(client=mover, clinician=clinician, completed=True, starts_at=MONDAY_NOON - days * DAY)

    look_at_everybody(now=MONDAY_NOON)

    assert [task.kind for task in Rescreen.objects.all()] == kinds
    assert standing_of(mover) == (HELD if kinds else OPEN)


def test_a_session_that_did_not_take_place_ends_no_break(mover, clinician):
    for mode in ("walk", "run"):
        ClearanceFactory(client=mover, mode=mode, decided_at=MONDAY_NOON - 60 * DAY)
    SessionFactory(client=mover, clinician=clinician, completed=True, starts_at=MONDAY_NOON - 40 * DAY)
    SessionFactory(
        client=mover,
        clinician=clinician,
        state="no_show",
        closed_at=MONDAY_NOON,
        closed_by=clinician,
        starts_at=MONDAY_NOON - 2 * DAY,
    )

    look_at_everybody(now=MONDAY_NOON)

    assert Rescreen.objects.get().kind == "break"


def test_after_a_break_a_decision_begins_the_count_anew(mover, clinician):
    SessionFactory(client=mover, clinician=clinician, completed=True, starts_at=MONDAY_NOON - 80 * DAY)
    for mode in ("walk", "run"):
        ClearanceFactory(client=mover, mode=mode, decided_at=MONDAY_NOON - 27 * DAY)

    assert look_at_everybody(now=MONDAY_NOON) == 0
    assert look_at_everybody(now=MONDAY_NOON + DAY) == 1


def test_who_has_not_met_yet_has_no_break(mover):
    assert look_at_everybody(now=MONDAY_NOON + 40 * DAY) == 0


def test_looking_twice_has_the_effect_of_once(mover, clinician):
    ClearanceFactory(client=mover, mode="walk", review_on=MONDAY_NOON.date() - DAY)

    assert look_at_everybody(now=MONDAY_NOON) == 1
    assert look_at_everybody(now=MONDAY_NOON) == 0
    assert look_at_everybody(now=MONDAY_NOON + DAY) == 0
    assert Clearance.objects.filter(decision="hold").count() == 1


def test_ended_work_is_left_alone(mover):
    ClearanceFactory(client=mover, mode="walk", review_on=MONDAY_NOON.date() - DAY)
    Client.objects.update(status="ended")

    assert look_at_everybody(now=MONDAY_NOON) == 0


def test_the_command_does_it_and_says_how_many(mover, capsys):
    call_command("rescreen")

    assert "1 to look at again" in capsys.readouterr().out
    call_command("rescreen")
    assert "0 to look at again" in capsys.readouterr().out


def test_the_beat_knows_it():
    planned = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert "clients.rescreening.tasks.look_again" in planned
    assert "clients.rescreening.tasks" in app.conf.imports


def test_one_decision_that_runs_out_and_a_break_are_one_hold(mover, clinician):
    ClearanceFactory(client=mover, mode="walk", review_on=MONDAY_NOON.date() - DAY)
    SessionFactory(client=mover, clinician=clinician, completed=True, starts_at=MONDAY_NOON - 40 * DAY)

    found = actions.look_at_the_calendar(
        client=mover, last_session=MONDAY_NOON.date() - 40 * DAY, now=MONDAY_NOON
    )

    assert [task.kind for task in found] == ["review_due"]


def test_a_decision_closes_what_the_calendar_asked(mover, clinician):
    ClearanceFactory(client=mover, mode="walk", review_on=MONDAY_NOON.date() - DAY)
    look_at_everybody(now=MONDAY_NOON)
    has_answered(mover, clinician, MONDAY_NOON)

    decide_clearance(
        client=mover,
        mode="walk",
        decision="cleared",
        rationale="Talked.",
        talk=Talk(held=True),
        by=clinician,
        now=MONDAY_NOON,
    )

    assert not Rescreen.objects.still_open().exists()


def test_a_client_does_not_read_that_towpath_noticed_something(mover, clinician):
    asked = ask_screening(
        client=mover, purpose="measure", instruments=["phq9"], by=clinician, now=MONDAY_NOON
    )
    answer(response=asked.responses.get(), item="q9", value=1, by=mover.member, now=MONDAY_NOON)

    assert Rescreen.objects.get().raised_by is None
    assert not Rescreen.objects.visible_to(mover.member).exists()


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({"readiness": {"pregnancy": 1}}, ["run"]),
        ({"movement": {"joy_or_fear": 2}}, ["run"]),
        ({"readiness": {"chest": 1}}, ["run", "walk"]),
        ({"readiness": {"other_health": 1}}, []),
    ],
)
def test_answers_that_hold_name_a_clinician_for_what_was_open(mover, clinician, changes, held):
    handed_in(mover, clinician, purpose="review", **changes)

    tasks = Rescreen.objects.filter(kind="answers")
    assert [(task.assigned_to, task.waits_for) for task in tasks] == ([(clinician, held)] if held else [])


def test_answers_before_any_decision_ask_for_none(client_person, clinician):
    handed_in(client_person, clinician, readiness={"chest": 1})

    assert not Rescreen.objects.exists()


# one bad record


@pytest.fixture
def behind(clinician):
    """Another client, looked at after `mover`, whose decision has run out too."""
    client = ClientFactory(treated_by=clinician)
    ClearanceFactory(client=client, mode="walk", review_on=MONDAY_NOON.date() - DAY)
    return client


@pytest.fixture
def damaged(mover, trigger):
    """A task of `mover` whose words do not open any more; their decision has run out."""
    trigger("review_due", "Some words.")
    damage("clients_rescreen", "why")
    for mode in ("walk", "run"):
        ClearanceFactory(client=mover, mode=mode, review_on=MONDAY_NOON.date() - DAY)
    return mover


def test_a_damaged_record_keeps_nobody_behind_it_from_being_looked_at(damaged, behind):
    assert look_at_everybody(now=MONDAY_NOON) == 1
    assert standing_of(behind) == {"walk": "hold"}


def test_who_was_left_out_is_told_to_the_keeper_of_the_trail_once(damaged, behind, owner, caplog):
    for _hour in range(2):
        look_at_everybody(now=MONDAY_NOON)

    assert AuditEvent.objects.filter(action="work_left_out", client_uid=damaged.uid).count() == 1
    titles = [str(item.title) for item in contributions.attention(owner, MONDAY_NOON)]
    assert f"{damaged.reference}: what Towpath does by itself could not be done" in titles
    assert "Some words" not in caplog.text
