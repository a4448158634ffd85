"""The day as a ribbon of light, with the sessions and their buffers on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.formats import time_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from practice.web.charts.canvas import (
    MIDDLE,
    NARROW,
    Frame,
    el,
    line,
    number,
    own_id,
    picture,
    text_width,
    words,
)
from practice.web.charts.scale import Scale
from practice.web.charts.shapes import DayRibbon, RibbonBlock
from practice.web.icons import drawing

EARLIEST, LATEST = 7.0, 20.0  # always shown, so that the picture does not jump from day to day
TREES = ((0.149, 6, 20), (0.163, 4.5, 15), (0.556, 5.5, 18), (0.569, 4, 13), (0.861, 7, 23), (0.879, 5, 17))
GROUND, HEIGHT = 88.0, 132.0
PIN_HALF = 26.0
FRAMES = (Frame(width=1008, text=13, css="chart-wide"), MIDDLE, NARROW)


@dataclass(frozen=True, kw_only=True)
class Span:
    """The hours shown, and where an hour falls."""

    frame: Frame
    x: Scale

    def at(self, moment: datetime) -> float:
        return self.x(hour_of(moment))


def day_ribbon(ribbon: DayRibbon) -> SafeString:
    """Light from first to last, each session a block with its glyph, the buffer hatched, now as a pin.

    Three pictures, since a day is long: the CSS shows the one that fits.
    """
    drawn = (_draw(ribbon, _span(ribbon, frame)) for frame in FRAMES)
    return mark_safe("".join(drawn))  # noqa: S308 every text went through escape()


def hour_of(moment: datetime) -> float:
    """Hours since midnight, as the clock on the wall says."""
    return moment.hour + moment.minute / 60


def _span(ribbon: DayRibbon, frame: Frame) -> Span:
    """Wide enough for the light and every session, an hour of night at each end, within the day."""
    moments = [ribbon.first_light, ribbon.last_light, *(block.starts_at for block in ribbon.blocks)]
    ends = [*moments, *(block.ends_at for block in ribbon.blocks)]
    low = min([EARLIEST, *(hour_of(moment) for moment in moments if moment)])
    high = max([LATEST, *(hour_of(moment) for moment in ends if moment)])
    return Span(frame=frame, x=Scale(max(low - 1, 0), min(high + 1, 24), 0, frame.width))


def _draw(ribbon: DayRibbon, span: Span) -> str:
    return picture(
        _hatch(ribbon, span),
        *_sky(ribbon, span),
        *_land(span),
        *_hours(span),
        *_light_words(ribbon, span),
        *_now(ribbon, span),
        *(part for block in ribbon.blocks for part in _block(block, span, _hatch_name(ribbon, span))),
        *_block_words(ribbon, span),
        frame=span.frame,
        height=HEIGHT,
        label=ribbon.label,
    )


def _sky(ribbon: DayRibbon, span: Span) -> Iterator[str]:
    """Night outside the light, day inside it; one even ground where the sun does not rise or set."""
    if ribbon.first_light is None or ribbon.last_light is None:
        yield el("rect", class_="f-day", width=span.frame.width, height=HEIGHT)
        return
    name = own_id("sky", ribbon.day, span.frame.css)
    first, last = (
        span.at(ribbon.first_light) / span.frame.width,
        span.at(ribbon.last_light) / span.frame.width,
    )
    stops = [
        (first - 0.05, "st-night"),
        (first, "st-sky3"),
        (first + 0.06, "st-sky2"),
        (first + 0.14, "st-day"),
        (last - 0.14, "st-day"),
        (last - 0.06, "st-sky2"),
        (last, "st-sky3"),
        (last + 0.05, "st-night"),
    ]
    inside = [el("stop", offset=f"{min(max(at, 0), 1):.3f}", class_=css) for at, css in stops]
    yield el("defs", el("linearGradient", *inside, id=name))
    yield el("rect", width=span.frame.width, height=HEIGHT, fill=f"url(#{name})")
    yield el("circle", class_="f-sun", cx=span.at(ribbon.first_light) + 28, cy=76, r=13)


def _land(span: Span) -> Iterator[str]:
    width = span.frame.width
    ridge = [(0, 78), (0.12, 68), (0.26, 73), (0.4, 67), (0.55, 73), (0.7, 66), (0.86, 67), (1, 72)]
    yield el("path", class_="f-hill1", d=f"{_curve([(x * width, y) for x, y in ridge])}V96H0z")
    yield el(
        "path", class_="f-bank", d=f"M0 84Q{number(width / 2)} 77 {number(width)} 84V{number(HEIGHT)}H0z"
    )
    trees = [el("ellipse", cx=at * width, cy=86 - high, rx=wide, ry=high) for at, wide, high in TREES]
    yield el("g", *trees, class_="f-tree")
    yield el("rect", class_="f-path", y=GROUND, width=width, height=HEIGHT - GROUND)


def _curve(points: list[tuple[float, float]]) -> str:
    """A soft ridge: each point is the handle of a curve from middle to middle."""
    d = f"M{number(points[0][0])} {number(points[0][1])}"
    for (x, y), (next_x, next_y) in pairwise(points):
        d += f"Q{number(x)} {number(y)} {number((x + next_x) / 2)} {number((y + next_y) / 2)}"
    return f"{d}L{number(points[-1][0])} {number(points[-1][1])}"


def _hours(span: Span) -> Iterator[str]:
    step = 4 if span.frame.is_narrow else 2
    for hour in range(0, 25, step):
        x = span.x(hour)
        if text_width("00:00", span.frame) / 2 < x < span.frame.width - text_width("00:00", span.frame) / 2:
            yield line(x, 102, x, 108, "rb-tick")
            yield words(f"{hour:02d}:00", x, 124, "rb-m", "middle")


def _light_words(ribbon: DayRibbon, span: Span) -> Iterator[str]:
    if ribbon.first_light is None or ribbon.last_light is None:
        yield words(_("no sunset today"), 8, 22, "rb-m")
        return
    first, last = span.at(ribbon.first_light), span.at(ribbon.last_light)
    said = [time_format(moment.time(), "H:i") for moment in (ribbon.first_light, ribbon.last_light)]
    if not span.frame.is_narrow:
        said = [_("first light %s") % said[0], _("last light %s") % said[1]]
    yield line(first, 10, first, 90, "rb-tick") + line(last, 10, last, 90, "rb-tick")
    pin = _pin_at(ribbon, span)
    if pin is None or pin - PIN_HALF > first + 6 + text_width(said[0], span.frame):
        yield words(said[0], first + 6, 22, "rb-m")
    if pin is None or pin + PIN_HALF < last - 6 - text_width(said[1], span.frame):
        yield words(said[1], last - 6, 22, "rb-m", "end")


def _hatch_name(ribbon: DayRibbon, span: Span) -> str:
    return own_id("hatch", ribbon.day, span.frame.css)


def _hatch(ribbon: DayRibbon, span: Span) -> str:
    """Slanted strokes, for time kept free."""
    pattern = el(
        "pattern",
        el("path", class_="hatch", d="M0 0v6"),
        id=_hatch_name(ribbon, span),
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return el("defs", pattern)


def _block(block: RibbonBlock, span: Span, hatch: str) -> Iterator[str]:
    """The buffer behind, then the session: never narrower than its glyph."""
    left, right = span.at(block.starts_at), span.at(block.ends_at)
    buffer_end = span.x(hour_of(block.ends_at) + block.buffer_minutes / 60)
    width = max(right - left, 26)
    if block.buffer_minutes:
        yield _buffer(left + width - 2, buffer_end, hatch)
    css = "rb-block rb-done" if block.is_done else f"rb-block rb-{block.mode}"
    yield el("rect", class_=css, x=left, y=58, width=width, height=40, rx=8)
    yield el(
        "svg",
        drawing(f"g-{block.mode}"),
        class_="rb-glyph",
        x=left + width / 2 - 12,
        y=66,
        width=24,
        height=24,
        viewBox="0 0 24 24",
    )


def _buffer(left: float, right: float, hatch: str) -> str:
    """Time kept free: pale, with slanted strokes. Nothing where the session's block covers it."""
    if right <= left:
        return ""
    ground = el("rect", class_="rb-shift", x=left, y=60, width=right - left, height=36, rx=4)
    return ground + el("rect", fill=f"url(#{hatch})", x=left, y=60, width=right - left, height=36, rx=4)


def _block_words(ribbon: DayRibbon, span: Span) -> Iterator[str]:
    """Time and initials over each block, left out where they would run into the one before."""
    free_from = 0.0
    for block in ribbon.blocks:
        said = f"{time_format(block.starts_at.time(), 'H:i')} {block.label}".strip()
        said = said.split(" ")[-1] if span.frame.is_narrow else said
        middle, half = (
            (span.at(block.starts_at) + span.at(block.ends_at)) / 2,
            text_width(said, span.frame) / 2,
        )
        if middle - half >= free_from:
            yield words(said, middle, 50, "rb-b halo-sky", "middle")
            free_from = middle + half + 6


def _pin_at(ribbon: DayRibbon, span: Span) -> float | None:
    """Where the pin with the time of day stands, kept within the picture; None when it is another day."""
    if ribbon.now is None or not span.x.low <= hour_of(ribbon.now) <= span.x.high:
        return None
    return min(max(span.at(ribbon.now), PIN_HALF + 2), span.frame.width - PIN_HALF - 2)


def _now(ribbon: DayRibbon, span: Span) -> Iterator[str]:
    pin = _pin_at(ribbon, span)
    if ribbon.now is None or pin is None:
        return
    x = span.at(ribbon.now)
    yield line(x, 30, x, 104, "rb-now")
    yield el("rect", class_="rb-nowfill", x=pin - PIN_HALF, y=10, width=2 * PIN_HALF, height=22, rx=11)
    yield words(time_format(ribbon.now.time(), "H:i"), pin, 25.5, "rb-nowtext", "middle")
