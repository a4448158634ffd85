"""What a file of a questionnaire must be, and the words for one that is not."""

import copy
import json
import random
import tomllib
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from clients.instruments import BadInstrument, bundled, checked, score
from clients.instruments.loading import DATA
from clients.instruments.parsing import LARGEST_FILE
from clients.instruments.shape import faults_of, schema
from tests.clients.instruments.made_up import BASE, as_json, made_up

ROUNDS = 400


def faults(raw):
    with pytest.raises(BadInstrument) as problem:
        checked(raw)
    return str(problem.value)


def item(**changes):
    """The file with its first question changed."""
    data = made_up()
    data["items"][0].update(changes)
    return data


def test_a_good_file_is_read():
    assert checked(as_json(made_up())).name == "Our check"


def test_toml_and_json_say_the_same():
    raw = (DATA / "core10.toml").read_bytes()

    assert checked(as_json(tomllib.loads(raw.decode()))) == checked(raw)


WRONG_SHAPE = {
    "lacks “licence”": {key: value for key, value in BASE.items() if key != "licence"},
    "has “colour”": made_up(colour="green"),
    "format: must be one of: 2": made_up(format=3),
    "key: “Our Check” is not written": made_up(key="Our Check"),
    "key: “x\n” is not written": made_up(key="x\n"),
    "version: “one two” is not written": made_up(version="one two"),
    "tier: must be one of": made_up(tier="E"),
    "asked_by: must be one of": made_up(asked_by="nobody"),
    "scoring: must be one of": made_up(scoring="guess"),
    "language: “English” is not written": made_up(language="English"),
    "items: must have 1 to 100 entries": made_up(items=[]),
    "items: must be a list": made_up(items="none"),
    "items.1: must be a group": made_up(items=["q1"]),
    "items.1: has “colour”": item(colour="green"),
    "items.1.text: must be words, 1000 letters at most": item(text="x" * 1001),
    "items.1.text: must be words": item(text="   "),
    "items.1.kind: must be one of": item(kind="slider"),
    "items.1.reversed: must be true or false": item(reversed=1),
    "least_age: must be a whole number": made_up(least_age="18"),
    "least_age: must be from 0 to 120": made_up(least_age=121),
    "options.1.1: must be a whole number": made_up(options=[[True, "No"], [0, "Yes"]]),
    "options.1.1: must be from": made_up(options=[[-1, "No"], [0, "Yes"]]),
    "options.1.2: must be words": made_up(options=[[0, ""], [1, "Yes"]]),
    "options.1: must have 2 to 2 entries": made_up(options=[[0, "No", "x"], [1, "Yes"]]),
    "options: must have 2 to 20": made_up(options=[[0, "No"]]),
    "bands.1.1: must be a whole number": made_up(bands=[[0.5, "low"]]),
    "prorate.most_missing: must be from": made_up(prorate={"most_missing": 0}),
    "factor: must be from": made_up(factor=0),
}


@pytest.mark.parametrize("words", WRONG_SHAPE)
def test_a_file_of_the_wrong_shape_says_what_is_wrong(words):
    assert words in faults(as_json(WRONG_SHAPE[words]))


PARTS = [{"name": "One", "items": ["q1", "q2"]}, {"name": "Two", "items": ["q3"]}]
IMPOSSIBLE = {
    "items: has a question twice": made_up(items=[*BASE["items"], BASE["items"][0]]),
    "items.1: has nothing to choose from": {key: value for key, value in BASE.items() if key != "options"},
    "items.1: has two answers of one value": item(options=[[0, "No"], [0, "Yes"]]),
    "items.1: has no range for its number": item(kind="count", least=3, most=3),
    "items.1.safety: names an answer": item(safety=[9]),
    "items.1.doctor: names an answer": item(doctor=[9]),
    "items.1.reversed: words cannot": item(kind="words", reversed=True),
    "items.1.asked_if: must name an earlier": item(asked_if={"item": "q3", "values": [1]}),
    "items.3.asked_if: names an answer": made_up(
        items=[*BASE["items"][:2], BASE["items"][2] | {"asked_if": {"item": "q1", "values": [7]}}]
    ),
    "bands: must rise": made_up(bands=[[0, "low"], [3, "high"], [2, "mid"]]),
    "bands: must begin at the lowest total, 0": made_up(bands=[[1, "low"]]),
    "bands: go beyond the highest total, 6": made_up(bands=[[0, "low"], [7, "high"]]),
    "cut_off: lies outside the totals, 0 to 6": made_up(cut_off=7),
    "reliable_change: is larger": made_up(reliable_change=7),
    "scoring: has no question that counts": made_up(
        items=[{"key": "q1", "text": "In words?", "kind": "words"}], bands=[[0, "low"]]
    ),
    "subscales: must name each scored question once": made_up(scoring="means", subscales=PARTS[:1]),
    "subscales: are for the scoring “means” only": made_up(subscales=PARTS),
    "prorate: leaves no answer": made_up(prorate={"most_missing": 3}),
    "prorate: is for a plain sum only": made_up(
        scoring="means", subscales=PARTS, prorate={"most_missing": 1}, bands=[[0, "low"]], cut_off=1
    ),
}


@pytest.mark.parametrize("words", IMPOSSIBLE)
def test_a_questionnaire_that_cannot_be_says_why(words):
    assert words in faults(as_json(IMPOSSIBLE[words]))


def deep(depth):
    return b'{"a": ' + b"[" * depth + b"]" * depth + b"}"


HOSTILE = {
    "larger than 64 KB": b"x" * (LARGEST_FILE + 1),
    "no text file": b"\xff\xfe\x00PK\x03\x04",
    "JSON cannot be read": b'{"format": 2,',
    "nested too deep": deep(20),
    "nested too deep.": deep(30_000),
    "TOML cannot be read": b"format = = 2",
    "TOML cannot be read: ": b"a = " + b"[" * 20_000,
    "This JSON cannot be read: Exceeds": b'{"a": ' + b"9" * 5000 + b"}",
    "stands in it twice": b'{"key": "a", "key": "b"}',
    "NaN is no number": b'{"least_age": NaN}',
    "hidden sign": as_json(made_up(name="Our\u202echeck")),
    "name: holds a hidden sign": as_json(made_up(name="Our\x07check")),
    "items.1.text: holds a hidden sign": b'{"items": [{"text": "\\ud800"}]}',
    "must be words": b"name = 2026-01-01",
    "lacks": b"",
    "“format”": b"{}",
    "is nested too deep": b"a." * 40 + b"a = 1",
}


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_file_is_refused_in_plain_words(words):
    assert words in faults(HOSTILE[words])


def test_a_list_is_no_questionnaire():
    assert "cannot be read" in faults(b"[1, 2]")


def test_markup_is_words_like_any_other():
    assert checked(as_json(made_up(name="<script>x</script>"))).name == "<script>x</script>"


def test_only_the_first_faults_are_shown():
    with pytest.raises(BadInstrument) as problem:
        checked(as_json(made_up(**{f"x{number}": 1 for number in range(50)})))

    assert len(problem.value.shown) == 9
    assert problem.value.shown[-1] == "42 more."


@pytest.mark.parametrize("key", bundled())
def test_our_files_fit_the_schema_as_others_read_it(key):
    data = tomllib.loads((DATA / f"{key}.toml").read_text(encoding="utf-8"))

    assert list(Draft202012Validator(schema()).iter_errors(data)) == []


def test_the_schema_is_one():
    Draft202012Validator.check_schema(schema())


STRANGE: tuple[Any, ...] = (None, -1, 10_001, 2.5, True, "", "x" * 2000, "A b", [], {}, [1], {"x": 1})


def spoiled(chance):
    """A good file with one thing changed somewhere."""
    data = copy.deepcopy(
        chance.choice([BASE, json.loads(as_json(tomllib.loads((DATA / "pcptsd5.toml").read_text())))])
    )
    node: Any = data
    where: Any = None
    while isinstance(node, dict | list) and node and (where is None or chance.random() < 0.75):
        parent, where = node, chance.choice(list(node) if isinstance(node, dict) else range(len(node)))
        node = parent[where]
    if isinstance(parent, dict) and chance.random() < 0.3:
        del parent[where]
    else:
        parent[where] = chance.choice(STRANGE)
    return data


def test_we_read_the_schema_as_others_do():
    chance, others = random.Random(7), Draft202012Validator(schema())

    for _round in range(ROUNDS):
        data = spoiled(chance)
        assert (not list(faults_of(data))) == others.is_valid(data), data


def numbered(*values):
    return {f"q{number}": value for number, value in enumerate(values, start=1) if value is not None}


def test_a_score_can_be_multiplied():
    percent = checked(as_json(made_up(factor=4, bands=[[0, "low"]], cut_off=12)))

    assert (percent.highest, score(percent, numbered(2, 0, 1)).total) == (24, 20)


def test_means_of_parts_are_added_up():
    parts = checked(
        as_json(made_up(scoring="means", subscales=PARTS, bands=[[0, "low"], [3, "high"]], reliable_change=1))
    )

    assert parts.highest == 4
    assert score(parts, numbered(1, 0, 1)).total == 2.5
    assert score(parts, numbered(1, 0, 1)).band == "low"
    assert score(parts, numbered(1, 0, None)).total is None


def test_a_missing_answer_is_made_up_for_where_the_questionnaire_says_so():
    lenient = checked(as_json(made_up(prorate={"most_missing": 1})))

    assert score(lenient, numbered(2, 1, None)).total == 4.5
    assert score(lenient, numbered(2, 1, None)).prorated
    assert score(lenient, numbered(2, None, None)).total is None


def test_the_band_is_that_of_the_exact_total():
    lenient = checked(
        as_json(made_up(prorate={"most_missing": 1}, bands=[[0, "low"], [5, "high"]], cut_off=5))
    )

    assert score(lenient, numbered(2, 1, None)).band == "low"
