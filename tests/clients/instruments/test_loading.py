"""The files we ship are whole, and which of them may be asked."""

import json
from pathlib import Path

import pytest

from clients.instruments import bundled, core, languages, load, read, score, written
from clients.instruments.loading import DATA

OLD = Path(__file__).parent / "old"
FIRST_FORMAT = sorted(path.stem for path in OLD.glob("*.json"))


def snapshot(key):
    """A questionnaire as it was kept beside the answers before this format."""
    return json.loads((OLD / f"{key}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", bundled())
def test_every_questionnaire_names_its_licence_and_source(key):
    instrument = load(key)

    assert instrument.key == key
    assert instrument.licence
    assert instrument.attribution
    assert instrument.source
    assert instrument.population
    assert instrument.version


def test_every_file_is_offered():
    assert {path.stem for path in DATA.glob("*.toml")} == set(bundled())


@pytest.mark.parametrize("key", bundled())
def test_a_snapshot_reads_back_as_the_same_questionnaire(key):
    assert read(written(load(key))) == load(key)


def test_what_is_kept_beside_the_answers_goes_through_json_unchanged():
    assert read(json.loads(json.dumps(written(load("core10"))))) == load("core10")


def test_a_questionnaire_is_read_once():
    assert load("phq9") is load("phq9")


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["../../settings", "PHQ9", "", "audit"])
def test_an_unknown_key_is_a_key_error(key):
    with pytest.raises(KeyError):
        load(key)


def test_a_language_that_we_do_not_have_is_a_key_error():
    assert languages("phq9") == ("en",)
    with pytest.raises(KeyError):
        load("phq9", "de")


def test_what_is_free_is_in_use_everywhere_and_the_rest_is_not():
    assert set(bundled()) - set(core()) == {"auditc", "cageaid", "eai", "scoff"}
    assert {load(key).tier for key in core()} == {"A", "A-ND", "own"}


@pytest.mark.parametrize("key", sorted(set(bundled()) - set(core())))
def test_what_can_be_switched_on_says_what_is_known_of_its_licence(key):
    assert load(key).licence_note


@pytest.mark.parametrize(
    ("key", "lowest", "highest"),
    [
        ("phq9", 0, 27),
        ("gad7", 0, 21),
        ("core10", 0, 40),
        ("k6", 0, 24),
        ("k10", 10, 50),
        ("pcl5", 0, 80),
        ("eai", 6, 30),
        ("auditc", 0, 12),
        ("phq8", 0, 24),
        ("phq2", 0, 6),
        ("gad2", 0, 6),
        ("pcptsd5", 0, 5),
    ],
)
def test_the_range_of_each_measure(key, lowest, highest):
    assert (load(key).lowest, load(key).highest) == (lowest, highest)


@pytest.mark.parametrize(
    ("key", "grave"),
    [
        ("phq9", {"q9": {1, 2, 3}}),
        ("core10", {"q6": {1, 2, 3, 4}}),
        ("asq", {f"q{number}": {1} for number in range(1, 6)}),
        ("phq8", {}),
    ],
)
def test_the_safety_questions(key, grave):
    assert load(key).safety == grave


def test_a_clinician_asks_about_dying_and_eating():
    assert [key for key in bundled() if load(key).asked_by == "clinician"] == ["scoff", "asq"]


def test_lowest_option_of_the_gad7_is_not_at_all():
    assert load("gad7").items[0].label_of(0) == "Not at all"


@pytest.mark.parametrize(("short", "whole"), [("phq8", "phq9"), ("phq2", "phq9"), ("gad2", "gad7")])
def test_the_short_forms_have_the_words_of_the_whole(short, whole):
    items = load(short).items

    assert [(item.text, item.options) for item in items] == [
        (item.text, item.options) for item in load(whole).items[: len(items)]
    ]


def test_core_10_comes_with_its_licence_in_a_file_of_its_own():
    licence = (DATA / "core10.LICENCE.txt").read_text(encoding="utf-8")

    assert "creativecommons.org/licenses/by-nd/4.0" in licence
    assert "CC BY-ND 4.0" in load("core10").attribution
    assert "CORE System Trust" in load("core10").attribution


def test_the_kessler_scales_show_their_notice_and_citation():
    assert all("©" in load(key).attribution and "2003" in load(key).attribution for key in ("k6", "k10"))


def test_no_question_speaks_of_weight_or_calories():
    words = " ".join(path.read_text().lower() for path in DATA.glob("*.toml"))

    assert not any(word in words for word in ("weight", "calorie", "bmi"))


@pytest.mark.parametrize("key", FIRST_FORMAT)
def test_a_snapshot_of_the_first_format_reads_as_it_did(key):
    old = read(snapshot(key))

    assert old == load(key)
    assert [item.text for item in old.items] == [item["text"] for item in snapshot(key)["items"]]


@pytest.mark.parametrize(
    ("key", "answers", "total", "band"),
    [
        ("phq9", {f"q{number}": 2 for number in range(1, 10)}, 18, "moderately severe"),
        ("phq9", {f"q{number}": 2 for number in range(1, 9)}, None, ""),
        ("gad7", {f"q{number}": 1 for number in range(1, 8)}, 7, "mild"),
        ("drugs", {"times": 1}, 1, "at the cut-off or above"),
        ("asq", {"q1": 0, "q2": 0, "q3": 0, "q4": 1, "q5": 0}, 1, "positive"),
    ],
)
def test_a_snapshot_of_the_first_format_scores_as_it_did(key, answers, total, band):
    result = score(read(snapshot(key)), answers)

    assert (result.total, result.band) == (total, band)
