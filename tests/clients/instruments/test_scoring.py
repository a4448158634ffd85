"""The scorer against a reference written on its own, and what it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.instruments import NOT_SAID, OutOfRange, load, score, unanswered
from clients.instruments.scoring import MOST_LETTERS

PHQ9, GAD7, ASQ = load("phq9"), load("gad7"), load("asq")
PHQ9_BANDS = (
    ["none to minimal"] * 5 + ["mild"] * 5 + ["moderate"] * 5 + ["moderately severe"] * 5 + ["severe"] * 8
)
GAD7_BANDS = ["none to minimal"] * 5 + ["mild"] * 5 + ["moderate"] * 5 + ["severe"] * 7


def numbered(values):
    return {f"q{number}": value for number, value in enumerate(values, start=1)}


def by_hand(values, bands):
    """The published way: add up; nothing is said while an answer is missing."""
    if any(value is None for value in values):
        return None, ""
    total = 0
    for value in values:
        total += value
    return total, bands[total]


four = st.sampled_from([0, 1, 2, 3])
four_or_none = st.sampled_from([0, 1, 2, 3, None])


@given(st.lists(four_or_none, min_size=9, max_size=9))
def test_phq9_agrees_with_the_reference(values):
    answers = {key: value for key, value in numbered(values).items() if value is not None}

    result = score(PHQ9, answers)

    assert (result.total, result.band) == by_hand(values, PHQ9_BANDS)
    assert len(result.missing) == values.count(None)


@given(st.lists(four, min_size=7, max_size=7))
def test_gad7_agrees_with_the_reference(values):
    result = score(GAD7, numbered(values))

    assert (result.total, result.band) == by_hand(values, GAD7_BANDS)


@given(st.lists(four, min_size=9, max_size=9))
def test_the_ninth_answer_alone_raises_the_flag(values):
    assert score(PHQ9, numbered(values)).flags == (("q9",) if values[8] else ())


@given(st.permutations(range(9)), st.lists(four, min_size=9, max_size=9))
def test_the_order_of_answers_does_not_matter(order, values):
    answers = list(numbered(values).items())

    assert score(PHQ9, dict(answers[place] for place in order)) == score(PHQ9, dict(answers))


@pytest.mark.parametrize(
    ("total", "band"), [(4, "none to minimal"), (5, "mild"), (9, "mild"), (10, "moderate")]
)
def test_bands_begin_at_their_cut(total, band):
    values = [3] * (total // 3) + [total % 3]

    assert score(PHQ9, numbered(values + [0] * (9 - len(values)))).band == band


@pytest.mark.parametrize("answer", [4, -1, True, 1.0, "1", None, [1], "", {"a": 1}])
def test_an_answer_that_is_not_offered_is_refused(answer):
    with pytest.raises(OutOfRange):
        score(PHQ9, {"q1": answer})


@given(
    st.one_of(st.integers().filter(lambda n: n not in range(4)), st.text().filter(lambda t: t != NOT_SAID))
)
def test_nothing_but_the_options_counts(answer):
    with pytest.raises(OutOfRange):
        score(GAD7, {"q3": answer})


def test_a_question_that_does_not_exist_is_refused():
    with pytest.raises(OutOfRange, match="no question q10"):
        score(PHQ9, {"q10": 0})


@pytest.mark.parametrize(
    ("count", "band"),
    [(0, "below the cut-off"), (1, "at the cut-off or above"), (999, "at the cut-off or above")],
)
def test_one_time_is_at_the_cut_off(count, band):
    assert score(load("drugs"), {"times": count}).band == band


@pytest.mark.parametrize("count", [-1, 1000, "3"])
def test_an_impossible_count_is_refused(count):
    with pytest.raises(OutOfRange):
        score(load("alcohol"), {"times": count})


def test_a_question_to_be_talked_about_leaves_the_score_open_but_is_answered():
    answers = numbered([1] * 8) | {"q9": NOT_SAID}

    assert score(PHQ9, answers).total is None
    assert score(PHQ9, answers).missing == ("q9",)
    assert unanswered(PHQ9, answers) == ()


def test_own_questions_have_no_score():
    result = score(load("readiness"), {"chest": 1})

    assert result.total is None
    assert result.missing == ()


def test_words_may_stay_empty_and_have_an_end():
    assert "only_mood" not in unanswered(load("movement"), {})
    with pytest.raises(OutOfRange):
        score(load("movement"), {"only_mood": "a" * (MOST_LETTERS + 1)})


def test_the_fifth_asq_question_follows_a_yes_only():
    assert unanswered(ASQ, numbered([0, 0, 0, 0])) == ()
    assert unanswered(ASQ, numbered([0, 1, 0, 0])) == ("q5",)
    assert unanswered(ASQ, numbered([0, 0, 0]) | {"q4": NOT_SAID}) == ("q5",)


def test_any_yes_to_the_asq_is_positive_and_flagged():
    result = score(ASQ, numbered([0, 0, 0, 1, 0]))

    assert (result.band, result.flags) == ("positive", ("q4",))


PC_PTSD, CORE = load("pcptsd5"), load("core10")


def test_whoever_had_no_such_event_scores_nothing_and_is_asked_no_more():
    result = score(PC_PTSD, {"event": 0})

    assert (result.total, result.band, result.missing) == (0, "below the cut-off", ())
    assert unanswered(PC_PTSD, {"event": 0}) == ()


def test_after_an_event_five_questions_follow():
    assert unanswered(PC_PTSD, {}) == ("event",)
    assert unanswered(PC_PTSD, {"event": 1}) == ("q1", "q2", "q3", "q4", "q5")
    assert score(PC_PTSD, {"event": 1} | numbered([1, 1, 1, 0, 0])).band == "at the sensitive cut-off"


def test_answers_given_before_the_gate_was_closed_count_nothing():
    assert score(PC_PTSD, {"event": 0} | numbered([1, 1, 1, 1, 1])).total == 0


def test_an_event_to_be_talked_about_leaves_the_score_open():
    assert score(PC_PTSD, {"event": NOT_SAID}).total is None
    assert unanswered(PC_PTSD, {"event": NOT_SAID}) == ()


def test_the_two_good_statements_of_core_10_count_the_other_way_round():
    assert score(CORE, numbered([0, 4, 4] + [0] * 7)).total == 0
    assert score(CORE, numbered([0, 0, 0] + [0] * 7)).total == 8


def test_core_10_makes_up_for_one_missing_answer_and_not_for_two():
    one_missing = numbered([1] * 9)

    assert score(CORE, one_missing).total == 14.44
    assert score(CORE, one_missing).missing == ("q10",)
    assert score(CORE, one_missing).prorated
    assert score(CORE, numbered([1] * 8)).total is None


@pytest.mark.parametrize(("total", "band"), [(10, "low level"), (11, "mild"), (26, "severe")])
def test_bands_of_core_10_begin_at_their_cut(total, band):
    values = [4] * (total // 4) + [total % 4]
    places = [1, 4, 5, 6, 7, 8, 9, 10]
    answers = {f"q{place}": 0 for place in places} | {"q2": 4, "q3": 4}
    answers |= {f"q{place}": value for place, value in zip(places, values, strict=False)}

    assert score(CORE, answers).band == band
