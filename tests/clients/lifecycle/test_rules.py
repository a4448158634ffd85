"""How long a record is kept."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.lifecycle import rules
from clients.lifecycle.rules import DEFAULTS, ELSEWHERE, Policy, default_for, hash_of, kept_until, years_after

UK = DEFAULTS["GB"].policy
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))


def test_an_adults_record_is_kept_seven_years_after_the_last_session():
    assert kept_until(date(2026, 6, 1), date(1988, 3, 27), UK) == date(2033, 6, 1)


def test_without_a_birth_date_the_years_alone_count():
    assert kept_until(date(2026, 6, 1), None, UK) == date(2033, 6, 1)


@pytest.mark.parametrize(
    ("born_on", "until"),
    [
        (date(2016, 3, 27), date(2041, 3, 27)),  # ten when it ended: until 25
        (date(2008, 12, 1), date(2034, 12, 1)),  # seventeen: until 26
        (date(2008, 6, 1), date(2033, 6, 1)),  # eighteen on that very day: an adult
        (date(2008, 6, 2), date(2034, 6, 2)),  # one day short of eighteen
    ],
)
def test_a_minors_record_is_kept_until_they_are_25_or_26(born_on, until):
    assert kept_until(date(2026, 6, 1), born_on, UK) == until


def test_in_the_united_states_whichever_is_later_counts():
    policy = DEFAULTS["US"].policy

    assert kept_until(date(2026, 6, 1), date(2009, 6, 1), policy) == date(2033, 6, 1)
    assert kept_until(date(2026, 6, 1), date(2016, 6, 1), policy) == date(2037, 6, 1)


def test_the_last_day_counts():
    assert rules.must_be_kept(date(2033, 6, 1), date(2033, 6, 1))
    assert not rules.must_be_kept(date(2033, 6, 1), date(2033, 6, 2))


def test_the_29th_of_february_loses_no_day():
    assert years_after(date(2024, 2, 29), 7) == date(2031, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_a_country_we_know_nothing_of_says_so():
    assert default_for("XX") is ELSEWHERE
    assert default_for("gb") is DEFAULTS["GB"]


@given(last=DAYS, born=st.none() | DAYS, years=st.integers(1, 100), age=st.integers(18, 100))
def test_nobody_goes_before_the_years_are_over(last, born, years, age):
    policy = Policy(years=years, minor_age=age, late_minor_age=age)

    assert kept_until(last, born, policy) >= years_after(last, years)


@given(last=DAYS, born=DAYS, years=st.integers(1, 99))
def test_more_years_never_mean_less_keeping(last, born, years):
    shorter = Policy(years=years, minor_age=25, late_minor_age=26)
    longer = Policy(years=years + 1, minor_age=25, late_minor_age=26)

    assert kept_until(last, born, shorter) <= kept_until(last, born, longer)


def test_a_request_is_good_for_thirty_days():
    asked = datetime(2026, 6, 1, tzinfo=UTC)

    assert not rules.is_too_old(asked, asked + timedelta(days=30))
    assert rules.is_too_old(asked, asked + timedelta(days=30, seconds=1))


def test_a_tombstone_says_nothing_to_who_tries_all_references_through():
    kept = hash_of("TP-0007", key=b"a key of this installation")

    tried = {
        sha256(f"{words}TP-{number:04d}".encode()).hexdigest()
        for number in range(100)
        for words in ("", "towpath reference ")
    }

    assert kept not in tried
    assert kept != hash_of("TP-0007", key=b"another")
