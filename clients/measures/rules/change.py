"""How two scores of one measure stand to each other: pure arithmetic (domain §1.2)."""

from enum import StrEnum

from practice.web.charts.shapes import Reliable


class Crossing(StrEnum):
    """Where the latest score stands against the cut-off, seen from the first one."""

    NONE = ""
    BELOW = "below"
    ABOVE = "above"


class Judgement(StrEnum):
    """What a change means, as far as numbers can say. LOWER and HIGHER: nobody has said which of them is better."""

    WITHIN_ERROR = "within_error"
    IMPROVEMENT = "improvement"
    DETERIORATION = "deterioration"
    LOWER = "lower"
    HIGHER = "higher"


HIGHER_IS_WORSE = frozenset(
    {"phq9", "phq8", "phq2", "gad7", "gad2", "core10", "k6", "k10", "pcl5", "pcptsd5"}
)
"""Questionnaires that count how bad things are. Of others we only say which way a total went."""


def reliable_change(first: float, latest: float, needed: int | None) -> Reliable:
    """Whether the difference is larger than measurement error: at least `needed` points, either way.

    None where nobody has agreed on a number: then no change is called reliable.
    """
    if needed is None or abs(latest - first) < needed:
        return Reliable.NO
    return Reliable.LOWER if latest < first else Reliable.HIGHER


def crossing(first: float, latest: float, cut_off: int | None) -> Crossing:
    """BELOW: from the cut-off or above to below it; ABOVE: the other way. A score at the cut-off is not below."""
    if cut_off is None or (first >= cut_off) == (latest >= cut_off):
        return Crossing.NONE
    return Crossing.BELOW if latest < cut_off else Crossing.ABOVE


def judged(key: str, change: Reliable) -> Judgement:
    """A reliable change of this questionnaire as better or worse."""
    if change is Reliable.NO:
        return Judgement.WITHIN_ERROR
    if key not in HIGHER_IS_WORSE:
        return Judgement(change.value)
    return Judgement.IMPROVEMENT if change is Reliable.LOWER else Judgement.DETERIORATION
