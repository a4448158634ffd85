"""What holds about a client's details."""

from datetime import date

import pytest

from clients.record import rules


@pytest.mark.parametrize(("highest", "reference"), [(0, "TP-0001"), (41, "TP-0042"), (9999, "TP-10000")])
def test_references_count_up(highest, reference):
    assert rules.reference_after(highest) == reference


@pytest.mark.parametrize(
    ("born_on", "possible"),
    [
        (date(2026, 6, 1), True),
        (date(2026, 6, 2), False),
        (date(1906, 1, 1), True),
        (date(1905, 12, 31), False),
    ],
)
def test_who_could_be_born_on_a_day(born_on, possible):
    assert rules.could_be_born_on(born_on, date(2026, 6, 1)) is possible


@pytest.mark.parametrize(("day", "age"), [(date(2026, 3, 26), 37), (date(2026, 3, 27), 38)])
def test_age_is_counted_in_whole_years(day, age):
    assert rules.age_on(date(1988, 3, 27), day) == age


def test_the_mark_changes_with_any_word_and_with_none_moved_to_its_neighbour():
    assert rules.fingerprint("a", "b") != rules.fingerprint("ab", "")
    assert rules.fingerprint("a", "b") == rules.fingerprint("a", "b")
