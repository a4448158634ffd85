"""Rules that read points: each at, under and over its threshold, and with answers missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.instruments import NOT_SAID
from clients.screening import rules
from tests.clients.screening.sheets import EVERY, adding_up, any_sheets, scoring, sheet

HOLD, CONDITIONS, NOT_SUITED, CLEARED = "hold", "conditions", "not_suited", "cleared"
OLD, YOUNG = 25, 24
THRESHOLDS = [
    # questionnaire, points, age, walk, run, codes of the rules that fire
    ("scoff", 0, OLD, CLEARED, CLEARED, []),
    ("scoff", 1, OLD, CLEARED, CLEARED, ["H1a"]),
    ("scoff", 2, OLD, HOLD, HOLD, ["H1a"]),
    ("scoff", 5, OLD, HOLD, HOLD, ["H1a"]),
    ("scoff", 0, YOUNG, CLEARED, CLEARED, []),
    ("scoff", 1, YOUNG, HOLD, HOLD, ["H1a"]),
    ("scoff", 2, YOUNG, HOLD, HOLD, ["H1a"]),
    ("scoff", 0, None, CLEARED, CLEARED, []),
    ("scoff", 1, None, HOLD, HOLD, ["H1a"]),
    ("scoff", 2, None, HOLD, HOLD, ["H1a"]),
    ("auditc", 2, OLD, CLEARED, CLEARED, []),
    ("auditc", 3, OLD, HOLD, HOLD, ["H2a"]),
    ("auditc", 4, OLD, HOLD, HOLD, ["H2a"]),
    ("audit", 7, OLD, CLEARED, CLEARED, []),
    ("audit", 8, OLD, CLEARED, CLEARED, ["H2a"]),
    ("audit", 15, OLD, CLEARED, CLEARED, ["H2a"]),
    ("audit", 16, OLD, HOLD, HOLD, ["H2a"]),
    ("audit", 19, OLD, HOLD, HOLD, ["H2a"]),
    ("audit", 20, OLD, NOT_SUITED, NOT_SUITED, ["H2"]),
    ("audit", 40, OLD, NOT_SUITED, NOT_SUITED, ["H2"]),
    ("dast10", 0, OLD, CLEARED, CLEARED, []),
    ("dast10", 1, OLD, CLEARED, CLEARED, ["H2a"]),
    ("dast10", 2, OLD, CLEARED, CLEARED, ["H2a"]),
    ("dast10", 3, OLD, HOLD, HOLD, ["H2a"]),
    ("dast10", 5, OLD, HOLD, HOLD, ["H2a"]),
    ("dast10", 6, OLD, NOT_SUITED, NOT_SUITED, ["H2"]),
    ("dast10", 10, OLD, NOT_SUITED, NOT_SUITED, ["H2"]),
    ("bbgs", 0, OLD, CLEARED, CLEARED, []),
    ("bbgs", 1, OLD, HOLD, HOLD, ["H2a"]),
    ("bbgs", 3, OLD, HOLD, HOLD, ["H2a"]),
    ("eai", 6, OLD, CLEARED, CLEARED, []),
    ("eai", 12, OLD, CLEARED, CLEARED, []),
    ("eai", 13, OLD, CONDITIONS, HOLD, ["C1"]),
    ("eai", 23, OLD, CONDITIONS, HOLD, ["C1"]),
    ("eai", 24, OLD, HOLD, HOLD, ["H2a"]),
    ("eai", 30, OLD, HOLD, HOLD, ["H2a"]),
    ("cage", 1, OLD, CLEARED, CLEARED, []),
    ("cage", 2, OLD, HOLD, HOLD, ["H2a"]),
    ("cage", 4, OLD, HOLD, HOLD, ["H2a"]),
    ("cageaid", 0, OLD, CLEARED, CLEARED, []),
    ("cageaid", 1, OLD, CLEARED, CLEARED, ["H2a"]),
    ("cageaid", 2, OLD, HOLD, HOLD, ["H2a"]),
    ("pcptsd5", 2, OLD, CLEARED, CLEARED, []),
    ("pcptsd5", 3, OLD, CONDITIONS, CONDITIONS, ["C5"]),
    ("pcptsd5", 5, OLD, CONDITIONS, CONDITIONS, ["C5"]),
]
EXCLUDING = [
    ({"movement": {"eating_now": 3}}, "eating"),
    ({"dependence": {"now": 3}}, "addiction"),
    ({"asq": {"q5": 1}}, "crisis"),
    ({"circumstances": {"acute": 2}}, "crisis"),
    ({"audit": adding_up("audit", 20)}, "addiction"),
    ({"dast10": adding_up("dast10", 6)}, "addiction"),
]


def suggested(hits):
    return tuple(rules.suggest(mode, hits).decision for mode in rules.MOVING_MODES)


@pytest.mark.parametrize(("key", "total", "age", "walk", "run", "codes"), THRESHOLDS)
def test_points_at_under_and_over_a_threshold(key, total, age, walk, run, codes):
    hits = rules.assess(scoring(key, total), age=age)

    assert [hit.code for hit in hits if rules.is_of_guidance(hit.code)] == codes
    assert suggested(hits) == (walk, run)


@pytest.mark.parametrize("item", ["q6"])
@pytest.mark.parametrize(("value", "is_held"), [(0, False), (1, True), (4, True)])
def test_a_plan_to_end_ones_life_in_core_10_holds_the_same_day(item, value, is_held):
    hits = rules.assess(sheet("core10", {item: value}))

    assert any(hit.code == "H3a" and hit.level == rules.STOP for hit in hits) is is_held


@pytest.mark.parametrize(
    ("key", "missing", "expected"),
    [("scoff", 3, "hold"), ("audit", 4, "not_suited"), ("eai", 1, "hold")],
)
def test_points_that_are_certain_already_count_though_answers_are_missing(key, missing, expected):
    answers = {item.key: item.highest for item in EVERY[key].scored[: len(EVERY[key].scored) - missing]}

    assert suggested(rules.assess(sheet(key, answers), age=OLD)) == (expected, expected)


def test_a_question_of_a_scale_that_may_hold_holds_while_it_waits_for_a_talk():
    answers = adding_up("scoff", 0) | {"q1": NOT_SAID} if "q1" in EVERY["scoff"].item_keys else {}
    first = EVERY["scoff"].items[0].key
    hits = rules.assess(sheet("scoff", answers or {first: NOT_SAID}), age=OLD)

    assert suggested(hits) == ("hold", "hold")


def test_a_hit_says_which_points_met_which_threshold():
    hit = next(hit for hit in rules.assess(scoring("audit", 21)) if hit.code == "H2")

    assert hit.measured == "AUDIT 21 of 40; this rule begins at 20"
    assert "Babor" in str(hit.source)


def test_a_hit_on_missing_answers_says_at_least():
    answers = {item.key: 4 for item in EVERY["audit"].scored[:5]}

    hit = next(hit for hit in rules.assess(sheet("audit", answers)) if hit.code == "H2")

    assert hit.measured.startswith("AUDIT at least 20 of 40")


def test_only_the_questions_that_brought_points_are_named():
    hit = next(hit for hit in rules.assess(scoring("bbgs", 1)) if hit.code == "H2a")

    assert len(hit.because) == 1


class TestTheTable:
    @pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: f"{rule.code} {rule.says}"[:40])
    def test_every_rule_says_what_it_means_and_where_it_comes_from(self, rule):
        assert str(rule.says)
        assert str(rule.source)
        assert rule.level in rules.LEVELS

    @pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: f"{rule.code} {rule.says}"[:40])
    def test_what_closes_moving_says_what_may_be_held_against_it(self, rule):
        if rules.is_of_guidance(rule.code) and rule.walk != "cleared":
            assert str(rule.weigh)

    def test_every_code_of_the_guidance_but_c9_is_there(self):
        codes = {rule.code for rule in rules.RULES}

        assert {"H1", "H1a", "H2", "H2a", "H3", "H3a", "H3b"} <= codes
        assert {"C1", "C2", "C2a", "C3", "C4", "C5", "C6", "C7", "C8"} <= codes
        assert "C9" not in codes

    def test_body_mass_weight_pace_and_fitness_are_never_rules(self):
        read = {word.lower() for rule in rules.RULES for given in rule.when.reads for word in given}

        assert not read & set(rules.NEVER_RULES)

    @pytest.mark.parametrize("rule", [rule for rule in rules.RULES if rule.excludes])
    def test_what_excludes_closes_both_ways(self, rule):
        assert (rule.walk, rule.run) == ("not_suited", "not_suited")

    def test_every_question_that_a_rule_reads_exists(self):
        read = {given for rule in rules.RULES for given in rule.when.reads}

        for key, item in read:
            assert key in EVERY
            assert not item or item in EVERY[key].item_keys


class TestWhateverElseIsSaid:
    @given(any_sheets(), st.one_of(st.none(), st.integers(18, 90)), st.sampled_from(EXCLUDING))
    def test_no_sheet_with_a_hard_exclusion_ever_suggests_clearance(self, sheets, age, stated):
        (changes, exclusion) = stated
        for key, said in changes.items():
            before = dict(sheets[key].answers) if key in sheets else {}
            sheets |= sheet(key, before | said)

        hits = rules.assess(sheets, age=age)

        assert exclusion in rules.exclusions(hits)
        assert suggested(hits) == ("not_suited", "not_suited")

    @given(any_sheets(), st.one_of(st.none(), st.integers(18, 90)))
    def test_whoever_is_excluded_is_not_suited_and_whoever_is_held_is_not_cleared(self, sheets, age):
        hits = rules.assess(sheets, age=age)

        if rules.exclusions(hits):
            assert suggested(hits) == ("not_suited", "not_suited")
        for mode, decision in zip(rules.MOVING_MODES, suggested(hits), strict=True):
            assert bool(rules.holding(hits, mode)) is (decision not in rules.ALLOWING)

    @given(any_sheets(), st.one_of(st.none(), st.integers(18, 90)))
    def test_running_is_never_freer_than_walking(self, sheets, age):
        order = ["cleared", "conditions", "hold", "not_suited"]
        walk, run = suggested(rules.assess(sheets, age=age))

        assert order.index(walk) <= order.index(run)

    @given(any_sheets(), st.sampled_from(["scoff", "audit", "eai", "bbgs", "phq9", "circumstances"]))
    def test_another_sheet_never_makes_a_suggestion_freer(self, sheets, key):
        order = ["cleared", "conditions", "hold", "not_suited"]
        without = {name: one for name, one in sheets.items() if name != key}

        fewer, more = suggested(rules.assess(without)), suggested(rules.assess(sheets))

        assert all(order.index(a) <= order.index(b) for a, b in zip(fewer, more, strict=True))

    @given(any_sheets())
    def test_every_suggestion_is_explained_by_the_hits_behind_it(self, sheets):
        hits = rules.assess(sheets)

        for mode in rules.MOVING_MODES:
            suggestion = rules.suggest(mode, hits)
            explained = rules.explain(suggestion)
            assert explained.sentence
            assert len(explained.reasons) == len(suggestion.because)
            assert bool(explained.otherwise) is (suggestion.decision != "cleared")
            assert any(reason.decides for reason in explained.reasons) is (suggestion.decision != "cleared")
