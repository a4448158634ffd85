"""What the database holds whoever asks, and two people at once."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from clients.models import Clearance, Response, SafetyAlert, Screening
from clients.screening import actions
from tests.clients.screening.answering import a_clinician, a_decision, decide, handed_in, someone, stands
from tests.factories import (
    MONDAY_NOON,
    PracticeFactory,
    ScreeningFactory,
)

LATER = MONDAY_NOON + timedelta(hours=1)


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("assignment", "constraint"),
    [
        ("decision = 'cleared', excluded_by = '{crisis}'", "excluded_client_is_not_cleared_to_move"),
        ("decision = 'conditions', conditions = 'x', excluded_by = '{eating}'", "excluded_client"),
        ("decision = 'conditions', conditions = ''", "clearance_with_conditions_names_them"),
        ("rationale = ''", "clearance_has_a_rationale"),
        ("review_on = valid_from - 1", "clearance_is_reviewed_after_it_begins"),
        ("decided_by_id = NULL", "clearance_is_decided_by_a_person_or_held_by_a_rule"),
        ("decided_by_id = NULL, by_rule = 'H3a'", "clearance_is_decided_by_a_person_or_held_by_a_rule"),
        ("by_rule = 'H3a'", "clearance_is_decided_by_a_person_or_held_by_a_rule"),
    ],
)
def test_a_clearance_that_must_never_be_is_refused_in_sql(assignment, constraint):
    clearance = a_decision()
    run("CREATE TEMPORARY TABLE another AS SELECT * FROM clients_clearance WHERE id = %s", clearance.pk)
    run(f"UPDATE another SET id = id + 1, uid = gen_random_uuid(), {assignment}")  # noqa: S608 our own words

    with pytest.raises(IntegrityError, match=constraint):
        run("INSERT INTO clients_clearance SELECT * FROM another")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql", ["UPDATE clients_clearance SET rationale = 'x'", "DELETE FROM clients_clearance"]
)
def test_a_decision_is_never_edited_nor_deleted(sql):
    a_decision()

    with pytest.raises(DatabaseError, match="replaced by a new one"):
        run(sql)


@pytest.mark.django_db
def test_submitted_answers_never_change(submitted):
    with pytest.raises(DatabaseError, match="Submitted answers never change"):
        run("UPDATE clients_response SET answers = '{}' WHERE submitted_at IS NOT NULL")


@pytest.mark.django_db
def test_a_screening_is_not_both_submitted_and_cancelled(submitted):
    with pytest.raises(IntegrityError, match="screening_is_submitted_or_cancelled_not_both"):
        run("UPDATE clients_screening SET cancelled_at = now()")


@pytest.mark.django_db
def test_one_open_screening_of_a_purpose():
    screening = ScreeningFactory()

    with pytest.raises(IntegrityError, match="one_open_screening_of_a_purpose"), transaction.atomic():
        ScreeningFactory(client=screening.client)


@pytest.mark.django_db
@pytest.mark.parametrize("assignment", ["seen_at = now()", "what_was_done = 'x'"])
def test_an_alert_is_closed_whole_or_not_at_all(alert, assignment):
    with pytest.raises(IntegrityError, match="alert_is_closed_by_a_person_with_what_was_done"):
        run(f"UPDATE clients_safetyalert SET {assignment}")  # noqa: S608 our own words


@pytest.mark.django_db
def test_an_alert_knows_only_three_words_for_safe(alert):
    with pytest.raises(IntegrityError, match="alert_safe_now_is_known"):
        run("UPDATE clients_safetyalert SET safe_now = 'maybe'")


@pytest.mark.django_db
def test_one_open_alert_per_answer(alert):
    with pytest.raises(IntegrityError, match="one_open_alert_per_answer"), transaction.atomic():
        SafetyAlert.objects.create(
            client=alert.client, response=alert.response, item=alert.item, raised_at=MONDAY_NOON
        )


def at_once(*works):
    """Runs each in a thread with a connection of its own; answers what each said."""
    said = []

    def run_one(work):
        try:
            said.append(work())
        except Exception as error:  # noqa: BLE001 - whatever it says is the answer
            said.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run_one, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


@pytest.fixture
def cast(transactional_db):
    PracticeFactory()
    clinician = a_clinician()
    client = someone(portal=True, treated_by=clinician)
    screening = actions.ask_screening(client=client, purpose="intake", by=clinician, now=MONDAY_NOON)
    return client, clinician, screening


def test_two_answers_at_once_are_both_kept(cast):
    client, _clinician, screening = cast
    phq9 = screening.responses.get(instrument="phq9")

    at_once(
        *(
            lambda item=item: actions.answer(
                response=Response.objects.get(pk=phq9.pk), item=item, value=1, by=client.member, now=LATER
            )
            for item in ("q1", "q2", "q3", "q9")
        )
    )

    phq9.refresh_from_db()
    assert phq9.answers == {"q1": 1, "q2": 1, "q3": 1, "q9": 1}


def test_the_same_safety_answer_twice_at_once_is_one_alert(cast):
    client, _clinician, screening = cast
    phq9 = screening.responses.get(instrument="phq9")

    at_once(*[lambda: actions.answer(response=phq9, item="q9", value=2, by=client.member, now=LATER)] * 4)

    assert SafetyAlert.objects.count() == 1
    assert Clearance.objects.count() == 2


def test_a_yes_never_overtakes_a_safety_answer(cast):
    client, clinician, screening = cast
    phq9 = screening.responses.get(instrument="phq9")

    at_once(
        lambda: decide(client, clinician, now=LATER),
        lambda: actions.answer(response=phq9, item="q9", value=2, by=client.member, now=LATER),
    )

    assert stands(client, "walk", LATER.date()).code == "hold"


def test_handed_in_twice_at_once_counts_once(cast):
    client, clinician, screening = cast
    actions.cancel_screening(screening=screening, by=clinician, now=MONDAY_NOON)
    asked = handed_in(client, clinician, purpose="measure")
    again = actions.ask_screening(client=client, purpose="measure", by=clinician, now=LATER)
    for response in again.responses.all():
        response.answers = asked.responses.get(instrument=response.instrument).answers
        response.save()

    said = at_once(*[lambda: actions.submit_screening(screening=again, by=client.member, now=LATER)] * 3)

    assert sum(isinstance(one, Screening) for one in said) == 1
    assert sum(isinstance(one, actions.AlreadySubmitted) for one in said) == 2


def test_two_decisions_on_one_page_count_once(cast):
    client, clinician, _screening = cast
    wish = [actions.ModeDecision(mode="walk", decision="hold")]

    said = at_once(
        *[
            lambda: actions.decide_moving(
                client=client, decisions=wish, rationale="Talked.", by=clinician, now=LATER, seen=""
            )
        ]
        * 3
    )

    assert sum(isinstance(one, actions.DecidedMeanwhile) for one in said) == 2
    assert Clearance.objects.count() == 1
