"""Routes that lead nowhere real: drawn by arithmetic, imported like any file."""

from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, pi, radians, sin
from xml.sax.saxutils import escape

METRES_PER_DEGREE = 111_320.0
POINTS = 240


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A loop of `length_m` around a place, rising `climb_m` at most; `bends` gives it its shape."""

    name: str
    meeting_place: str
    description: str
    latitude: float
    longitude: float
    length_m: float
    climb_m: float
    bends: tuple[float, float]
    there_and_back: bool = False


ROUTES = (
    Drawn(
        name="River loop",
        meeting_place="Lock keeper's cottage, by the bench",
        description="Level gravel, two gates. A café half way; benches every few hundred metres.",
        latitude=51.4812,
        longitude=-0.2381,
        length_m=4_200,
        climb_m=14,
        bends=(0.26, 0.09),
    ),
    Drawn(
        name="Canal there and back",
        meeting_place="Bridge 9, on the towpath side",
        description="Quiet water, firm path, lit until the second bridge.",
        latitude=51.5260,
        longitude=-0.2120,
        length_m=3_000,
        climb_m=4,
        bends=(0.5, 0.12),
        there_and_back=True,
    ),
    Drawn(
        name="Park hill loop",
        meeting_place="North gate of the park",
        description="One long hill with a view; grass in places.",
        latitude=51.5601,
        longitude=-0.1650,
        length_m=5_600,
        climb_m=58,
        bends=(0.18, 0.14),
    ),
    Drawn(
        name="North shore path",
        meeting_place="The red boathouse",
        description="Open shore. Spikes from November; head torch in the dark months.",
        latitude=69.6492,
        longitude=18.9553,
        length_m=2_500,
        climb_m=22,
        bends=(0.32, 0.05),
    ),
)


def gpx_of(route: Drawn) -> bytes:
    """The route as a GPX 1.1 track."""
    points = "".join(
        f'<trkpt lat="{lat:.6f}" lon="{lon:.6f}"><ele>{ele:.1f}</ele></trkpt>'
        for lat, lon, ele in _track(route)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<gpx version="1.1" creator="Towpath" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><name>{escape(route.name)}</name><trkseg>{points}</trkseg></trk></gpx>"
    ).encode()


def _track(route: Drawn) -> list[tuple[float, float, float]]:
    way = _shape(route)
    scale = route.length_m / _length(way)
    east = METRES_PER_DEGREE * cos(radians(route.latitude))
    return [
        (
            route.latitude + y * scale / METRES_PER_DEGREE,
            route.longitude + x * scale / east,
            12 + route.climb_m * (1 - cos(2 * pi * step / POINTS)) / 2,
        )
        for step, (x, y) in enumerate(way)
    ]


def _shape(route: Drawn) -> list[tuple[float, float]]:
    """A wavy ring; for a way there and back, half of it walked twice."""
    first, second = route.bends
    turns = [2 * pi * step / POINTS for step in range(POINTS + 1)]
    if route.there_and_back:
        half = turns[: POINTS // 2]
        turns = [*half, turns[POINTS // 2], *reversed(half)]
    rings = [1 + first * sin(2 * turn + 0.7) + second * sin(5 * turn) for turn in turns]
    return [(ring * cos(turn), 0.7 * ring * sin(turn)) for ring, turn in zip(rings, turns, strict=True)]


def _length(way: list[tuple[float, float]]) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(way))
