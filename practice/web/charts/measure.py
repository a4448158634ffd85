"""A measure over time: a line on severity bands under a key, with the gaps left open."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from practice.web.charts.canvas import (
    day_words,
    each_size,
    el,
    line,
    number,
    path,
    picture,
    text_width,
    words,
)
from practice.web.charts.measure_key import draw_key
from practice.web.charts.measure_lines import Box, box_of, reference_lines
from practice.web.charts.measure_plot import Plot, lines_of, plot_of
from practice.web.charts.shapes import ChartTable, MeasurePoint, MeasureSeries, Reliable

SIGNS = {Reliable.NO: "", Reliable.LOWER: " ▼", Reliable.HIGHER: " ▲"}
BAND_CLASSES = 5


def measure_chart(series: MeasureSeries, *, for_print: bool = False) -> SafeString:
    """The series as a picture. Forms too far apart are not joined; a missing one says "no form"."""
    return each_size(lambda frame: _draw(series, plot_of(series, frame)), for_print=for_print)


def measure_table(series: MeasureSeries) -> ChartTable:
    """Every form of the series and every time that none came, oldest first."""
    head = [_("Date"), _("Score"), _("Band"), _("Against the first")]
    rows = [
        [_day(point.on, series), _score_words(point), _band_of(point, series), _reliable_words(point)]
        for point in series.points
    ]
    return ChartTable(caption=series.name, head=head, rows=rows)


def _day(day: date, series: MeasureSeries) -> str:
    """2 Jun; with the year where the forms are not all of one."""
    is_of_one_year = len({point.on.year for point in series.points}) < 2  # noqa: PLR2004 one year
    return day_words(day) if is_of_one_year else date_format(day, "j M y")


def _band_of(point: MeasurePoint, series: MeasureSeries) -> str:
    """The word for a complete score, "" where there is none."""
    if point.score is None or not point.complete:
        return ""
    return next((band.word for band in reversed(series.bands) if point.score >= band.least), "")


def _score_words(point: MeasurePoint) -> str:
    if point.score is None:
        return _("no form")
    return number(point.score) if point.complete else _("%s, incomplete") % number(point.score)


def _reliable_words(point: MeasurePoint) -> str:
    return point.change or {Reliable.LOWER: _("reliably lower"), Reliable.HIGHER: _("reliably higher")}.get(
        point.reliable, ""
    )


def _draw(series: MeasureSeries, plot: Plot) -> str:
    return picture(
        *draw_key(series, plot.frame),
        *_bands(series, plot),
        *_axis(series, plot),
        *reference_lines(series, plot, taken=_taken(series, plot)),
        *_lines_between(series, plot),
        *_points(series, plot),
        *_day_words(series, plot),
        *_rows_below(series, plot),
        frame=plot.frame,
        height=plot.height,
        label=series.finding,
        detail=_detail(series),
    )


def _detail(series: MeasureSeries) -> str:
    return "; ".join(f"{_day(point.on, series)}: {_score_words(point)}" for point in series.points)


def _bands(series: MeasureSeries, plot: Plot) -> Iterator[str]:
    """Each band reaches up to where the next begins, so no score falls between two."""
    upper = [band.least for band in series.bands[1:]] + [series.highest]
    for index, (band, above) in enumerate(zip(series.bands, upper, strict=False)):
        top, bottom = plot.y(above), plot.y(band.least)
        yield el(
            "rect",
            class_=f"b{min(index, BAND_CLASSES - 1)}",
            x=plot.left,
            y=top,
            width=plot.right - plot.left,
            height=bottom - top,
        )
        yield from _band_word(band.word, (top + bottom) / 2, plot)


def _band_word(word: str, middle: float, plot: Plot) -> Iterator[str]:
    unit, parts = plot.frame.text, lines_of(word, plot.frame)
    first = middle + unit * 0.35 - unit * 0.55 * (len(parts) - 1)
    for index, part in enumerate(parts):
        yield words(part, plot.right + unit * 0.6, first + unit * 1.1 * index, "c-m")


def _axis(series: MeasureSeries, plot: Plot) -> Iterator[str]:
    """Score words at the left: the band edges, or the two ends when there are no bands."""
    edges = [band.least for band in series.bands] or [series.lowest]
    for value in [*edges, series.highest]:
        yield words(
            number(value),
            plot.left - plot.frame.text * 0.6,
            plot.y(value) + plot.frame.text * 0.35,
            "c-m",
            "end",
        )
    if not series.bands:
        yield line(plot.left, plot.y(series.lowest), plot.right, plot.y(series.lowest), "axis-l")


def _lines_between(series: MeasureSeries, plot: Plot) -> Iterator[str]:
    for run in _runs(series.points, series.gap_days):
        if len(run) > 1:
            yield el("path", class_="c1-l", d=path([_place(point, plot) for point in run]))


def _runs(points: Sequence[MeasurePoint], gap_days: int) -> Iterator[list[MeasurePoint]]:
    """Stretches of forms to be joined: a missing or incomplete form, or too long a gap, begins a new one."""
    run: list[MeasurePoint] = []
    for point in points:
        is_whole = point.score is not None and point.complete
        if run and (not is_whole or (point.on - run[-1].on).days > gap_days):
            yield run
            run = []
        if is_whole:
            run.append(point)
    yield run


def _place(point: MeasurePoint, plot: Plot) -> tuple[float, float]:
    return plot.x(point.on.toordinal()), plot.y(point.score or 0)


def _points(series: MeasureSeries, plot: Plot) -> Iterator[str]:
    radius = plot.frame.text * 0.45
    shown = _spaced(series.points, plot)
    said = _spaced([point for point in series.points if point.score is None], plot)
    for index, point in enumerate(series.points):
        x, y = _place(point, plot)
        if point.score is None:
            yield line(x, plot.y.start - radius, x, plot.y.start + radius, "axis-l")
            if point in said:
                yield words(_("no form"), x, _beside_the_line(series, index, plot), "c-b halo", "middle")
            continue
        yield el("circle", class_="c1-f pt" if point.complete else "pt-hollow", cx=x, cy=y, r=radius)
        if point in shown:
            yield _score(series.points, index, plot)


def _beside_the_line(series: MeasureSeries, index: int, plot: Plot) -> float:
    """Where "no form" stands clear of its neighbours: low under a high score, high over a low one."""
    before = [point.score for point in series.points[:index] if point.score is not None]
    is_high = bool(before) and before[-1] > (series.lowest + series.highest) / 2
    return plot.y.start - plot.frame.text * 0.6 if is_high else plot.y.end + plot.frame.text * 1.3


def _score(points: Sequence[MeasurePoint], index: int, plot: Plot) -> str:
    text, x, y = _score_place(points, index, plot)
    return words(text, x, y, "c-b halo", "middle")


def _score_place(points: Sequence[MeasurePoint], index: int, plot: Plot) -> tuple[str, float, float]:
    """The score beside its point: below where the line comes down to it, else above."""
    point, unit = points[index], plot.frame.text
    x, y = _place(point, plot)
    before = [earlier.score for earlier in points[:index] if earlier.score is not None]
    falls = bool(before) and before[-1] > (point.score or 0)
    below = falls and y + unit * 1.6 < plot.y.start
    text = number(point.score or 0) + SIGNS[point.reliable]
    return text, x, y + unit * 1.5 if below else y - unit * 0.85


def _taken(series: MeasureSeries, plot: Plot) -> list[Box]:
    """Where the points stand and what is written beside them."""
    shown, radius = _spaced(series.points, plot), plot.frame.text * 0.5
    boxes = []
    for index, point in enumerate(series.points):
        x, y = _place(point, plot)
        if point.score is not None:
            boxes.append(Box(left=x - radius, top=y - radius, right=x + radius, bottom=y + radius))
        if point.score is not None and point in shown:
            text, x, y = _score_place(series.points, index, plot)
            boxes.append(box_of(text, x, y, plot, anchor="middle"))
    return boxes


def _spaced(points: Sequence[MeasurePoint], plot: Plot) -> list[MeasurePoint]:
    """The forms whose words fit beside each other; the latest always fits."""
    longest = "30 Jun " if len({point.on.year for point in points}) < 2 else "30 Jun 26 "  # noqa: PLR2004 one year
    room, shown = text_width(longest, plot.frame), list[MeasurePoint]()
    for point in reversed(points):
        if not shown or plot.x(shown[-1].on.toordinal()) - plot.x(point.on.toordinal()) >= room:
            shown.append(point)
    return shown


def _day_words(series: MeasureSeries, plot: Plot) -> Iterator[str]:
    y = plot.y.start + plot.frame.text * 1.7
    for point in _spaced(series.points, plot):
        yield words(_day(point.on, series), plot.x(point.on.toordinal()), y, "c-m", "middle")


def _rows_below(series: MeasureSeries, plot: Plot) -> Iterator[str]:
    y = plot.y.start + plot.frame.text * 3.4
    if series.sessions:
        yield from _session_row(series.sessions, y, plot)
        y += plot.frame.text * 1.7
    if series.item_row:
        yield from _item_row(series.item_row.label, series.item_row.marks, y, plot)


def _session_row(sessions: Sequence[date], y: float, plot: Plot) -> Iterator[str]:
    unit = plot.frame.text
    yield words(_("sessions"), plot.right + unit * 0.6, y, "c-m")
    for day in sessions:
        x = plot.x(day.toordinal())
        if plot.left <= x <= plot.right:
            yield line(x, y - unit * 0.8, x, y, "c2-l")


def _item_row(label: str, marks: Sequence[tuple[date, int]], y: float, plot: Plot) -> Iterator[str]:
    unit = plot.frame.text
    yield words(label, plot.right + unit * 0.6, y, "c-m")
    for day, value in marks:
        x = plot.x(day.toordinal())
        if value:
            yield words(f"◆ {value}", x, y, "c-b", "middle")
        else:
            yield el("circle", class_="pt-hollow", cx=x, cy=y - unit * 0.35, r=unit * 0.3)
