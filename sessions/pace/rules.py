"""How long a route takes at a pace at which two people can talk.

A pace is said in the words of the talk test; its speed is a planning figure for the practice, never a target.
Effort on a slope: Tobler (1993) for walking, relative to level ground; Minetti and others (2002, J Appl
Physiol 93:1039) for running. Both are used as time multipliers only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, exp, floor

Point = Sequence[float | None]
"""Latitude, longitude, height in metres or None, metres from the start."""

STEEPEST = 0.45  # Minetti measured no steeper, up or down
FASTEST_DOWNHILL = 0.90  # people who talk do not hurry downhill, and steep descents slow them
SHORTEST_STRETCH_M = 50.0  # a grade over less than this is noise of the instrument
MINUTES_PER_100_M_ASCENT = 10.0  # Naismith: an hour for 600 m
STEP_MINUTES = 5
SPREAD = 0.15


@dataclass(frozen=True, kw_only=True)
class Pace:
    """A talk-test word and the planning speeds, in km/h, that go with it."""

    mode: str
    key: str
    slowest_kmh: float
    fastest_kmh: float

    @property
    def metres_per_minute(self) -> float:
        """The middle of the range, on level ground."""
        return (self.slowest_kmh + self.fastest_kmh) / 2 * 1000 / 60


PACES = (
    Pace(mode="walk", key="sing", slowest_kmh=3.5, fastest_kmh=4.5),
    Pace(mode="walk", key="chat", slowest_kmh=4.5, fastest_kmh=5.5),
    Pace(mode="walk", key="phrases", slowest_kmh=5.5, fastest_kmh=6.5),
    Pace(mode="run", key="sing", slowest_kmh=6.0, fastest_kmh=8.0),
    Pace(mode="run", key="chat", slowest_kmh=7.5, fastest_kmh=10.0),
)
"""Stroll, walk, brisk walk; run-walk, easy run. Slowest first within a mode."""

SLOWEST_FIRST = ("sing", "chat", "phrases", "no_talking")


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """Minutes on the move, in steps of five, and the range of ±15 % around them."""

    minutes: int
    least: int
    most: int


def paces_of(mode: str) -> list[Pace]:
    """The talking paces of a mode, slowest first. Empty for sitting."""
    return [pace for pace in PACES if pace.mode == mode]


def pace_for(mode: str, key: str) -> Pace:
    """The pace of that word. A word faster than the fastest talking pace is planned as that one.

    Raises ValueError for a mode that does not move, or a word of no talk test.
    """
    known = paces_of(mode)
    if not known or key not in SLOWEST_FIRST:
        raise ValueError(f"no pace {key!r} for {mode!r}")
    return known[min(SLOWEST_FIRST.index(key), len(known) - 1)]


def route_minutes(
    points: Sequence[Point], *, mode: str, pace: str, ascent_m: float | None = None
) -> Estimate:
    """How long the line takes without stops. Where it has no heights, `ascent_m` (if known) adds Naismith's time.

    Raises ValueError as `pace_for` does.
    """
    speed = pace_for(mode, pace).metres_per_minute
    if any(point[2] is None for point in points):
        length = _metres(points[-1]) - _metres(points[0])
        return _estimate(length / speed + (ascent_m or 0.0) / 100 * MINUTES_PER_100_M_ASCENT)
    factor = slowness_running if mode == "run" else slowness_walking
    return _estimate(sum(length / speed * factor(grade) for length, grade in stretches(points)))


def stretches(points: Sequence[Point]) -> Iterator[tuple[float, float]]:
    """Cut the line into pieces of at least 50 m, as (metres, grade); what is left at the end joins the last."""
    marks = [(_metres(point), float(point[2] or 0.0)) for point in points]
    begin, end = marks[0], marks[-1]
    for mark in marks:
        if mark[0] - begin[0] >= SHORTEST_STRETCH_M and end[0] - mark[0] >= SHORTEST_STRETCH_M:
            yield _stretch(begin, mark)
            begin = mark
    if end[0] > begin[0]:
        yield _stretch(begin, end)


def slowness_walking(grade: float) -> float:
    """Time on a slope over time on the level, after Tobler: speed is 6·e^(−3.5·|grade + 0.05|) km/h."""
    return max(exp(3.5 * (abs(_within(grade) + 0.05) - 0.05)), FASTEST_DOWNHILL)


def slowness_running(grade: float) -> float:
    """Time on a slope over time on the level at equal effort, after Minetti."""
    i = _within(grade)
    cost = 155.4 * i**5 - 30.4 * i**4 - 43.3 * i**3 + 46.3 * i**2 + 19.5 * i + 3.6
    return max(cost / 3.6, FASTEST_DOWNHILL)


def _stretch(begin: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    length = end[0] - begin[0]
    return length, (end[1] - begin[1]) / length


def _within(grade: float) -> float:
    return min(max(grade, -STEEPEST), STEEPEST)


def _metres(point: Point) -> float:
    return float(point[3] or 0.0)


def _estimate(minutes: float) -> Estimate:
    """To steps of five: the figure to the nearest, the range outwards; nothing takes less than one step."""
    return Estimate(
        minutes=_steps(floor(minutes / STEP_MINUTES + 0.5)),
        least=_steps(floor(round(minutes * (1 - SPREAD), 6) / STEP_MINUTES)),
        most=_steps(ceil(round(minutes * (1 + SPREAD), 6) / STEP_MINUTES)),
    )


def _steps(count: int) -> int:
    return max(count, 1) * STEP_MINUTES
