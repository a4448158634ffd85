"""When a number has to be confirmed again."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from practice.resources import rules, shipped

TODAY = date(2026, 12, 1)


@dataclass(frozen=True)
class Row:
    need: str
    phone: str = ""
    sms: str = ""


@pytest.mark.parametrize(("days", "due"), [(0, False), (179, False), (180, False), (181, True), (400, True)])
def test_a_confirmation_holds_for_180_days(days, due):
    assert rules.is_due(TODAY - timedelta(days=days), TODAY) is due


def test_what_nobody_confirmed_is_always_due():
    assert rules.is_due(None, TODAY)


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([], {"emergency", "crisis"}),
        ([Row("emergency", phone="999")], {"crisis"}),
        ([Row("emergency", phone="999"), Row("crisis", sms="85258")], set()),
        ([Row("emergency"), Row("crisis", phone="116 123")], {"emergency"}),
        ([Row("eating", phone="1")], {"emergency", "crisis"}),
    ],
)
def test_a_help_page_needs_somebody_to_call_in_danger_and_in_a_crisis(rows, missing):
    assert rules.missing_needs(rows) == missing


def test_only_what_was_checked_in_a_source_ships_with_a_day():
    checked = {(row.country, row.phone or row.link) for row in shipped.ROWS if row.verified_on}

    assert checked == {
        ("US", "988"),
        ("US", "1-800-662-4357"),
        ("CA", "9-8-8"),
        ("", "https://findahelpline.com"),
    }


def test_nothing_is_shipped_twice():
    rows = [(row.country, row.need, row.phone, row.sms, row.link) for row in shipped.ROWS]

    assert len(rows) == len(set(rows))
