"""What an agreement says, what is missing, and what a version changed."""

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.consents import rules, texts
from tests.clients.consents.signing import ticked

SHIPPED = texts.shipped()
WORDING = "752c0a0b2d551ee23ab90fa137e541bbbd74c166c55cb7dfcc31d93f3f6a2709"


def test_the_shipped_text_has_every_point_of_the_guidance_apart():
    assert len(SHIPPED.points) == 24
    assert len({point.key for point in SHIPPED.points}) == 24


def test_the_shipped_text_says_that_it_is_a_start_for_a_lawyer_to_check():
    assert "lawyer" in SHIPPED.notice
    assert "start" in SHIPPED.notice


def test_a_text_is_kept_as_plain_values_and_read_again():
    assert rules.read(json.loads(json.dumps(rules.as_data(SHIPPED)))) == SHIPPED


def test_nothing_is_ticked_by_itself():
    assert rules.still_open(SHIPPED, {}) == list(SHIPPED.points)


@pytest.mark.parametrize("said", [False, None, "true", 1, "on"])
def test_only_a_yes_is_a_tick(said):
    answers = {"pace": {"agreed": said}}

    assert "pace" in [point.key for point in rules.still_open(SHIPPED, answers)]


@given(left=st.sampled_from([point.key for point in SHIPPED.points]))
def test_one_point_left_out_is_one_point_missing(left):
    answers = {point.key: {"agreed": point.key != left, "choice": "friend"} for point in SHIPPED.points}

    assert [point.key for point in rules.still_open(SHIPPED, answers)] == [left]


@pytest.mark.parametrize("choice", ["", "shout", "Keep walking"])
def test_a_script_wants_one_of_its_choices(choice):
    answers = {"meeting": {"agreed": True, "choice": choice}}

    assert "meeting" in [point.key for point in rules.still_open(SHIPPED, answers)]


def test_what_belongs_to_no_point_is_not_kept():
    kept = rules.kept(
        SHIPPED, {"pace": {"agreed": True, "words": "x", "extra": 1}, "unknown": {"agreed": True}}
    )

    assert kept == {"pace": {"agreed": True}}


@pytest.mark.parametrize(
    ("born_on", "adult"),
    [(date(2008, 6, 1), True), (date(2008, 6, 2), False), (date(2012, 1, 1), False), (None, True)],
)
def test_18_is_reached_on_the_birthday(born_on, adult):
    assert rules.is_adult(born_on, date(2026, 6, 1)) is adult


@pytest.mark.parametrize(
    ("signed", "months", "review"),
    [
        (date(2026, 6, 1), 12, date(2027, 6, 1)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 36, date(2029, 11, 28)),
    ],
)
def test_the_review_is_so_many_months_later(signed, months, review):
    assert rules.review_day(signed, months) == review


def test_the_same_text_changes_nothing():
    assert not rules.differ(SHIPPED, replace(SHIPPED, number=2))


def test_a_changed_word_is_shown_between_the_words_that_stay():
    points = tuple(
        replace(point, words="You set the pace. The therapist checks it.") if point.key == "pace" else point
        for point in SHIPPED.points
    )

    found = [
        change for change in rules.changes(SHIPPED, replace(SHIPPED, points=points)) if change.kind != "same"
    ]

    assert [change.kind for change in found] == ["changed"]
    assert {(piece.kind, piece.words) for piece in found[0].pieces} >= {("gone", "I"), ("new", "You")}


def test_a_point_that_is_new_and_one_that_is_gone_are_named():
    new = rules.Point(key="own-1", heading="The dog", words="The dog stays at home.")

    found = rules.changes(SHIPPED, replace(SHIPPED, points=(*SHIPPED.points[1:], new)))

    kinds = {change.heading: change.kind for change in found}
    assert kinds["The dog"] == "new"
    assert kinds["It is my choice"] == "gone"


def test_another_order_or_another_review_is_a_change():
    assert rules.differ(SHIPPED, replace(SHIPPED, points=SHIPPED.points[::-1]))
    assert rules.differ(SHIPPED, replace(SHIPPED, review_months=6))


@given(before=st.text(max_size=80), after=st.text(max_size=80))
def test_a_comparison_loses_no_word_of_either_side(before, after):
    change = rules._change("", before, after)

    old = " ".join(piece.words for piece in change.pieces if piece.kind != "new")
    new = " ".join(piece.words for piece in change.pieces if piece.kind != "gone")
    assert (old.split(), new.split()) == (before.split(), after.split())


def test_the_shipped_wording_never_changes_under_its_number():
    """Somebody has signed version 1: a better wording is another file."""
    words = json.dumps(rules.as_data(SHIPPED), sort_keys=True)

    assert sha256(words.encode()).hexdigest() == WORDING


def test_a_whole_set_of_ticks_leaves_nothing_open(db):
    assert rules.still_open(SHIPPED, ticked()) == []
