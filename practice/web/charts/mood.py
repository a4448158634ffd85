"""Mood before and after each outing, and small lines beside a number."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from practice.web.charts.canvas import Frame, day_words, each_size, el, line, number, path, picture, words
from practice.web.charts.scale import Scale
from practice.web.charts.shapes import ChartTable, MoodChange, MoodPair

MOST_ROWS = 12
LOWEST_MOOD, HIGHEST_MOOD = 1, 5
SPARK_WIDTH, SPARK_HEIGHT = 96, 28


def mood_words(value: int) -> str:
    """Very low, low, in between, good, very good."""
    return [_("very low"), _("low"), _("in between"), _("good"), _("very good")][value - 1]


def mood_finding(moods: MoodChange) -> str:
    """Higher after 7 of 10 outings, the same after 2, lower after 1. Counts what is known, claims no cause."""
    if not moods.pairs:
        return _("No outing has both moods yet")
    went = Counter((pair.after > pair.before) - (pair.after < pair.before) for pair in moods.pairs)
    return _(
        "Mood was higher after %(higher)d of %(all)d outings, the same after %(same)d, lower after %(lower)d"
    ) % {
        "higher": went[1],
        "all": len(moods.pairs),
        "same": went[0],
        "lower": went[-1],
    }


def mood_note(moods: MoodChange) -> str:
    """How many entries have both moods, and how to read them."""
    counts = {"pairs": len(moods.pairs), "entries": moods.entries}
    both = _("○ before, ● after. %(pairs)d of %(entries)d entries have both moods.") % counts
    return both + " " + _("One pair says little by itself; read the whole.")


def mood_dumbbell(moods: MoodChange, *, for_print: bool = False) -> SafeString:
    """A row an outing, twelve at most: hollow before, filled after, a ring with a dot where nothing changed."""
    return each_size(lambda frame: _dumbbell(moods, frame), for_print=for_print)


def mood_table(moods: MoodChange) -> ChartTable:
    """Every outing with both moods."""
    rows = [_mood_row(pair) for pair in moods.pairs]
    return ChartTable(
        caption=_("Mood before and after"), head=[_("Date"), _("What"), _("Before"), _("After")], rows=rows
    )


def _mood_row(pair: MoodPair) -> list[str]:
    return [
        day_words(pair.on),
        pair.what,
        *(f"{value} {mood_words(value)}" for value in (pair.before, pair.after)),
    ]


def _dumbbell(moods: MoodChange, frame: Frame) -> str:
    shown, unit = moods.pairs[:MOST_ROWS], frame.text
    row = unit * (3.4 if frame.is_narrow else 2.1)
    top = unit * 2.2
    x = Scale(LOWEST_MOOD, HIGHEST_MOOD, _first_line(frame), frame.width - unit * 2.4)
    height = top + row * len(shown) + unit * 0.4
    rows = [_row(pair, top + row * (index + 1) - unit * 0.7, x, frame) for index, pair in enumerate(shown)]
    return picture(
        *_mood_lines(x, height, frame), *rows, frame=frame, height=height, label=mood_finding(moods)
    )


def _first_line(frame: Frame) -> float:
    return frame.text * 2.6 if frame.is_narrow else frame.width * 0.53


def _mood_lines(x: Scale, height: float, frame: Frame) -> Iterator[str]:
    for value in range(LOWEST_MOOD, HIGHEST_MOOD + 1):
        said = str(value) if frame.is_narrow else mood_words(value)
        yield line(x(value), frame.text * 1.6, x(value), height, "grid-l")
        yield words(said, x(value), frame.text, "c-m", "middle")


def _row(pair: MoodPair, y: float, x: Scale, frame: Frame) -> str:
    """Date and outing at the left, in the narrow picture on a line of its own above the marks."""
    unit, date = frame.text, day_words(pair.on)
    said_y = y - unit * 1.2 if frame.is_narrow else y + unit * 0.35
    said = words(date, 0, said_y, "c-b halo") + words(pair.what, unit * 4.6, said_y, "c-m halo")
    return said + _pair(x(pair.before), x(pair.after), y, unit)


def _pair(before: float, after: float, y: float, unit: float) -> str:
    if before == after:
        ring = el("circle", class_="before", cx=before, cy=y, r=unit * 0.6)
        return ring + el("circle", class_="after", cx=before, cy=y, r=unit * 0.24)
    return (
        line(before, y, after, y, "c1-l")
        + el("circle", class_="before", cx=before, cy=y, r=unit * 0.5)
        + el("circle", class_="after", cx=after, cy=y, r=unit * 0.5)
    )


def sparkline(
    values: Sequence[float | None], *, label: str, lowest: float | None = None, highest: float | None = None
) -> SafeString:
    """A small line with its last value dotted; None leaves a gap."""
    known = [value for value in values if value is not None]
    low = lowest if lowest is not None else min(known, default=0)
    high = highest if highest is not None else max(known, default=0)
    x, y = Scale(0, max(len(values) - 1, 1), 5, SPARK_WIDTH - 6), Scale(low, high, SPARK_HEIGHT - 5, 5)
    places = [None if value is None else (x(index), y(value)) for index, value in enumerate(values)]
    inside = [el("path", class_="c1-l", d=path(run)) for run in _unbroken(places) if len(run) > 1]
    inside += [el("circle", class_="c1-f", cx=place[0], cy=place[1], r=3.5) for place in places[-1:] if place]
    svg = el(
        "svg",
        *inside,
        class_="spark",
        viewBox=f"0 0 {number(SPARK_WIDTH)} {number(SPARK_HEIGHT)}",
        role="img",
        aria_label=label,
    )
    return mark_safe(svg)  # noqa: S308 the label went through escape()


def _unbroken(places: Sequence[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    run: list[tuple[float, float]] = []
    for place in [*places, None]:
        if place is not None:
            run.append(place)
            continue
        yield run
        run = []
