"""The decision as a state machine, its words, and the limits that go with it."""

from datetime import date

import pytest

from clients.screening import rules
from clients.screening.rules.states import STEPS
from tests.clients.screening.sheets import scoring, sheet
from tests.factories import MONDAY_NOON

STATES = ["undecided", "not_yet", "cleared", "conditions", "hold", "not_suited", "expired", "letter_missing"]
DECISIONS = ["cleared", "conditions", "hold", "not_suited"]
DAY = date(2026, 6, 3)


def need(state, decision, *, held=False):
    return rules.need_of(state, decision, is_held_by_answers=held).value


def test_every_state_knows_every_decision():
    assert set(STEPS) == set(STATES) == set(rules.STATES)
    assert all(set(steps) == set(DECISIONS) for steps in STEPS.values())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("decision", ["hold", "not_suited"])
def test_stopping_never_needs_anything_more(state, decision):
    assert need(state, decision, held=True) == "nothing"


@pytest.mark.parametrize("decision", ["cleared", "conditions"])
@pytest.mark.parametrize(
    ("state", "needed"),
    [
        ("undecided", "nothing"),
        ("not_yet", "nothing"),
        ("cleared", "nothing"),
        ("conditions", "nothing"),
        ("hold", "talk"),
        ("not_suited", "talk"),
        ("expired", "nothing"),
        ("letter_missing", "talk"),
    ],
)
def test_a_yes_needs_a_talk_where_something_stood_in_the_way(state, decision, needed):
    assert need(state, decision) == needed
    assert need(state, decision, held=True) == "talk"


def test_what_is_no_state_has_no_steps():
    with pytest.raises(KeyError):
        need("open", "cleared")


class TestTheExplanation:
    def test_it_names_the_rule_that_decides_and_what_would_follow_without(self):
        hits = rules.assess(scoring("bbgs", 1) | scoring("pcptsd5", 4))

        explained = rules.explain(rules.suggest("walk", hits))

        assert explained.sentence == (
            "On hold for walking until somebody has talked with them, because of rule H2a."
        )
        assert explained.otherwise == (
            "Set rule H2a aside after a talk, and the other answers leave walking open with conditions."
        )
        assert [(reason.code, reason.decides) for reason in explained.reasons] == [
            ("H2a", True),
            ("C5", False),
        ]

    def test_it_gives_what_may_be_held_against_a_rule(self):
        reason = rules.explain(rules.suggest("run", rules.assess(scoring("scoff", 2), age=40))).reasons[0]

        assert "false alarms" in reason.weigh
        assert reason.measured.endswith("2 of 5; this rule begins at 2")
        assert "BMJ 1999" in reason.source

    def test_nothing_overrides_a_crisis(self):
        explained = rules.explain(rules.suggest("walk", rules.assess(sheet("asq", {"q1": 1, "q5": 1}))))

        assert explained.otherwise.startswith("Nobody overrides this.")

    def test_a_stated_addiction_may_be_overridden_by_a_second_clinician(self):
        explained = rules.explain(rules.suggest("walk", rules.assess(sheet("dependence", {"now": 3}))))

        assert "second clinician" in explained.otherwise

    def test_what_was_not_asked_is_said_without_a_code(self):
        explained = rules.explain(rules.suggest("walk", rules.still_to_ask(rules.Asked(oldest=MONDAY_NOON))))

        assert "what is still to be asked" in explained.sentence
        assert {reason.code for reason in explained.reasons} == {""}

    def test_quiet_answers_are_said_to_speak_against_nothing(self):
        assert rules.explain(rules.suggest("run", ())).sentence == "No answer speaks against running."


class TestLimits:
    def test_nothing_set_is_no_limit(self):
        assert not rules.NO_LIMITS.is_any
        assert not rules.Limits(letter_seen=True).is_any
        assert rules.NO_LIMITS.in_words() == ()

    def test_every_limit_is_said(self):
        limits = rules.Limits(
            most_minutes=30,
            route_kinds=("quiet", "flat"),
            company=True,
            no_solo_runs=True,
            letter_by=DAY,
        )

        assert limits.in_words() == (
            "At most 30 minutes of moving.",
            "Routes: flat, quiet.",
            "No runs alone between sessions.",
            "In company between sessions, not alone.",
            "A doctor’s letter by 3 June 2026.",
        )

    @pytest.mark.parametrize(
        ("day", "seen", "missing"), [(3, False, False), (4, False, True), (4, True, False)]
    )
    def test_a_letter_is_missing_after_its_day(self, day, seen, missing):
        limits = rules.Limits(letter_by=DAY, letter_seen=seen)

        assert limits.letter_is_missing(date(2026, 6, day)) is missing

    def test_a_letter_that_came_is_said(self):
        assert rules.Limits(letter_by=DAY, letter_seen=True).in_words() == ("A doctor’s letter has come.",)

    def test_rules_propose_limits_together(self):
        hits = rules.assess(sheet("readiness", {"being_seen": 1, "access": 1}) | scoring("eai", 13))

        assert rules.suggest("walk", hits).limits == rules.Limits(
            route_kinds=("step_free", "quiet"), no_solo_runs=True
        )

    def test_of_all_that_rules_propose_the_strictest_is_kept(self):
        proposed = [
            rules.Limits(most_minutes=40, letter_by=DAY, route_kinds=("quiet",)),
            rules.Limits(most_minutes=20, company=True, route_kinds=("lit",)),
            rules.Limits(no_solo_runs=True, letter_by=DAY.replace(day=20)),
        ]
        hits = [
            rules.Hit(level="check", code="C9", sentence="", walk="conditions", limits=one)
            for one in proposed
        ]

        assert rules.suggest("walk", hits).limits == rules.Limits(
            most_minutes=20, company=True, no_solo_runs=True, letter_by=DAY, route_kinds=("quiet", "lit")
        )
