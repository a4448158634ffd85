"""What each rule about an answer suggests for walking and for running: at its answer, and one answer short of it."""

import pytest

from clients.instruments import NOT_SAID, load
from clients.screening import rules
from tests.clients.screening.answering import quiet, sheets

CLEARED, CONDITIONS, HOLD, NOT_SUITED = "cleared", "conditions", "hold", "not_suited"
OPEN, PLAN, WALK_ONLY, SHUT, NOT_NOW = (
    (CLEARED, CLEARED),
    (CONDITIONS, CONDITIONS),
    (CONDITIONS, HOLD),
    (HOLD, HOLD),
    (NOT_SUITED, NOT_SUITED),
)
BY_ANSWER = {
    # (questionnaire, question): what each of its answers suggests, from the first to the last
    ("alcohol", "times"): {0: OPEN, 1: SHUT, 2: SHUT, 999: SHUT},
    ("drugs", "times"): {0: OPEN, 1: SHUT, 2: SHUT, 999: SHUT},
    ("dependence", "now"): {0: OPEN, 1: OPEN, 2: SHUT, 3: NOT_NOW},
    ("bbgs", "q1"): {0: OPEN, 1: SHUT},
    ("bbgs", "q2"): {0: OPEN, 1: SHUT},
    ("bbgs", "q3"): {0: OPEN, 1: SHUT},
    ("phq9", "q8"): {0: OPEN, 1: OPEN, 2: OPEN, 3: OPEN},
    ("phq9", "q9"): {0: OPEN, 1: SHUT, 2: SHUT, 3: SHUT},
    ("movement", "eating_now"): {0: OPEN, 1: OPEN, 2: SHUT, 3: NOT_NOW},
    ("movement", "making_up"): {0: OPEN, 1: SHUT, 2: SHUT},
    ("movement", "run_down"): {0: OPEN, 1: SHUT},
    ("movement", "joy_or_fear"): {0: OPEN, 1: OPEN, 2: WALK_ONLY, 3: OPEN},
    ("movement", "resting_today"): {0: OPEN, 1: OPEN, 2: OPEN, 3: WALK_ONLY},
    ("movement", "missed_day"): {0: OPEN, 1: OPEN, 2: OPEN, 3: WALK_ONLY},
    ("movement", "skipped"): {0: OPEN, 1: OPEN, 2: WALK_ONLY},
    ("readiness", "chest"): {0: OPEN, 1: SHUT},
    ("readiness", "faint"): {0: OPEN, 1: SHUT},
    ("readiness", "breath"): {0: OPEN, 1: SHUT},
    ("readiness", "legs"): {0: OPEN, 1: SHUT},
    ("readiness", "known_disease"): {0: OPEN, 1: WALK_ONLY},
    ("readiness", "active"): {0: OPEN, 1: OPEN},
    ("readiness", "other_health"): {0: OPEN, 1: PLAN},
    ("readiness", "pregnancy"): {0: OPEN, 1: WALK_ONLY},
    ("readiness", "followed"): {0: OPEN, 1: PLAN},
    ("readiness", "being_seen"): {0: OPEN, 1: PLAN},
    ("readiness", "access"): {0: OPEN, 1: PLAN},
    ("circumstances", "admission"): {0: OPEN, 1: SHUT},
    ("circumstances", "upheaval"): {0: OPEN, 1: SHUT},
    ("circumstances", "found"): {0: OPEN, 1: SHUT},
    ("circumstances", "acute"): {0: OPEN, 1: SHUT, 2: NOT_NOW},
    ("circumstances", "mind"): {0: OPEN, 1: PLAN},
    ("circumstances", "far_away"): {0: OPEN, 1: PLAN},
    ("circumstances", "known_here"): {0: OPEN, 1: PLAN},
    ("asq", "q1"): {0: OPEN, 1: SHUT},
    ("asq", "q2"): {0: OPEN, 1: SHUT},
    ("asq", "q3"): {0: OPEN, 1: SHUT},
    ("asq", "q4"): {0: OPEN, 1: SHUT},
    ("asq", "q5"): {0: OPEN, 1: NOT_NOW},
}
ROWS = [(key, item, value, *said) for (key, item), each in BY_ANSWER.items() for value, said in each.items()]


def suggested(**changes):
    hits = rules.assess(sheets(**changes), age=40)
    return tuple(rules.suggest(mode, hits).decision for mode in rules.MOVING_MODES)


@pytest.mark.parametrize(("key", "item", "value", "walk", "run"), ROWS)
def test_each_answer_at_under_and_over_its_threshold(key, item, value, walk, run):
    assert suggested(**{key: {item: value}}) == (walk, run)


@pytest.mark.parametrize("active", [0, NOT_SAID])
def test_a_known_disease_without_being_used_to_moving_waits_for_a_doctor(active):
    assert suggested(readiness={"known_disease": 1, "active": active}) == SHUT


@pytest.mark.parametrize("yes", [0, 1, 2, 3, 4, 5])
def test_frightening_events_at_under_and_over_the_cut_off(yes):
    answers = {"event": 1} | {f"q{number}": int(number <= yes) for number in range(1, 6)}

    assert suggested(pcptsd5=answers) == (PLAN if yes >= 3 else OPEN)


def test_every_question_of_our_own_stands_in_this_table():
    ours = [key for key in rules.GATE if load(key).tier == "own"]
    questions = {(key, item.key) for key in ours for item in load(key).items if item.kind != "words"}

    assert questions <= set(BY_ANSWER)
    assert all(
        set(BY_ANSWER[key, item]) == {option.value for option in load(key).item(item).options}
        for key, item in questions
    )


def test_every_question_stands_in_a_quiet_gate():
    assert suggested() == OPEN
    assert {key for key in rules.GATE if quiet(key)} == set(rules.GATE)
