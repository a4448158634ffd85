"""A safety plan: versions kept, sealed, looked at again; every refusal."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from clients.models import FirstAidNote, SafetyPlan
from clients.safety import actions, rules
from clients.safety.actions import PlanWords
from practice.models import AuditEvent
from tests.clients.safety.conftest import LOOK_AGAIN
from tests.factories import MONDAY_NOON

pytestmark = pytest.mark.django_db
TODAY = MONDAY_NOON.date()
DAY = timedelta(days=1)


def look(client, clinician, **changes):
    usual = {"seen_version": 1, "look_again_on": LOOK_AGAIN, "by": clinician, "now": MONDAY_NOON}
    return actions.look_at_plan(client=client, **usual | changes)


def test_each_version_is_kept(write, client_person):
    write()
    write(seen_version=1, words=PlanWords(signs="I sleep by day."))

    newest, first = SafetyPlan.objects.of(client_person)

    assert (newest.version, newest.signs) == (2, "I sleep by day.")
    assert first.signs == "I stop answering messages."
    assert AuditEvent.objects.filter(action="safety_plan_written").count() == 2


def test_what_it_says_is_sealed_in_the_database(write):
    write()

    with connection.cursor() as cursor:
        cursor.execute("SELECT signs, surroundings FROM clients_safetyplan")
        sealed = b"".join(bytes(value) for value in cursor.fetchone())

    assert b"messages" not in sealed
    assert b"Tablets" not in sealed


def test_six_empty_steps_are_refused(write):
    with pytest.raises(actions.PlanSaysNothing):
        write(words=PlanWords())


def test_one_step_is_enough(write):
    assert write(words=PlanWords(people="Mo.")).version == 1


@pytest.mark.parametrize("seen", [0, 2])
def test_a_stale_form_is_refused(write, seen):
    write()

    with pytest.raises(actions.PlanChanged):
        write(seen_version=seen)


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (TODAY - DAY, False),
        (TODAY, False),
        (TODAY + DAY, True),
        (TODAY + rules.AT_THE_LATEST, True),
        (TODAY + rules.AT_THE_LATEST + DAY, False),
    ],
)
def test_the_day_to_look_again_is_after_today_and_within_a_year(write, day, fits):
    if fits:
        assert write(look_again_on=day).look_again_on == day
    else:
        with pytest.raises(actions.NotADayToLookAgain):
            write(look_again_on=day)


@pytest.mark.parametrize(("day", "due"), [(TODAY - DAY, True), (TODAY, True), (TODAY + DAY, False)])
def test_it_is_due_from_its_day_on(day, due):
    assert rules.is_due(day, TODAY) is due


def test_looking_at_it_together_is_noted(write, client_person, clinician):
    write()

    plan = look(client_person, clinician, look_again_on=date(2026, 12, 1))

    assert (plan.looked_by, plan.looked_at, plan.look_again_on) == (clinician, MONDAY_NOON, date(2026, 12, 1))
    assert AuditEvent.objects.filter(action="safety_plan_looked_at").count() == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"seen_version": 2}, actions.PlanChanged),
        ({"look_again_on": TODAY}, actions.NotADayToLookAgain),
    ],
)
def test_looking_at_what_does_not_stand_is_refused(write, client_person, clinician, changes, refusal):
    write()

    with pytest.raises(refusal):
        look(client_person, clinician, **changes)


def test_nobody_looks_at_a_plan_that_there_is_not(client_person, clinician):
    with pytest.raises(actions.PlanChanged):
        look(client_person, clinician, seen_version=0)


@pytest.mark.parametrize(
    "broken",
    [
        {"signs": b"", "on_my_own": b"", "people": b"", "surroundings": b""},
        {"looked_at": MONDAY_NOON},
    ],
)
def test_the_database_itself_refuses(write, broken):
    write()

    with pytest.raises(DatabaseError), transaction.atomic():
        SafetyPlan.objects.update(**broken)


def test_what_helpers_should_know_replaces_what_stood(client_person, clinician):
    for words in ("Wasps.", "Wasps; pen in the left pocket."):
        actions.note_first_aid(client=client_person, words=words, by=clinician, now=MONDAY_NOON)

    assert FirstAidNote.objects.get().words == "Wasps; pen in the left pocket."


def test_nothing_to_know_takes_it_away(client_person, clinician):
    actions.note_first_aid(client=client_person, words="Wasps.", by=clinician, now=MONDAY_NOON)

    actions.note_first_aid(client=client_person, words="  ", by=clinician, now=MONDAY_NOON)
    actions.note_first_aid(client=client_person, words="", by=clinician, now=MONDAY_NOON)

    assert not FirstAidNote.objects.exists()
    assert AuditEvent.objects.filter(action="first_aid_noted").count() == 2
