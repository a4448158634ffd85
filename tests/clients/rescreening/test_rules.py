"""When a decision is to be looked at again: each threshold of domain.md §2.5 at, under and over it."""

from datetime import date, timedelta

import pytest

from clients.rescreening import rules
from clients.rescreening.models import Kind

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(("days", "is_over"), [(-1, False), (0, False), (1, True)])
def test_a_decision_holds_on_its_last_day_and_no_longer(days, is_over):
    assert rules.is_over(TODAY, TODAY + timedelta(days=days)) is is_over


@pytest.mark.parametrize(("days", "is_break"), [(27, False), (28, True), (29, True)])
def test_a_break_is_28_days_or_more(days, is_break):
    assert rules.is_a_break(TODAY - timedelta(days=days), TODAY) is is_break


@pytest.mark.parametrize(
    ("instrument", "before", "after", "kind"),
    [
        ("phq9", 5, 10, ""),
        ("phq9", 5, 11, "phq9_up"),
        ("phq9", 5, 12, "phq9_up"),
        ("phq9", 20, 3, ""),
        ("gad7", 4, 7, ""),
        ("gad7", 4, 8, "gad7_up"),
        ("gad7", 4, 9, "gad7_up"),
        ("core10", 0, 40, ""),
    ],
)
def test_a_total_has_risen_by_six_or_by_four(instrument, before, after, kind):
    assert rules.rise(instrument, before, after) == kind


@pytest.mark.parametrize(("count", "enough"), [(1, False), (2, True), (3, True)])
def test_two_open_signals_are_enough(count, enough):
    assert rules.are_enough_signals(count) is enough


def test_every_kind_has_a_code_of_its_own_that_says_nothing():
    assert set(rules.CODES) == set(Kind.values)
    assert len(set(rules.CODES.values())) == len(rules.CODES)
    assert all(code[0] == "R" and code[1:].isdigit() for code in rules.CODES.values())


def test_all_hold_but_a_wish_to_run_and_what_holds_by_itself():
    assert set(Kind.values) - rules.HOLDS == {"walk_to_run", "safety", "answers"}


def test_a_client_tells_only_what_a_clinician_could_note_too():
    assert set(rules.TOLD_BY_CLIENT) <= set(rules.TOLD_BY_STAFF) <= set(Kind.values)
