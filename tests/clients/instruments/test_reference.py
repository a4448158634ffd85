"""The product's scorer and the reference, which shares nothing with it, say the same of every sheet."""

import pytest

from clients.instruments import OutOfRange, bundled, load, score
from tests.clients.instruments.reference import KEYS, REFUSED, by_hand, questions_of
from tests.clients.instruments.sheets import sheets

FEW, MANY = 1_000, 10_000


def by_product(instrument, sheet):
    try:
        result = score(instrument, sheet)
    except OutOfRange:
        return REFUSED
    return result.total, result.band, set(result.missing), set(result.flags), result.prorated


def disagreements(key, count):
    instrument = load(key)
    for sheet in sheets(key, questions_of(key), count):
        if by_product(instrument, sheet) != by_hand(key, sheet):
            yield sheet, by_product(instrument, sheet), by_hand(key, sheet)


def test_the_reference_knows_every_questionnaire_we_ship():
    assert set(KEYS) == set(bundled())


@pytest.mark.parametrize("key", KEYS)
def test_the_reference_asks_the_same_questions(key):
    assert set(questions_of(key)) == set(load(key).item_keys)


@pytest.mark.parametrize("key", KEYS)
def test_both_scorers_agree(key):
    assert next(disagreements(key, FEW), None) is None


@pytest.mark.deep
@pytest.mark.parametrize("key", KEYS)
def test_both_scorers_agree_on_ten_thousand_sheets(key):
    assert next(disagreements(key, MANY), None) is None


@pytest.mark.parametrize("key", KEYS)
def test_the_sheets_hold_every_kind(key):
    said = [by_hand(key, sheet) for sheet in sheets(key, questions_of(key), FEW)]
    scored = [one for one in said if one != REFUSED]

    assert REFUSED in said
    assert scored
    if load(key).scored:
        assert any(one[0] is None for one in scored)
        assert any(one[0] is not None for one in scored)


def test_prorated_and_reversed_sheets_are_among_them():
    said = [by_hand("core10", sheet) for sheet in sheets("core10", questions_of("core10"), FEW)]

    assert any(one != REFUSED and one[4] for one in said)
