"""The key above a measure: what its signs and its dotted line mean, and only those that are in the picture."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from practice.web.charts.canvas import Frame, el, line, number, text_width, words
from practice.web.charts.shapes import MeasureSeries, Reliable

LINE = 1.5
"""Height of a line of the key, in text sizes."""
SIGN, GAP = 2.2, 1.4


@dataclass(frozen=True)
class Entry:
    """One sign and what it means. `sign` is a letter, "line" or "ring"."""

    sign: str
    words: str

    def width(self, frame: Frame) -> float:
        return text_width(self.words, frame) + frame.text * (SIGN + GAP)


def key_lines(series: MeasureSeries, frame: Frame) -> list[list[Entry]]:
    """The entries, broken into lines that fit the picture."""
    lines: list[list[Entry]] = []
    room = 0.0
    for entry in _entries(series):
        room -= entry.width(frame)
        if not lines or room < 0:
            lines.append([])
            room = frame.width - entry.width(frame)
        lines[-1].append(entry)
    return lines


def draw_key(series: MeasureSeries, frame: Frame) -> Iterator[str]:
    """The key at the top of the picture, left to right."""
    for row, entries in enumerate(key_lines(series, frame)):
        x, y = frame.text * 0.4, frame.text * (1 + LINE * row)
        for entry in entries:
            yield _sign(entry, x, y, frame.text)
            yield words(entry.words, x + frame.text * SIGN, y, "c-m")
            x += entry.width(frame)


def _entries(series: MeasureSeries) -> Iterator[Entry]:
    if series.cut_off is not None:
        yield Entry("line", _("cut-off %s") % number(series.cut_off))
    went = {point.reliable for point in series.points}
    if Reliable.LOWER in went:
        yield Entry("▼", _("reliably lower"))
    if Reliable.HIGHER in went:
        yield Entry("▲", _("reliably higher"))
    if any(point.score is not None and not point.complete for point in series.points):
        yield Entry("ring", _("incomplete"))


def _sign(entry: Entry, x: float, y: float, unit: float) -> str:
    middle = y - unit * 0.32
    if entry.sign == "line":
        return line(x, middle, x + unit * 1.7, middle, "dash-m")
    if entry.sign == "ring":
        return el("circle", class_="pt-hollow", cx=x + unit * 0.9, cy=middle, r=unit * 0.4)
    return words(entry.sign, x + unit * 0.9, y, "c-b", "middle")
