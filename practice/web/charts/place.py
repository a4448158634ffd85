"""Where a route goes: its line on paper, and how it rises and falls. No tiles, no other host."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from practice.web.charts.canvas import (
    Frame,
    each_size,
    el,
    line,
    number,
    path,
    picture,
    text_width,
    words,
)
from practice.web.charts.scale import Scale, project, round_step, thin, ticks
from practice.web.charts.shapes import ChartTable, MapPin, MapPoint, Pin, ProfilePoint

MOST_LINE_POINTS = 300
MOST_PROFILE_POINTS = 200
LEAST_HEIGHT_SPAN_M = 20  # so that a level towpath looks level
MAP = Frame(width=640, text=15, css="map")
PRINTED_MAP = Frame(width=470, text=9, css="map", is_print=True)
MARGIN = 0.09


def route_map(
    points: Sequence[MapPoint], *, label: str, pins: Sequence[MapPin] = (), for_print: bool = False
) -> SafeString:
    """The line, its start (ring) and finish (dot), lettered points, north and a scale. Empty without two points."""
    if len(points) < 2:  # noqa: PLR2004 a line needs two ends
        return SafeString("")
    return mark_safe(_map(thin(points, MOST_LINE_POINTS), pins, label, PRINTED_MAP if for_print else MAP))  # noqa: S308 - drawn by us, words escaped


def elevation_profile(points: Sequence[ProfilePoint], *, for_print: bool = False) -> SafeString:
    """Height over distance, highest and lowest named. Empty without two points."""
    if len(points) < 2:  # noqa: PLR2004 a line needs two ends
        return SafeString("")
    shown = thin(points, MOST_PROFILE_POINTS)
    return each_size(lambda frame: _profile(shown, frame), for_print=for_print)


def elevation_table(points: Sequence[ProfilePoint]) -> ChartTable:
    """The height at each whole kilometre and at the end."""
    rows = [
        [f"{number(point.distance_m / 1000)} km", f"{point.height_m:.0f} m"] for point in _each_km(points)
    ]
    return ChartTable(caption=_("Height along the route"), head=[_("Distance"), _("Height")], rows=rows)


def _each_km(points: Sequence[ProfilePoint]) -> Iterator[ProfilePoint]:
    due = 0.0
    for point in points[:-1]:
        if point.distance_m >= due:
            yield point
            due += 1000
    yield from points[-1:]


def _map(points: Sequence[MapPoint], pins: Sequence[MapPin], label: str, frame: Frame) -> str:
    """Project line and pins together, fit them into the paper, and draw from the ground up."""
    marks: list[MapPoint | MapPin] = [*points, *pins]
    places = project([mark.latitude for mark in marks], [mark.longitude for mark in marks])
    height = frame.width * 0.7
    fitted, units_a_metre = _fit(places, frame.width, height, frame.width * MARGIN)
    track, spots = fitted[: len(points)], fitted[len(points) :]
    return picture(
        el("rect", class_="mp-land", width=frame.width, height=height),
        el("path", class_="mp-case", stroke_width=frame.text * 0.9, d=path(track)),
        el("path", class_="mp-line", stroke_width=frame.text * 0.42, d=path(track)),
        *_ends(track[0], track[-1], frame),
        *(_pin(pin, spot, frame) for pin, spot in zip(pins, spots, strict=True)),
        el("g", *_scale_bar(units_a_metre, height, frame), *_north(frame), class_="mp-scale"),
        frame=frame,
        height=height,
        label=label,
    )


def _fit(
    places: Sequence[tuple[float, float]], width: float, height: float, margin: float
) -> tuple[list[tuple[float, float]], float]:
    """Metres to paper, one scale for both directions, in the middle. Answers the scale too."""
    across, down = [place[0] for place in places], [place[1] for place in places]
    span_x, span_y = max(max(across) - min(across), 1.0), max(max(down) - min(down), 1.0)
    factor = min((width - 2 * margin) / span_x, (height - 2 * margin) / span_y)
    left = (width - span_x * factor) / 2 - min(across) * factor
    top = (height - span_y * factor) / 2 - min(down) * factor
    return [(x * factor + left, y * factor + top) for x, y in places], factor


def _ends(start: tuple[float, float], finish: tuple[float, float], frame: Frame) -> Iterator[str]:
    radius = frame.text * 0.75
    yield el("circle", class_="mp-pin mp-pin-turn", cx=finish[0], cy=finish[1], r=radius * 0.85)
    yield el("circle", class_="mp-pin", cx=start[0], cy=start[1], r=radius * (0.5 if start == finish else 1))


def _pin(pin: MapPin, spot: tuple[float, float], frame: Frame) -> str:
    turns = pin.kind is Pin.TURN
    disc = el(
        "circle",
        class_="mp-pin mp-pin-turn" if turns else "mp-pin",
        cx=spot[0],
        cy=spot[1],
        r=frame.text * 0.85,
    )
    css = "mp-pin-t mp-pin-turn-t" if turns else "mp-pin-t"
    return disc + words(pin.letter, spot[0], spot[1] + frame.text * 0.35, css)


def _scale_bar(units_a_metre: float, height: float, frame: Frame) -> Iterator[str]:
    """A bar of a round length, a quarter of the paper at most."""
    step = round_step(frame.width / 4 / units_a_metre, 1)
    metres = step if step * units_a_metre <= frame.width / 4 else step / 2
    left, y, length = frame.text, height - frame.text, metres * units_a_metre
    said = f"{number(metres / 1000)} km" if metres >= 1000 else f"{number(metres)} m"  # noqa: PLR2004 - metres in a kilometre
    yield el(
        "path",
        class_="axis-l scale-l",
        fill="none",
        d=f"M{number(left)} {number(y - 5)}v5h{number(length)}v-5",
    )
    yield words(said, left + length + frame.text * 0.5, y, "c-m")


def _north(frame: Frame) -> Iterator[str]:
    x, y = frame.width - frame.text * 1.4, frame.text * 2.2
    half = frame.text * 0.4
    yield el(
        "path",
        class_="rest-f",
        d=f"M{number(x)} {number(y - half * 2)}l{number(half)} {number(half * 2)}h{number(-half * 2)}z",
    )
    yield words(_("N"), x, y + frame.text * 1.1, "c-m", "middle")


def _profile(points: Sequence[ProfilePoint], frame: Frame) -> str:
    unit, bottom = frame.text, frame.text * 8.5
    low, high = (bound(point.height_m for point in points) for bound in (min, max))
    slack = max(LEAST_HEIGHT_SPAN_M - (high - low), 0) / 2
    left = max(text_width(_height_words(height), frame) for height in (low, high)) + unit * 1.2
    x = Scale(points[0].distance_m, points[-1].distance_m, left, frame.width - unit * 1.5)
    y = Scale(low - slack, high + slack, bottom - unit, unit * 1.8)
    track = [(x(point.distance_m), y(point.height_m)) for point in points]
    ground = f"{path(track)}L{number(x.end)} {number(bottom)}L{number(x.start)} {number(bottom)}Z"
    label = _("Between %(low)d and %(high)d metres above sea level") % {
        "low": round(low),
        "high": round(high),
    }
    return picture(
        el("path", class_="area", d=ground),
        el("path", class_="c1-l", d=path(track)),
        line(x.start, bottom, x.end, bottom, "axis-l"),
        *_heights(low, high, y, x.start - unit * 0.5, unit),
        *_kilometres(x, bottom, unit),
        frame=frame,
        height=bottom + unit * 2,
        label=label,
    )


def _heights(low: float, high: float, y: Scale, right: float, unit: float) -> Iterator[str]:
    for value in {round(low), round(high)}:
        yield words(_height_words(value), right, y(value) + unit * 0.35, "c-m", "end")


def _height_words(height: float) -> str:
    return f"{height:.0f} m"


def _kilometres(x: Scale, bottom: float, unit: float) -> Iterator[str]:
    for metres in ticks(x.low, x.high, 6):
        yield words(f"{number(metres / 1000)} km", x(metres), bottom + unit * 1.5, "c-m", "middle")
