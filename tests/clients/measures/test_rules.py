"""When a change is larger than measurement error."""

import pytest

from clients.instruments import load
from clients.measures.rules import Crossing, Judgement, crossing, judged, reliable_change
from clients.measures.words import change_words, meaning_words
from practice.web.charts import Reliable


@pytest.mark.parametrize(
    ("first", "latest", "needed", "change"),
    [
        (16, 10, 6, Reliable.LOWER),
        (16, 11, 6, Reliable.NO),
        (10, 16, 6, Reliable.HIGHER),
        (10, 15, 6, Reliable.NO),
        (10, 10, 6, Reliable.NO),
        (20, 0, None, Reliable.NO),
    ],
)
def test_a_change_is_reliable_from_the_agreed_points_on(first, latest, needed, change):
    assert reliable_change(first, latest, needed) is change


@pytest.mark.parametrize(
    ("first", "latest", "went"),
    [
        (10, 9, Crossing.BELOW),
        (9, 10, Crossing.ABOVE),
        (10, 12, Crossing.NONE),
        (9, 3, Crossing.NONE),
    ],
)
def test_a_score_at_the_cut_off_is_not_below_it(first, latest, went):
    assert crossing(first, latest, 10) is went


def test_without_a_cut_off_nothing_is_crossed():
    assert crossing(20, 0, None) is Crossing.NONE


@pytest.mark.parametrize(
    ("key", "change", "said"),
    [
        ("phq9", Reliable.LOWER, Judgement.IMPROVEMENT),
        ("gad7", Reliable.HIGHER, Judgement.DETERIORATION),
        ("core10", Reliable.NO, Judgement.WITHIN_ERROR),
        ("ours", Reliable.LOWER, Judgement.LOWER),
        ("ours", Reliable.HIGHER, Judgement.HIGHER),
        ("ours", Reliable.NO, Judgement.WITHIN_ERROR),
    ],
)
def test_better_or_worse_is_said_only_where_it_is_known_which_is_which(key, change, said):
    assert judged(key, change) is said


@pytest.mark.parametrize(
    ("latest", "words"),
    [
        (36, ["within measurement error since the start"]),
        (35, ["reliable improvement since the start", "less than the 10 points of a meaningful change"]),
        (31, ["reliable improvement since the start", "less than the 10 points of a meaningful change"]),
        (30, ["reliable improvement since the start", "meaningful too: 10 points or more"]),
        (50, ["reliable deterioration since the start", "meaningful too: 10 points or more"]),
    ],
)
def test_the_pcl_5_tells_a_reliable_change_from_a_meaningful_one(latest, words):
    said = [say(load("pcl5"), 40, latest) for say in (change_words, meaning_words)]

    assert [one for one in said if one] == words


def test_where_nobody_tells_the_two_apart_nothing_is_said():
    assert meaning_words(load("phq9"), 20, 5) == ""
