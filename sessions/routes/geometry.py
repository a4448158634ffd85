"""From the fixes of a recording to a line that can be kept, drawn and timed. Pure functions.

A fix is (latitude, longitude, height or None): degrees (WGS 84) and metres above sea level.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import accumulate, pairwise
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import Any

Fix = tuple[float, float, float | None]

EARTH_M = 6_371_008.8  # mean radius (IUGG)
MOST_KEPT_POINTS = 600
MOST_WEIGHED_POINTS = 2_000  # so that a long recording costs no more than a short one
MOST_PROFILE_POINTS = 200
SMOOTHING_M = 25.0  # to either side: heights are means over 50 m
LEAST_CLIMB_M = 3.0  # our choice: what a receiver wanders by while standing still is no ascent
LOOP_GAP_M = 100.0
HEIGHTS_M = (-500.0, 9_000.0)
LEAST_SHARE_WITH_HEIGHT = 0.9


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is kept of a recording. Lengths in metres; without heights, ascent and descent are None."""

    points: list[list[float | None]]
    profile: list[list[float]]
    distance_m: int
    ascent_m: int | None
    descent_m: int | None
    is_loop: bool


def line_of(fixes: Sequence[Fix], along: Sequence[float]) -> Line:
    """Measure the whole recording, then keep its shape in at most 600 points. Needs some length."""
    heights = smoothed(along, known_heights(fixes))
    ascent, descent = climbs(heights)
    kept = simplified(fixes, along, heights)
    return Line(
        points=[_kept(fixes[i], along[i], heights[i] if heights else None) for i in kept],
        profile=profile(along, heights),
        distance_m=round(along[-1]),
        ascent_m=round(ascent) if heights else None,
        descent_m=round(descent) if heights else None,
        is_loop=is_loop(fixes, along[-1]),
    )


def metres_between(a: Fix, b: Fix) -> float:
    """Along the great circle (haversine)."""
    north, east = radians(b[0] - a[0]), radians(b[1] - a[1])
    half = sin(north / 2) ** 2 + cos(radians(a[0])) * cos(radians(b[0])) * sin(east / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(min(half, 1.0)))


def distances(fixes: Sequence[Fix]) -> list[float]:
    """Metres from the start at each fix."""
    return list(accumulate((metres_between(a, b) for a, b in pairwise(fixes)), initial=0.0))


def known_heights(fixes: Sequence[Fix]) -> list[float]:
    """A height for each fix, gaps filled with the last one known; [] where too few are known.

    Heights off the Earth are unknown. A recording that says 0 throughout has none: that is how tools write it.
    """
    low, high = HEIGHTS_M
    heights = [fix[2] if fix[2] is not None and low <= fix[2] <= high else None for fix in fixes]
    known = [height for height in heights if height is not None]
    if len(known) < LEAST_SHARE_WITH_HEIGHT * len(fixes) or not any(known):
        return []
    filled, last = [], known[0]
    for height in heights:
        last = last if height is None else height
        filled.append(last)
    return filled


def smoothed(along: Sequence[float], heights: Sequence[float]) -> list[float]:
    """The mean height over the 50 m around each fix."""
    totals = list(accumulate(heights, initial=0.0))
    means, first, behind = [], 0, 0
    for here in along if heights else ():
        while along[first] < here - SMOOTHING_M:
            first += 1
        while behind < len(along) and along[behind] <= here + SMOOTHING_M:
            behind += 1
        means.append((totals[behind] - totals[first]) / (behind - first))
    return means


def climbs(heights: Sequence[float]) -> tuple[float, float]:
    """Metres up and metres down, leaving out every wobble under 3 m."""
    up = down = 0.0
    if not heights:
        return up, down
    level = heights[0]
    for height in heights:
        if abs(height - level) >= LEAST_CLIMB_M:
            up, down = up + max(height - level, 0), down + max(level - height, 0)
            level = height
    return up, down


def profile(along: Sequence[float], heights: Sequence[float]) -> list[list[float]]:
    """[metres, height] at even distances, 200 at most, start and end among them; [] without heights."""
    if not heights:
        return []
    parts = min(MOST_PROFILE_POINTS, len(along)) - 1
    marks, at = [], 1
    for step in range(parts + 1):
        metres = along[-1] * step / parts
        while at < len(along) - 1 and along[at] < metres:
            at += 1
        marks.append([round(metres, 1), round(_between(along, heights, at, metres), 1)])
    return marks


def is_loop(fixes: Sequence[Fix], length: float) -> bool:
    """Whether it ends where it starts: within 100 m, or a tenth of a short line."""
    return metres_between(fixes[0], fixes[-1]) <= min(LOOP_GAP_M, length / 10)


def simplified(fixes: Sequence[Fix], along: Sequence[float], heights: Sequence[float]) -> list[int]:
    """Which fixes to keep: Visvalingam and Whyatt's way, dropping what changes the shape least.

    In three dimensions, so that a hill on a straight path stays. First and last are always kept.
    """
    weighed = _thinned(along)
    places = _places([fixes[i] for i in weighed], [heights[i] for i in weighed] if heights else [])
    return [weighed[i] for i in _weightiest(places, MOST_KEPT_POINTS)]


def _thinned(along: Sequence[float]) -> list[int]:
    """Fixes at least a two-thousandth of the whole apart, with the first and the last."""
    least, kept = along[-1] / (MOST_WEIGHED_POINTS - 2), [0]
    for i in range(1, len(along) - 1):
        if along[i] - along[kept[-1]] >= least:
            kept.append(i)
    return [*kept, len(along) - 1]


Place = tuple[float, float, float]


def _places(fixes: Sequence[Fix], heights: Sequence[float]) -> list[Place]:
    """Metres east, north and up: flat, which is right enough to compare triangles."""
    metres = radians(1) * EARTH_M
    squeeze = cos(radians(fixes[0][0]))
    return [
        (fix[1] * metres * squeeze, fix[0] * metres, heights[i] if heights else 0.0)
        for i, fix in enumerate(fixes)
    ]


def _weightiest(places: Sequence[Place], most: int) -> list[int]:
    """Take the smallest triangle away until `most` corners are left. A stale weight in the heap is skipped."""
    count = len(places)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    weights = [0.0] + [_area(*places[i - 1 : i + 2]) for i in range(1, count - 1)] + [0.0]
    heap = [(weights[i], i) for i in range(1, count - 1)]
    heapify(heap)
    gone = [False] * count
    left = count
    while left > most:
        weight, i = heappop(heap)
        if gone[i] or weight != weights[i]:
            continue
        gone[i], left = True, left - 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if 0 < j < count - 1:
                weights[j] = max(_area(places[before[j]], places[j], places[after[j]]), weight)
                heappush(heap, (weights[j], j))
    return [i for i in range(count) if not gone[i]]


def _area(a: Place, b: Place, c: Place) -> float:
    """Of a triangle in space: half the length of the cross product."""
    ux, uy, uz = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    vx, vy, vz = c[0] - a[0], c[1] - a[1], c[2] - a[2]
    return sqrt((uy * vz - uz * vy) ** 2 + (uz * vx - ux * vz) ** 2 + (ux * vy - uy * vx) ** 2) / 2


def _between(along: Sequence[float], heights: Sequence[float], at: int, metres: float) -> float:
    """The height at a distance between fix `at` and the one before it."""
    span = along[at] - along[at - 1]
    share = (metres - along[at - 1]) / span if span else 0.0
    return heights[at - 1] + (heights[at] - heights[at - 1]) * min(max(share, 0.0), 1.0)


def _kept(fix: Fix, along: float, height: float | None) -> list[float | None]:
    """To a decimetre on the ground and in height, a metre along the way."""
    return [round(fix[0], 6), round(fix[1], 6), None if height is None else round(height, 1), round(along)]


def mark_at(points: Sequence[Sequence[Any]], metres: float) -> tuple[float, float]:
    """Where one is after so many metres of a kept line: the last of its points that is not beyond."""
    passed = [point for point in points if point[3] <= metres] or points[:1]
    return passed[-1][0], passed[-1][1]


def heading(here: tuple[float, float], there: tuple[float, float]) -> int:
    """The eighth of the compass from one place to another: 0 north, 2 east, 4 south, 6 west."""
    east = (there[1] - here[1]) * cos(radians(here[0]))
    return round(degrees(atan2(east, there[0] - here[0])) / 45) % 8
