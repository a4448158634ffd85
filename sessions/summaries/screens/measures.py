"""What the questionnaires say: no change is spoken of below two forms, and no cause ever."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clients.measures.rules import Crossing, crossing
from practice.web.charts import MeasureSeries, Reliable
from sessions.summaries.document import MeasureRow
from sessions.summaries.rules import Part, complete
from sessions.summaries.screens.gathering import Gathered

LEAST_FORMS_FOR_A_CHANGE = 2


def shown_series(found: Gathered) -> list[MeasureSeries]:
    """Without the marks of the safety question where the audience is not told of it."""
    shown = [series for _key, series in found.series]
    return shown if Part.SAFETY in found.parts else [replace(series, item_row=None) for series in shown]


def measure_rows(shown: Sequence[MeasureSeries]) -> Iterator[MeasureRow]:
    for series in shown:
        yield _measure_row(series)
        if series.item_row and any(value for _on, value in series.item_row.marks):
            yield _item_row(series)


def _measure_row(series: MeasureSeries) -> MeasureRow:
    full = complete(series.points)
    latest, first = full[-1].score if full else None, series.baseline
    return MeasureRow(
        name=series.name,
        first="" if first is None else f"{first:g}",
        latest="" if latest is None else f"{latest:g}",
        change=_change(first, latest, len(full)),
        reading=_reading(series),
        forms=_forms(len(full), len(series.points)),
    )


def _change(first: float | None, latest: float | None, forms: int) -> str:
    if first is None or latest is None or forms < LEAST_FORMS_FOR_A_CHANGE:
        return ""
    return f"{latest - first:+g}".replace("-", "−")


def _forms(full: int, all_forms: int) -> str:
    if full == all_forms:
        return str(full)
    return _("%(full)d of %(all)d complete") % {"full": full, "all": all_forms}


def _reading(series: MeasureSeries) -> str:
    """Reliable or not, and apart from that whether the cut-off was crossed. Nothing about a single form."""
    full = complete(series.points)
    if len(full) < LEAST_FORMS_FOR_A_CHANGE or series.baseline is None or full[-1].score is None:
        return _("too few forms to speak of a change")
    said = {
        Reliable.LOWER: _("reliably lower"),
        Reliable.HIGHER: _("reliably higher"),
        Reliable.NO: _("within measurement error"),
    }[full[-1].reliable]
    went = crossing(
        int(series.baseline), int(full[-1].score), None if series.cut_off is None else int(series.cut_off)
    )
    crossed = {Crossing.BELOW: _("now below %s"), Crossing.ABOVE: _("now at or above %s")}.get(went)
    return f"{said}; {crossed % f'{series.cut_off:g}'}" if crossed else said


def _item_row(series: MeasureSeries) -> MeasureRow:
    """The safety question of a form: when it was last answered above 0."""
    marks = list(series.item_row.marks) if series.item_row else []
    last = max(on for on, value in marks if value)
    return MeasureRow(
        name=_("%(name)s, %(item)s")
        % {"name": series.name, "item": series.item_row.label if series.item_row else ""},
        first=str(marks[0][1]),
        latest=str(marks[-1][1]),
        change="",
        reading=_("last above 0 on %s") % date_format(last, "j F"),
        forms=str(len(marks)),
    )
