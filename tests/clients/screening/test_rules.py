"""Each rule at, under and over its threshold; and what no answer sheet may ever do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.instruments import NOT_SAID, load
from clients.screening import rules
from tests.clients.screening.answering import THE_CLIENTS_OWN, sheets

AT_THE_THRESHOLD = [
    ("H1", "stop", {"movement": {"eating_now": 3}}),
    ("H1", "check", {"movement": {"eating_now": 2}}),
    ("H1a", "check", {"movement": {"making_up": 1}}),
    ("H1a", "check", {"movement": {"making_up": 2}}),
    ("H2", "stop", {"dependence": {"now": 3}}),
    ("H2", "check", {"dependence": {"now": 2}}),
    ("H2a", "check", {"drugs": {"times": 1}}),
    ("H2a", "check", {"drugs": {"times": 40}}),
    ("H2a", "check", {"alcohol": {"times": 1}}),
    ("H3", "stop", {"asq": {"q1": 1, "q5": 1}}),
    ("H3", "stop", {"circumstances": {"acute": 2}}),
    ("H3a", "stop", {"circumstances": {"acute": 1}}),
    ("H3a", "stop", {"phq9": {"q9": 1}}),
    ("H3a", "stop", {"phq9": {"q9": 3}}),
    ("H3a", "stop", {"asq": {"q1": 1}}),
    ("H3a", "stop", {"asq": {"q2": 1}}),
    ("H3a", "stop", {"asq": {"q3": 1}}),
    ("H3a", "stop", {"asq": {"q4": 1}}),
    ("C1", "check", {"movement": {"joy_or_fear": 2}}),
    ("C1", "check", {"movement": {"resting_today": 3}}),
    ("C1", "check", {"movement": {"missed_day": 3}}),
    ("C1", "check", {"movement": {"skipped": 2}}),
    ("C1", "note", {"movement": {"resting_today": 2}}),
    ("C1", "note", {"movement": {"missed_day": 2}}),
    ("C1", "note", {"movement": {"skipped": 1}}),
    ("C2", "check", {"readiness": {"chest": 1}}),
    ("C2", "check", {"readiness": {"faint": 1}}),
    ("C2", "check", {"readiness": {"breath": 1}}),
    ("C2", "check", {"readiness": {"legs": 1}}),
    ("C2a", "check", {"readiness": {"known_disease": 1, "active": 0}}),
    ("C2a", "check", {"readiness": {"known_disease": 1, "active": 1}}),
    ("C3", "check", {"readiness": {"other_health": 1}}),
    ("C4", "check", {"readiness": {"pregnancy": 1}}),
    ("C5", "check", {"readiness": {"followed": 1}}),
    ("C6", "check", {"circumstances": {"mind": 1}}),
    ("C5", "check", {"circumstances": {"far_away": 1}}),
    ("C8", "check", {"circumstances": {"known_here": 1}}),
    ("H3b", "stop", {"circumstances": {"admission": 1}}),
    ("H3a", "stop", {"circumstances": {"admission": 1}}),
    ("H3b", "stop", {"circumstances": {"upheaval": 1}}),
    ("H3b", "stop", {"circumstances": {"found": 1}}),
    ("talk", "check", {"circumstances": {"upheaval": NOT_SAID}}),
    ("C7", "check", {"movement": {"run_down": 1}}),
    ("C8", "check", {"readiness": {"being_seen": 1}}),
    ("C8", "check", {"readiness": {"access": 1}}),
    ("history", "note", {"movement": {"eating_now": 1}}),
    ("history", "note", {"dependence": {"now": 1}}),
    ("words", "note", {"readiness": {"anything_else": "An inhaler"}}),
    ("talk", "check", {"readiness": {"chest": NOT_SAID}}),
    ("H3a", "stop", {"phq9": {"q9": NOT_SAID}}),
    ("H3a", "stop", {"asq": {"q2": NOT_SAID}}),
    ("H3a", "stop", {"circumstances": {"admission": NOT_SAID}}),
    ("wish", "note", {"gad7": {"q1": NOT_SAID}}),
    ("wish", "note", {"readiness": {"active": NOT_SAID}}),
    ("talk", "check", {"movement": {"missed_day": NOT_SAID}}),
    ("talk", "check", {"readiness": {"pregnancy": NOT_SAID}}),
    ("talk", "check", {"readiness": {"followed": NOT_SAID}}),
    ("talk", "check", {"pcptsd5": {"event": NOT_SAID}}),
]
BELOW_THE_THRESHOLD = [
    {},
    {"movement": {"joy_or_fear": 1, "resting_today": 1, "missed_day": 1}},
    {"movement": {"joy_or_fear": 3}},
    {"readiness": {"active": 0}},
    {"readiness": {"anything_else": "   "}},
]
HOLDING = [
    {"movement": {"eating_now": 2}},
    {"movement": {"making_up": 1}},
    {"dependence": {"now": 2}},
    {"drugs": {"times": 1}},
    {"phq9": {"q9": 1}},
    {"asq": {"q4": 1}},
    {"readiness": {"chest": 1}},
    {"readiness": {"known_disease": 1, "active": 0}},
    {"readiness": {"known_disease": 1, "active": NOT_SAID}},
    {"movement": {"run_down": 1}},
    {"phq9": {"q9": NOT_SAID}},
    {"circumstances": {"upheaval": 1}},
    {"circumstances": {"found": NOT_SAID}},
    {"asq": {"q2": NOT_SAID}},
    {"dependence": {"now": NOT_SAID}},
]


@pytest.mark.parametrize(("code", "level", "changes"), AT_THE_THRESHOLD)
def test_a_rule_fires_at_its_threshold_and_names_the_answer(code, level, changes):
    hits = [hit for hit in rules.assess(sheets(**changes)) if hit.code == code and hit.level == level]

    assert hits
    assert all(given[0] in changes for given in hits[0].because)


@pytest.mark.parametrize("changes", BELOW_THE_THRESHOLD)
def test_nothing_fires_below(changes):
    assert rules.assess(sheets(**changes)) == ()


@pytest.mark.parametrize("mode", rules.MOVING_MODES)
def test_quiet_answers_suggest_clearance(mode):
    assert rules.suggest(mode, rules.assess(sheets())).decision == rules.CLEARED


@pytest.mark.parametrize("changes", HOLDING)
@pytest.mark.parametrize("mode", rules.MOVING_MODES)
def test_a_positive_screen_suggests_a_hold(mode, changes):
    assert rules.suggest(mode, rules.assess(sheets(**changes))).decision == rules.HOLD


@pytest.mark.parametrize(
    ("changes", "walk", "run"),
    [
        ({"movement": {"missed_day": 3}}, "conditions", "hold"),
        ({"readiness": {"pregnancy": 1}}, "conditions", "hold"),
        ({"readiness": {"known_disease": 1, "active": 1}}, "conditions", "hold"),
        ({"readiness": {"other_health": 1}}, "conditions", "conditions"),
        ({"readiness": {"followed": 1}}, "conditions", "conditions"),
        ({"movement": {"skipped": 1}}, "cleared", "cleared"),
    ],
)
def test_conditions_leave_walking_open(changes, walk, run):
    hits = rules.assess(sheets(**changes))

    assert (rules.suggest("walk", hits).decision, rules.suggest("run", hits).decision) == (walk, run)


EVERY_QUESTION = [
    (key, item)
    for key in rules.GATE
    for item in load(key).items
    if item.kind != "words" and (key, item.key) != ("readiness", "active")
]


@pytest.mark.parametrize(("key", "item"), EVERY_QUESTION, ids=lambda one: getattr(one, "key", one))
@pytest.mark.parametrize("mode", rules.MOVING_MODES)
def test_a_question_left_for_a_talk_is_read_as_its_gravest_answer(key, item, mode):
    """But for the exclusions, which somebody must state: they hold."""
    order = ["cleared", "conditions", "hold"]
    values = [option.value for option in item.options] or [0, 1, 5]

    def read(value):
        decision = rules.suggest(mode, rules.assess(sheets(**{key: {item.key: value}}), age=40)).decision
        return "hold" if decision == "not_suited" else decision

    assert order.index(read(NOT_SAID)) >= max(order.index(read(value)) for value in values)


def test_conditions_come_with_words_to_begin_from():
    suggestion = rules.suggest("walk", rules.assess(sheets(movement={"skipped": 2})))

    assert "rest days" in str(suggestion.conditions[0])


def test_the_loudest_comes_first():
    hits = rules.assess(sheets(phq9={"q9": 1}, readiness={"followed": 1}, movement={"skipped": 1}))

    assert [hit.level for hit in hits] == ["stop", "check", "note"]


@pytest.mark.parametrize(("total", "is_noted"), [(9, False), (10, True), (11, True)])
def test_a_measure_is_noted_at_its_cut_off(total, is_noted):
    phq9 = dict.fromkeys(("q1", "q2", "q3"), 3) | {"q4": total - 9}
    hits = rules.assess(sheets(phq9=phq9))

    assert any(hit.code == "PHQ-9" for hit in hits) is is_noted


def any_answer(item):
    if item.kind == "words":
        return st.text(alphabet="ab ", max_size=3)
    values = (
        st.integers(item.least, item.most)
        if item.kind == "count"
        else st.sampled_from([o.value for o in item.options])
    )
    return st.one_of(values, st.just(NOT_SAID))


def any_sheet(key):
    return st.fixed_dictionaries({}, optional={item.key: any_answer(item) for item in load(key).items})


any_sheets = st.fixed_dictionaries(
    {}, optional={key: any_sheet(key) for key in (*THE_CLIENTS_OWN, "asq")}
).map(
    lambda answers: {key: rules.Sheet(instrument=load(key), answers=sheet) for key, sheet in answers.items()}
)


@given(any_sheets)
def test_no_hard_exclusion_ever_suggests_clearance(answered):
    hits = rules.assess(answered)
    decisions = {rules.suggest(mode, hits).decision for mode in rules.MOVING_MODES}

    if rules.exclusions(hits):
        assert decisions == {rules.NOT_SUITED}
    for mode in rules.MOVING_MODES:
        held = bool(rules.holding(hits, mode))
        assert held is (rules.suggest(mode, hits).decision not in rules.ALLOWING)


@given(any_sheets)
def test_every_hit_names_the_answers_it_rests_on(answered):
    for hit in rules.assess(answered):
        assert all(key in answered for key, _item in hit.because)


@given(any_sheets, st.sampled_from(["eating_now", "now", "q5"]))
def test_whatever_else_is_said_an_exclusion_stands(answered, item):
    key = {"eating_now": "movement", "now": "dependence", "q5": "asq"}[item]
    said = {**(answered[key].answers if key in answered else {}), item: 1 if item == "q5" else 3}
    changed = {**answered, key: rules.Sheet(instrument=load(key), answers=said)}

    assert rules.exclusions(rules.assess(changed))
