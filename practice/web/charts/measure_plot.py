"""The ground that a measure is drawn on: where a day and a score fall, and the room for words around it."""

from dataclasses import dataclass

from practice.web.charts.canvas import Frame
from practice.web.charts.measure_key import LINE, key_lines
from practice.web.charts.scale import Scale, days_scale
from practice.web.charts.shapes import MeasureSeries


@dataclass(frozen=True, kw_only=True)
class Plot:
    """The ground of the picture: where a day and a score fall."""

    frame: Frame
    x: Scale
    y: Scale
    left: float
    right: float
    height: float


def plot_of(series: MeasureSeries, frame: Frame) -> Plot:
    """Room for the key above, the score words at the left, the band words at the right, and the rows below."""
    unit = frame.text
    left, right = unit * 2.6, frame.width - unit * _margin_in_units(series, frame)
    top = unit * (1.2 + LINE * len(key_lines(series, frame)))
    bottom = top + unit * (14.2 if frame.is_narrow else 18.6)
    inset = unit * 1.8
    return Plot(
        frame=frame,
        x=days_scale([point.on for point in series.points], left + inset, right - inset),
        y=Scale(series.lowest, series.highest, bottom, top),
        left=left,
        right=right,
        height=bottom + unit * (2.6 + 1.7 * _extra_rows(series)),
    )


def _margin_in_units(series: MeasureSeries, frame: Frame) -> float:
    """Room at the right for the band words, which are broken into lines in the narrow picture."""
    names = [band.word for band in series.bands]
    longest = max((_longest_line(name, frame) for name in names), default=0)
    return longest * 0.54 + 1.2


def _longest_line(name: str, frame: Frame) -> int:
    return max(len(part) for part in lines_of(name, frame))


def lines_of(name: str, frame: Frame) -> list[str]:
    """A band's word as it is broken in this picture."""
    return name.rsplit(" ", 1) if frame.is_narrow else [name]


def _extra_rows(series: MeasureSeries) -> int:
    return bool(series.sessions) + bool(series.item_row)
