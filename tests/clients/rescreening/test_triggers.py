"""The one way to ask for a new look: a hold, a task for a named clinician, one open of a kind."""

from datetime import date

import pytest

from clients.models import CareTeamMember, Clearance, Client, Rescreen
from clients.rescreening import actions, rules
from clients.rescreening.contributions import attention
from clients.rescreening.models import Kind
from clients.screening.actions import Talk, decide_clearance
from practice.models import AuditEvent
from tests.clients.rescreening.conftest import DAY, HELD, OPEN, standing_of
from tests.clients.screening.answering import has_answered
from tests.factories import MONDAY_NOON, ClientFactory, MemberFactory

pytestmark = pytest.mark.django_db
HOLDING = sorted(rules.HOLDS)


def decide(client, by, mode="walk", decision="cleared", now=MONDAY_NOON + DAY):
    has_answered(client, by, now)
    return decide_clearance(
        client=client,
        mode=mode,
        decision=decision,
        rationale="Talked it through.",
        talk=Talk(held=True),
        by=by,
        now=now,
    )


@pytest.mark.parametrize("kind", HOLDING)
def test_each_trigger_holds_and_asks_the_primary_clinician(trigger, mover, clinician, kind):
    task = trigger(kind, "Said so on the phone.")

    assert standing_of(mover) == HELD
    assert (task.assigned_to, task.waits_for, task.is_open) == (clinician, ["run", "walk"], True)
    assert [str(item.text) for item in attention(clinician, MONDAY_NOON)] == [str(Kind(kind).label)]
    hold = Clearance.objects.filter(client=mover, mode="walk").latest("pk")
    assert hold.by_rule == rules.CODES[kind]
    assert "Said so on the phone." in hold.rationale


def test_a_wish_to_run_asks_and_holds_nothing(trigger, mover, clinician):
    task = trigger("walk_to_run")

    assert task.is_open
    assert standing_of(mover) == OPEN
    assert len(attention(clinician, MONDAY_NOON)) == 1


def test_the_same_again_is_one_task_with_both_words(trigger, clinician):
    first = trigger("injury", "Left ankle.", by=clinician)
    again = trigger("injury", "And the knee.", by=clinician)
    same = trigger("injury", "And the knee.", by=clinician)

    assert first == again == same
    assert same.why == "Left ankle.\nAnd the knee."
    assert Rescreen.objects.count() == 1


def test_two_kinds_are_two_tasks(trigger):
    assert trigger("injury") != trigger("medicine")
    assert Rescreen.objects.still_open().count() == 2


def test_what_comes_again_after_one_decision_holds_again(trigger, mover, clinician):
    trigger("injury")
    decide(mover, clinician, "walk")

    task = trigger("injury", "Worse.", now=MONDAY_NOON + 2 * DAY)

    assert standing_of(mover) == HELD
    assert task.waits_for == ["run", "walk"]


def test_it_stays_until_every_way_that_was_open_is_decided(trigger, mover, clinician):
    task = trigger("illness")

    decide(mover, clinician, "walk")
    task.refresh_from_db()
    assert (task.is_open, task.waits_for) == (True, ["run"])

    last = decide(mover, clinician, "run", "not_suited")
    task.refresh_from_db()
    assert (task.is_open, task.closed_by, task.decision) == (False, clinician, last)
    assert attention(clinician, MONDAY_NOON + DAY) == []


def test_where_nothing_was_open_any_decision_closes_it(client_person, clinician):
    task = actions.tell_change(client=client_person, kind="injury", by=clinician, now=MONDAY_NOON)
    assert task.waits_for == []

    decide(client_person, clinician)

    task.refresh_from_db()
    assert not task.is_open


def test_a_hold_by_another_rule_closes_nothing(trigger):
    task = trigger("injury")
    trigger("admission")

    task.refresh_from_db()
    assert task.is_open


def test_it_follows_the_client_to_whoever_treats_them_now(trigger, mover, clinician, colleague):
    trigger("injury")
    today = MONDAY_NOON.date()
    mover.care_team.update(until=today - DAY)
    CareTeamMember.objects.create(client=mover, member=colleague, part="covering", since=today)

    assert attention(clinician, MONDAY_NOON) == []
    assert len(attention(colleague, MONDAY_NOON)) == 1


def test_without_a_primary_clinician_a_covering_one_is_named(practice):
    covering = MemberFactory()
    client: Client = ClientFactory()
    CareTeamMember.objects.create(client=client, member=covering, part="covering", since=date(2020, 1, 1))

    task = actions.tell_change(client=client, kind="injury", by=covering, now=MONDAY_NOON)

    assert task.assigned_to == covering


def test_primary_comes_before_covering(trigger, mover, clinician, colleague):
    CareTeamMember.objects.create(client=mover, member=colleague, part="covering", since=date(2026, 5, 1))

    assert trigger("injury").assigned_to == clinician
    assert attention(colleague, MONDAY_NOON) == []


def test_nobody_treats_them_and_it_is_kept_all_the_same(clinician):
    task = actions.tell_change(client=ClientFactory(), kind="injury", by=clinician, now=MONDAY_NOON)

    assert task.assigned_to is None


def test_ended_work_is_not_looked_at_again(trigger, mover):
    Client.objects.update(status="ended")

    assert trigger("injury") is None
    assert standing_of(mover) == OPEN


@pytest.mark.parametrize("kind", sorted(rules.AFTER_A_DECISION))
def test_before_any_decision_there_is_nothing_to_look_at_again(client_person, kind):
    assert actions.trigger(client=client_person, kind=kind, why="", now=MONDAY_NOON) is None


def test_a_hold_that_stands_is_not_repeated(trigger, mover):
    trigger("injury")
    trigger("admission")

    assert Clearance.objects.filter(client=mover, decision="hold").count() == 2


def test_what_is_kept_of_a_person_is_sealed_and_the_trail_names_a_number(trigger, mover, clinician):
    trigger("pregnancy", "Twelve weeks.", by=clinician, evidence={"weeks": 12})

    line = AuditEvent.objects.get(action="rescreen_asked")
    assert line.detail == {"rule": "R9"}
    assert Rescreen.objects.get().evidence == {"weeks": 12}
    held = AuditEvent.objects.filter(action="clearance_held").values_list("detail__rule", flat=True)
    assert set(held) == {"R9"}


@pytest.mark.parametrize("kind", ["phq9_up", "review_due", "consent_changed", "", "x"])
def test_what_is_noticed_is_not_told(mover, clinician, kind):
    with pytest.raises(actions.NotToldThisWay):
        actions.tell_change(client=mover, kind=kind, by=clinician, now=MONDAY_NOON)


@pytest.mark.parametrize("kind", ["stop_rule", "motive"])
def test_a_client_does_not_tell_what_clinicians_judge(mover, kind):
    with pytest.raises(actions.NotToldThisWay):
        actions.tell_change(client=mover, kind=kind, by=mover.member, now=MONDAY_NOON)


@pytest.mark.parametrize("kind", rules.TOLD_BY_CLIENT)
def test_a_client_tells_and_their_clinician_hears(mover, clinician, kind):
    task = actions.tell_change(
        client=mover, kind=kind, words=" Since Friday. ", by=mover.member, now=MONDAY_NOON
    )

    assert (task.raised_by, task.assigned_to, task.why) == (mover.member, clinician, "Since Friday.")
