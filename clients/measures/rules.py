"""How two scores of one measure stand to each other: pure arithmetic (domain §1.2)."""

from enum import StrEnum

from practice.web.charts.shapes import Reliable


class Crossing(StrEnum):
    """Where the latest score stands against the cut-off, seen from the first one."""

    NONE = ""
    BELOW = "below"
    ABOVE = "above"


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
