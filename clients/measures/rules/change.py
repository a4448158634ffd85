"""How two scores of one measure stand to each other: pure arithmetic (domain §1.2)."""

from collections.abc import Sequence
from enum import StrEnum

from practice.web.charts.shapes import Reliable


class Crossing(StrEnum):
    """Where the latest score stands against the cut-off, seen from the first one."""

    NONE = ""
    BELOW = "below"
    ABOVE = "above"


class Judgement(StrEnum):
    """What a change means for the person, as far as numbers can say."""

    WITHIN_ERROR = "within_error"
    IMPROVEMENT = "improvement"
    DETERIORATION = "deterioration"


def reliable_change(first: int, latest: int, needed: int | None) -> Reliable:
    """Whether the difference is larger than measurement error: at least `needed` points, either way.

    None where nobody has agreed on a number: then no change is called reliable.
    """
    if needed is None or abs(latest - first) < needed:
        return Reliable.NO
    return Reliable.LOWER if latest < first else Reliable.HIGHER


def crossing(first: int, latest: int, cut_off: int | None) -> Crossing:
    """BELOW: from the cut-off or above to below it; ABOVE: the other way. A score at the cut-off is not below."""
    if cut_off is None or (first >= cut_off) == (latest >= cut_off):
        return Crossing.NONE
    return Crossing.BELOW if latest < cut_off else Crossing.ABOVE


def judged(change: Reliable, *, higher_is_better: bool = False) -> Judgement:
    """A reliable change as better or worse: which of the two depends on what the measure counts."""
    if change is Reliable.NO:
        return Judgement.WITHIN_ERROR
    is_better = (change is Reliable.HIGHER) == higher_is_better
    return Judgement.IMPROVEMENT if is_better else Judgement.DETERIORATION


def has_risen(earlier: Sequence[int], latest: int, needed: int | None) -> bool:
    """Whether the latest score is at least `needed` points above the lowest of the earlier ones (domain §2.5).

    Never with fewer than two complete forms, and never where nobody has agreed on a number.
    """
    return bool(earlier) and needed is not None and latest - min(earlier) >= needed
