"""Each question of a measure over time, in the words that were chosen."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clients import instruments
from clients.instruments import Item
from clients.measures.screens.forms import Form
from practice.web.charts import ChartTable
from practice.web.charts.canvas import number

LATEST_FORMS = 5
"""Beside the first form, so many of the latest stand side by side."""


def item_table(forms: Sequence[Form], since: date) -> ChartTable:
    """The first form ever and the latest ones since that day, question by question; the totals last.

    A safety question whose answer a clinician must hear of is marked with ◆.
    """
    shown = _chosen(forms, since)
    instrument = shown[-1].instrument
    rows = [[item.text, *(_answer_words(item, form) for form in shown)] for item in instrument.items]
    return ChartTable(
        caption=_("%s, question by question") % instrument.name,
        head=[_("Question"), *(_day(form.on, shown) for form in shown)],
        rows=[*rows, [_("Total"), *(_total_words(form) for form in shown)]],
    )


def _chosen(forms: Sequence[Form], since: date) -> Sequence[Form]:
    latest = [form for form in forms[1:] if form.on >= since][-LATEST_FORMS:]
    return [forms[0], *latest]


def _day(day: date, shown: Sequence[Form]) -> str:
    """With the year only where the forms are not all of one."""
    return date_format(day, "j M" if len({form.on.year for form in shown}) == 1 else "j M Y")


def _answer_words(item: Item, form: Form) -> str:
    answer = form.answers.get(item.key)
    if answer == instruments.NOT_SAID:
        return _("rather talk about it")
    if answer is None:
        return "–"
    label = f"{answer} · {item.label_of(answer)}" if item.options else item.label_of(answer)
    return f"◆ {label}" if answer in item.safety else label


def _total_words(form: Form) -> str:
    if form.total is None:
        return _("incomplete")
    said = f"{number(form.total)} · {form.instrument.band_of(form.total)}".removesuffix(" · ")
    return _("%s, one answer estimated") % said if form.prorated else said
