"""Measures over time, ready for a chart, a table or a line in a list.

Nobody's right is asked here: whoever calls has found the client by `visible_to`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clients import instruments
from clients.instruments import Instrument, Item
from clients.measures import words
from clients.measures.querysets import forms_of, latest_forms, measures
from clients.measures.rules import reliable_change
from clients.record.models import Client
from clients.screening.models import Response
from practice.encryption import reading
from practice.people.models import Member
from practice.web import charts
from practice.web.charts import Band, ChartTable, MarkRow, MeasurePoint, MeasureSeries, Reliable

FORMS_IN_ITEM_TABLE = 6
OF_A_SCORE = ("uid", "instrument", "result", "screening__client_id")


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form that came in. `total` is None when a scored question had no value."""

    on: date
    total: int | None
    instrument: Instrument
    answers: dict[str, int | str]

    @property
    def partial(self) -> int:
        """What the answered questions add up to: a floor, drawn hollow and called incomplete."""
        values = (self.answers.get(item.key) for item in self.instrument.scored)
        return sum(value for value in values if isinstance(value, int))


@dataclass(frozen=True, kw_only=True)
class LatestMeasure:
    """Where a measure stands: the latest complete score in words, and all scores for a small line."""

    key: str
    name: str
    score: int
    highest: int
    band: str
    on: date
    change: str
    reliable: Reliable
    scores: Sequence[float | None]

    @property
    def sparkline(self) -> SafeString:
        label = _("%(name)s over %(count)d forms, latest %(score)d") % {
            "name": self.name,
            "count": len(self.scores),
            "score": self.score,
        }
        return charts.sparkline(self.scores, label=label, lowest=0, highest=self.highest)


@dataclass(frozen=True, kw_only=True)
class LatestScore:
    """The latest score of one measure, for a list of people."""

    name: str
    score: int
    band: str


@dataclass(frozen=True, kw_only=True)
class MeasureFigure:
    """One measure on its page: the picture, its numbers, and the answers item by item."""

    key: str
    series: MeasureSeries
    items: ChartTable
    attribution: str

    @property
    def svg(self) -> SafeString:
        return charts.measure_chart(self.series)

    @property
    def table(self) -> ChartTable:
        return charts.measure_table(self.series)


def measure_series(client: Client, instrument_key: str, since: date, until: date) -> MeasureSeries | None:
    """The forms from `since` to `until`, both included, against the client's first ever. None without any."""
    forms = _forms(forms_of(client, until).filter(instrument=instrument_key))
    return _series(forms, since)


def latest_measures(client: Client, on: date) -> list[LatestMeasure]:
    """Every measure with a complete form up to that day, in the order they are asked. One query."""
    return [latest for forms in _by_instrument(forms_of(client, on)) if (latest := _latest(forms))]


def latest_scores(clients: Sequence[Client], member: Member) -> dict[int, list[LatestScore]]:
    """By client key, the latest score of each measure, in the order they are asked. One query."""
    scores: dict[int, list[LatestScore]] = defaultdict(list)
    rows = latest_forms(clients, member).select_related("screening").only(*OF_A_SCORE)
    for row in sorted(reading.whole(rows, "result"), key=lambda row: measures().index(row.instrument)):
        name = instruments.load(row.instrument).name
        score = LatestScore(name=name, score=row.result["total"], band=row.result["band"])
        scores[row.screening.client_id].append(score)
    return scores


def measure_figures(client: Client, since: date, until: date) -> list[MeasureFigure]:
    """The page of measures. One query."""
    return [
        MeasureFigure(
            key=forms[-1].instrument.key,
            series=series,
            items=_item_table(forms),
            attribution=forms[-1].instrument.attribution,
        )
        for forms in _by_instrument(forms_of(client, until))
        if (series := _series(forms, since))
    ]


def _by_instrument(responses: Iterable[Response]) -> list[list[Form]]:
    rows = reading.whole(responses, "result", "answers")
    found = (_forms(row for row in rows if row.instrument == key) for key in measures())
    return [forms for forms in found if forms]


def _forms(responses: Iterable[Response]) -> list[Form]:
    return [_form(response) for response in responses]


def _form(response: Response) -> Form:
    """Scored and worded as on that day: the questionnaire comes from the snapshot, not from today's file."""
    submitted = response.submitted_at
    if submitted is None:
        raise ValueError("only forms that came in are measures")
    return Form(
        on=timezone.localdate(submitted),
        total=response.result.get("total"),
        instrument=instruments.read(response.snapshot),
        answers=response.answers,
    )


def _series(forms: Sequence[Form], since: date) -> MeasureSeries | None:
    """The points from `since` on; the first complete form ever is what they are held against."""
    shown = [form for form in forms if form.on >= since]
    if not shown:
        return None
    instrument, first = shown[-1].instrument, _first(forms)
    latest = next((form.total for form in reversed(shown) if form.total is not None), None)
    return MeasureSeries(
        name=instrument.name,
        finding=words.finding(instrument, first, latest, forms=len(forms)),
        lowest=instrument.lowest,
        highest=instrument.highest,
        points=[_point(form, first) for form in shown],
        bands=_bands(instrument),
        cut_off=instrument.cut_off,
        baseline=first,
        reliable_change=instrument.reliable_change,
        item_row=_safety_row(shown),
    )


def _first(forms: Sequence[Form]) -> int | None:
    return next((form.total for form in forms if form.total is not None), None)


def _point(form: Form, first: int | None) -> MeasurePoint:
    if form.total is None:
        return MeasurePoint(on=form.on, score=form.partial, complete=False)
    change = reliable_change(
        form.total if first is None else first, form.total, form.instrument.reliable_change
    )
    return MeasurePoint(on=form.on, score=form.total, reliable=change)


def _bands(instrument: Instrument) -> list[Band]:
    ends = [band.least - 1 for band in instrument.bands[1:]] + [instrument.highest]
    return [
        Band(word=band.word, least=band.least, most=most)
        for band, most in zip(instrument.bands, ends, strict=False)
    ]


def _safety_row(forms: Sequence[Form]) -> MarkRow | None:
    """The answers to the question that a clinician must hear of, as marks of their own."""
    item = next((item for item in forms[-1].instrument.scored if item.safety), None)
    if item is None:
        return None
    marks = [(form.on, value) for form in forms if isinstance(value := form.answers.get(item.key), int)]
    number = forms[-1].instrument.item_keys.index(item.key) + 1
    return MarkRow(label=_("question %d") % number, marks=marks) if marks else None


def _latest(forms: Sequence[Form]) -> LatestMeasure | None:
    complete = [form for form in forms if form.total is not None]
    if not complete:
        return None
    form, instrument = complete[-1], complete[-1].instrument
    first, score = complete[0].total or 0, form.total or 0
    return LatestMeasure(
        key=instrument.key,
        name=instrument.name,
        score=score,
        highest=instrument.highest,
        band=instrument.band_of(score),
        on=form.on,
        change=words.change_words(instrument, first, score) if len(complete) > 1 else "",
        reliable=reliable_change(first, score, instrument.reliable_change),
        scores=[one.total for one in forms],
    )


def _item_table(forms: Sequence[Form]) -> ChartTable:
    """The latest forms side by side, question by question, in the words that were chosen."""
    shown = forms[-FORMS_IN_ITEM_TABLE:]
    instrument = shown[-1].instrument
    return ChartTable(
        caption=_("%s, question by question") % instrument.name,
        head=[_("Question"), *(date_format(form.on, "j M") for form in shown)],
        rows=[[item.text, *(_answer_words(item, form) for form in shown)] for item in instrument.items],
    )


def _answer_words(item: Item, form: Form) -> str:
    answer = form.answers.get(item.key)
    if answer == instruments.NOT_SAID:
        return _("rather talk about it")
    if answer is None:
        return "–"
    label = item.label_of(answer)
    return f"{answer} · {label}" if item.options else label
