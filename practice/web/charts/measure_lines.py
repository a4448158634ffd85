"""The lines across a measure, and the place for the word of each: clear of the scores and of the other line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from django.utils.translation import gettext as _

from practice.web.charts.canvas import line, number, text_width, words
from practice.web.charts.measure_plot import Plot
from practice.web.charts.shapes import MeasureSeries

ABOVE, BELOW = (-0.4, 1.15, -1.6, 2.3), (1.15, -0.4, 2.3, -1.6)
"""Where a word's baseline may stand, in text sizes below its line: on its own side, the other, and then further off."""


@dataclass(frozen=True, kw_only=True)
class Box:
    """Where something stands in the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def box_of(text: str, x: float, y: float, plot: Plot, *, anchor: str = "start") -> Box:
    """About where a line of text with its baseline at `y` stands."""
    wide, unit = text_width(text, plot.frame), plot.frame.text
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return Box(left=left, top=y - unit * 0.8, right=left + wide, bottom=y + unit * 0.25)


def reference_lines(series: MeasureSeries, plot: Plot, *, taken: Sequence[Box]) -> Iterator[str]:
    """The cut-off, and the bracket of measurement error around the first score; a side off the scale is left out."""
    if series.cut_off is not None:
        yield _across(series.cut_off, plot, "dash-m")
    if series.baseline is None or series.reliable_change is None:
        return
    change = number(series.reliable_change)
    lower, upper = series.baseline - series.reliable_change, series.baseline + series.reliable_change
    full = [*taken, *_cut_off_box(series, plot)]
    if lower >= series.lowest:
        yield _across(lower, plot, "dash")
        yield _word(_("first score less %s") % change, lower, plot, full, above=False)
    if upper <= series.highest:
        yield _across(upper, plot, "dash")
        yield _word(_("first score plus %s") % change, upper, plot, full, above=True)


def _across(value: float, plot: Plot, css: str) -> str:
    return line(plot.left, plot.y(value), plot.right, plot.y(value), css)


def _cut_off_box(series: MeasureSeries, plot: Plot) -> list[Box]:
    """The line itself, so that no word is struck through."""
    if series.cut_off is None:
        return []
    y = plot.y(series.cut_off)
    return [Box(left=plot.left, top=y, right=plot.right, bottom=y + 0.1)]


def _word(text: str, value: float, plot: Plot, full: Sequence[Box], *, above: bool) -> str:
    """The first place that is free of those by the line: left before right, its own side before the other, near before far."""
    unit = plot.frame.text
    heights = [plot.y(value) + unit * up for up in (ABOVE if above else BELOW)]
    sides = [("start", plot.left + unit * 0.5), ("end", plot.right - unit * 0.5)]
    places = [(anchor, x, y) for y, (anchor, x) in product(heights, sides)]
    free = (
        (anchor, x, y)
        for anchor, x, y in places
        if not any(box_of(text, x, y, plot, anchor=anchor).meets(box) for box in full)
    )
    anchor, x, y = next(free, places[0])
    return words(text, x, y, "halo-band", None if anchor == "start" else anchor)
