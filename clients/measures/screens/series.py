"""Measures over time, ready for a chart, a table or a line in a list.

Nobody's right is asked here: whoever calls has found the client by `visible_to`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clients import instruments
from clients.instruments import Instrument
from clients.instruments.shapes import Points
from clients.measures import words
from clients.measures.comparing import scale_of
from clients.measures.models import MeasureOccasion
from clients.measures.querysets import forms_of, latest_forms, measures
from clients.measures.rules import missed, reliable_change
from clients.measures.screens.forms import Form, form_of
from clients.measures.screens.items import item_table
from clients.record.models import Client
from clients.screening.models import Response
from practice.encryption import reading
from practice.people.models import Member
from practice.web import charts
from practice.web.charts import Band, ChartTable, MarkRow, MeasurePoint, MeasureSeries, Reliable

OF_A_SCORE = ("uid", "instrument", "result", "screening__client_id")
Missed = Mapping[str, Sequence[date]]
"""By questionnaire, the days on which it was due and no form came before it was due again."""


@dataclass(frozen=True, kw_only=True)
class LatestMeasure:
    """Where a measure stands: the latest complete score in words, and all scores for a small line."""

    key: str
    name: str
    score: Points
    highest: int
    band: str
    on: date
    change: str
    reliable: Reliable
    scores: Sequence[float | None]

    @property
    def sparkline(self) -> SafeString:
        label = _("%(name)s over %(count)d forms, latest %(score)s") % {
            "name": self.name,
            "count": len(self.scores),
            "score": self.score,
        }
        return charts.sparkline(self.scores, label=label, lowest=0, highest=self.highest)


@dataclass(frozen=True, kw_only=True)
class LatestScore:
    """The latest score of one measure, for a list of people."""

    name: str
    score: Points
    band: str


@dataclass(frozen=True, kw_only=True)
class MeasureFigure:
    """One measure on its page: the picture, its numbers, and the answers item by item.

    `is_earlier`: asked with other questions than today, so that it is not held against newer forms.
    """

    key: str
    series: MeasureSeries
    items: ChartTable
    attribution: str
    is_earlier: bool

    @property
    def svg(self) -> SafeString:
        return charts.measure_chart(self.series)

    @property
    def table(self) -> ChartTable:
        return charts.measure_table(self.series)


def measure_series(client: Client, instrument_key: str, since: date, until: date) -> MeasureSeries | None:
    """The forms from `since` to `until`, both included, against the client's first ever. None without any."""
    return dict(all_series(client, since, until)).get(instrument_key)


def all_series(client: Client, since: date, until: date) -> list[tuple[str, MeasureSeries]]:
    """(questionnaire, its series) of each measure with a form in those days, on the scale of its newest forms."""
    gaps = missed_days(client, until)
    newest = {forms[-1].instrument.key: forms for forms in by_scale(forms_of(client, until))}
    return [
        (key, series) for key, forms in newest.items() if (series := _series(forms, since, gaps.get(key, ())))
    ]


def latest_measures(client: Client, on: date) -> list[LatestMeasure]:
    """Every measure with a complete form up to that day, in the order they are asked. One query."""
    newest = {forms[-1].instrument.key: forms for forms in by_scale(forms_of(client, on))}
    return [latest for forms in newest.values() if (latest := _latest(forms))]


def latest_scores(clients: Sequence[Client], member: Member) -> dict[int, list[LatestScore]]:
    """By client key, the latest score of each measure, in the order they are asked. One query."""
    scores: dict[int, list[LatestScore]] = defaultdict(list)
    rows = latest_forms(clients, member).select_related("screening").only(*OF_A_SCORE)
    order = measures()
    names = {key: instruments.load(key).name for key in {row.instrument for row in rows}}
    for row in sorted(reading.whole(rows, "result"), key=lambda row: order.index(row.instrument)):
        score = LatestScore(name=names[row.instrument], score=row.result["total"], band=row.result["band"])
        scores[row.screening.client_id].append(score)
    return scores


def measure_figures(client: Client, since: date, until: date) -> list[MeasureFigure]:
    """The page of measures: one figure for each questionnaire, and for each scale where its questions changed."""
    gaps = missed_days(client, until)
    return [
        MeasureFigure(
            key=f"{forms[-1].instrument.key}-{number}" if number else forms[-1].instrument.key,
            series=series,
            items=item_table(forms, since),
            attribution=forms[-1].instrument.attribution,
            is_earlier=number > 0,
        )
        for number, forms in numbered(by_scale(forms_of(client, until)))
        if (series := _series(forms, since, [] if number else gaps.get(forms[-1].instrument.key, ())))
    ]


def numbered(all_forms: Sequence[Sequence[Form]]) -> list[tuple[int, Sequence[Form]]]:
    """The forms of each scale with their place among those of the same questionnaire: 0 for the newest scale."""
    keys = [forms[-1].instrument.key for forms in all_forms]
    return [(keys[place + 1 :].count(keys[place]), forms) for place, forms in enumerate(all_forms)]


def by_scale(responses: Iterable[Response]) -> list[list[Form]]:
    """Forms that may be held against each other, oldest first; questionnaires in the order they are asked."""
    found: dict[object, list[Form]] = {}
    for form in _forms(reading.whole(responses, "result", "answers")):
        found.setdefault(scale_of(form.instrument), []).append(form)
    order = {key: place for place, key in enumerate(measures())}
    return sorted(found.values(), key=lambda forms: order.get(forms[-1].instrument.key, len(order)))


def _forms(responses: Iterable[Response]) -> list[Form]:
    return [form_of(response) for response in responses]


def missed_days(client: Client, until: date) -> Missed:
    """The gaps, as far as a plan had the measure due. One query, and one more where there were such days."""
    due: dict[int, list[MeasureOccasion]] = defaultdict(list)
    rows = MeasureOccasion.objects.filter(plan__client=client, due_on__lte=until).select_related(
        "plan", "screening"
    )
    for row in rows.order_by("due_on", "pk"):
        due[row.plan_id].append(row)
    if not due:
        return {}
    came = _days_of_forms(client)
    gaps: dict[str, list[date]] = defaultdict(list)
    for times in due.values():
        key, days = times[0].plan.instrument, [one.due_on for one in times]
        gaps[key] += missed(days, came.get(key, ()), is_over=_is_closed(times[-1]))
    return gaps


def _is_closed(last: MeasureOccasion) -> bool:
    """Whether no form can come any more for the last time it was due: the questions were taken back, or are gone."""
    return last.screening is None or last.screening.cancelled_at is not None


def _days_of_forms(client: Client) -> dict[str, list[date]]:
    came: dict[str, list[date]] = defaultdict(list)
    rows = Response.objects.submitted().filter(screening__client=client).order_by("submitted_at")
    for key, at in rows.values_list("instrument", "submitted_at"):
        came[key].append(timezone.localdate(at))
    return came


def _series(forms: Sequence[Form], since: date, gaps: Sequence[date]) -> MeasureSeries | None:
    """The points from `since` on; the first complete form ever is what they are held against."""
    shown = [form for form in forms if form.on >= since]
    if not shown:
        return None
    instrument, first = shown[-1].instrument, first_complete(forms)
    latest = next((form.total for form in reversed(shown) if form.total is not None), None)
    points = [_point(form, first) for form in shown]
    points += [MeasurePoint(on=day, score=None) for day in gaps if day >= since]
    complete = sum(form.total is not None for form in forms)
    return MeasureSeries(
        name=instrument.name,
        finding=words.finding(instrument, first.total if first else None, latest, complete=complete),
        lowest=instrument.lowest,
        highest=instrument.highest,
        points=sorted(points, key=lambda point: point.on),
        bands=_bands(instrument),
        cut_off=instrument.cut_off,
        baseline=first.total if first else None,
        reliable_change=instrument.reliable_change,
        item_row=_safety_row(shown),
    )


def first_complete(forms: Sequence[Form]) -> Form | None:
    """The first complete form: what the others are held against."""
    return next((form for form in forms if form.total is not None), None)


def _point(form: Form, first: Form | None) -> MeasurePoint:
    if form.total is None or first is None or first.total is None:
        return MeasurePoint(on=form.on, score=form.partial, complete=False)
    instrument = form.instrument
    return MeasurePoint(
        on=form.on,
        score=form.total,
        reliable=reliable_change(first.total, form.total, instrument.reliable_change),
        change="" if form is first else words.against_the_first(instrument, first.total, form.total),
    )


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
