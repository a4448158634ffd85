"""The files we ship are whole, and a broken one says what is wrong with it."""

import copy
import tomllib

import pytest

from clients.instruments import BadInstrument, keys, load, read, written
from clients.instruments.loading import DATA


@pytest.mark.parametrize("key", keys())
def test_every_questionnaire_names_its_licence_and_source(key):
    instrument = load(key)

    assert instrument.key == key
    assert instrument.licence
    assert instrument.attribution
    assert instrument.source
    assert instrument.version


def test_every_file_is_offered():
    assert {path.stem for path in DATA.glob("*.toml")} == set(keys())


@pytest.mark.parametrize("key", keys())
def test_a_snapshot_reads_back_as_the_same_questionnaire(key):
    assert read(written(load(key))) == load(key)


def test_a_questionnaire_is_read_once():
    assert load("phq9") is load("phq9")


def test_an_unknown_key_is_a_key_error():
    with pytest.raises(KeyError):
        load("../../settings")


def test_the_range_of_the_two_measures():
    assert (load("phq9").lowest, load("phq9").highest) == (0, 27)
    assert (load("gad7").lowest, load("gad7").highest) == (0, 21)


def test_the_last_question_of_the_phq9_is_a_safety_question():
    assert load("phq9").item("q9").safety == {1, 2, 3}


def test_only_the_asq_is_asked_by_a_clinician():
    assert [key for key in keys() if load(key).asked_by == "clinician"] == ["asq"]


def test_lowest_option_of_the_gad7_is_not_at_all():
    assert load("gad7").items[0].label_of(0) == "Not at all"


def test_no_question_speaks_of_weight_or_calories():
    words = " ".join(path.read_text().lower() for path in DATA.glob("*.toml"))

    assert not any(word in words for word in ("weight", "calorie", "bmi"))


def phq9():
    return copy.deepcopy(tomllib.loads((DATA / "phq9.toml").read_text()))


BROKEN = {
    "lacks": lambda data: data.pop("licence"),
    "unknown": lambda data: data.update(colour="green"),
    "tier": lambda data: data.update(tier="D"),
    "asked by": lambda data: data.update(asked_by="nobody"),
    "scored by": lambda data: data.update(scoring="guess"),
    "no items": lambda data: data.update(items=[]),
    "twice": lambda data: data["items"].append(data["items"][0]),
    "bands out of order": lambda data: data.update(bands=[[5, "mild"], [0, "none"]]),
    "above the lowest": lambda data: data.update(bands=[[1, "none"]]),
    "beyond the highest": lambda data: data.update(bands=[[0, "none"], [28, "more"]]),
    "outside its range": lambda data: data.update(cut_off=28),
    "two options": lambda data: data.update(options=[[0, "No"], [0, "Yes"]]),
    "below 0": lambda data: data.update(options=[[-1, "No"], [0, "Yes"]]),
    "without words": lambda data: data.update(options=[[0, ""], [1, "Yes"]]),
    "nothing to choose": lambda data: data.update(options=[]),
    "in an item": lambda data: data["items"][0].update(colour="green"),
    "without key or text": lambda data: data["items"][0].update(text=""),
    "of kind": lambda data: data["items"][0].update(kind="slider"),
    "no range": lambda data: data["items"][0].update(kind="count", least=3, most=3),
    "does not have": lambda data: data["items"][0].update(safety=[9]),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_says_what_is_wrong(fault):
    data = phq9()
    BROKEN[fault](data)

    with pytest.raises(BadInstrument, match=fault):
        read(data)
