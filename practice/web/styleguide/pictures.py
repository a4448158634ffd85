"""Sample charts: the usual, the sparse and the empty case of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from practice.web import charts
from practice.web.charts import Day

START = date(2026, 6, 2)
RELIABLE = 6
PHQ_BANDS = (
    charts.Band(word="none to minimal", least=0, most=4),
    charts.Band(word="mild", least=5, most=9),
    charts.Band(word="moderate", least=10, most=14),
    charts.Band(word="moderately severe", least=15, most=19),
    charts.Band(word="severe", least=20, most=27),
)
WEEK = (Day.SESSION, Day.BLANK, Day.MOVED, Day.REST, Day.BLANK, Day.MOVED, Day.BLANK)
LOOP = (
    (52.1000, 0.1000),
    (52.1022, 0.1040),
    (52.1031, 0.1090),
    (52.1060, 0.1131),
    (52.1082, 0.1190),
    (52.1066, 0.1242),
    (52.1030, 0.1201),
    (52.1012, 0.1130),
    (52.0994, 0.1062),
    (52.1000, 0.1000),
)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A chart with its sentence and its table."""

    finding: str
    svg: SafeString
    table: charts.ChartTable | None = None
    note: str = ""

    @property
    def again(self) -> SafeString:
        """The picture for a second place on the page: its patterns need names of their own."""
        return mark_safe(self.svg.replace("own-", "again-").replace('class="again-', 'class="own-'))  # noqa: S308 - our own drawing again


def every_chart() -> Iterator[Picture]:
    """The figures of the style page, in order."""
    yield from _measures()
    yield from _movement()
    yield from _moods()
    yield from _places()


def _measures() -> Iterator[Picture]:
    for finding, scores in (
        (_("PHQ-9 is reliably lower than at the start"), (17, 16, 14, None, 11, 9, 8)),
        (_("One form so far"), (12,)),
    ):
        series = _phq(finding, scores)
        yield Picture(finding=finding, svg=charts.measure_chart(series), table=charts.measure_table(series))


def _is_much_less(score: int | None, first: int | None) -> bool:
    return score is not None and first is not None and first - score >= RELIABLE


def _phq(finding: str, scores: tuple[int | None, ...]) -> charts.MeasureSeries:
    days = [START + timedelta(days=14 * index) for index in range(len(scores))]
    points = [
        charts.MeasurePoint(
            on=day,
            score=score,
            complete=score != 16,  # noqa: PLR2004 one hollow point among the samples
            reliable=charts.Reliable.LOWER if _is_much_less(score, scores[0]) else charts.Reliable.NO,
        )
        for day, score in zip(days, scores, strict=True)
    ]
    marks = [(day, 1 if index < 2 else 0) for index, day in enumerate(days)]  # noqa: PLR2004 - sample values
    return charts.MeasureSeries(
        name="PHQ-9",
        finding=finding,
        highest=27,
        points=points,
        bands=PHQ_BANDS,
        cut_off=10,
        baseline=scores[0],
        reliable_change=RELIABLE,
        sessions=[day + timedelta(days=2) for day in days],
        item_row=charts.MarkRow(label=_("item 9"), marks=marks),
    )


def _movement() -> Iterator[Picture]:
    weeks = [_week(index) for index in range(11)]
    finding = _("Moved or rested by choice in nine of eleven weeks")
    strip = charts.week_strip(weeks, label=finding)
    yield Picture(finding=finding, svg=strip, table=charts.week_table(weeks))
    minutes = _("Between 40 and 110 minutes a week")
    svg = charts.week_minutes(weeks, label=minutes, ceiling=120)
    yield Picture(finding=minutes, svg=svg, table=charts.week_table(weeks))
    nothing = _("No weeks yet")
    yield Picture(finding=nothing, svg=charts.week_minutes([], label=nothing))


def _week(index: int) -> charts.Week:
    is_empty = index in {5, 6}
    days = [Day.BLANK] * 7 if is_empty else [WEEK[(day + index) % 7] for day in range(7)]
    return charts.Week(
        starts_on=START + timedelta(days=7 * index),
        days=days,
        session_minutes=0 if is_empty else 50,
        own_minutes=0 if is_empty else 10 * (index % 7),
    )


def _moods() -> Iterator[Picture]:
    before_after = ((3, 4), (2, 4), (3, 4), (2, 3), (3, 3), (2, 3), (3, 2), (1, 2), (2, 5))
    what = _("walk, 20 min, with a sister")
    pairs = [
        charts.MoodPair(on=START - timedelta(days=3 * index), what=what, before=before, after=after)
        for index, (before, after) in enumerate(before_after)
    ]
    for change in (charts.MoodChange(pairs=pairs, entries=14), charts.MoodChange(pairs=[], entries=3)):
        yield Picture(
            finding=charts.mood_finding(change),
            svg=charts.mood_dumbbell(change),
            table=charts.mood_table(change),
            note=charts.mood_note(change),
        )


def _places() -> Iterator[Picture]:
    profile = [
        charts.ProfilePoint(distance_m=100.0 * step, height_m=12 + 9 * abs((step % 20) - 10) / 10)
        for step in range(43)
    ]
    finding = _("Between 12 and 21 m above the sea")
    yield Picture(
        finding=finding, svg=charts.elevation_profile(profile), table=charts.elevation_table(profile)
    )


def route_picture() -> SafeString:
    """A small loop with a turning point and two lettered places."""
    points = [charts.MapPoint(latitude=latitude, longitude=longitude) for latitude, longitude in LOOP]
    pins = [
        charts.MapPin(letter="B", latitude=52.1031, longitude=0.1090),
        charts.MapPin(letter="C", latitude=52.1066, longitude=0.1242, kind=charts.Pin.TURN),
    ]
    return charts.route_map(points, label=_("River loop, 4.2 kilometres"), pins=pins)


def ribbon() -> SafeString:
    """A day with four sessions, the second already done."""
    day = datetime(2026, 8, 18)  # noqa: DTZ001 times on the wall, already local
    starts = (((9, 30), "run", "A.O.", 30), ((11, 0), "sit", "T.B.", 10), ((13, 30), "walk", "M.K.", 20))
    blocks = [
        charts.RibbonBlock(
            starts_at=day.replace(hour=hour, minute=minute),
            ends_at=day.replace(hour=hour, minute=minute) + timedelta(minutes=50),
            mode=charts.Mode(mode),
            label=label,
            buffer_minutes=buffer,
            is_done=label == "T.B.",
        )
        for (hour, minute), mode, label, buffer in starts
    ]
    return charts.day_ribbon(
        charts.DayRibbon(
            day=day.date(),
            label=_("Three sessions, all in daylight. It is 08:40."),
            first_light=day.replace(hour=5, minute=22),
            last_light=day.replace(hour=20, minute=49),
            blocks=blocks,
            now=day.replace(hour=8, minute=40),
        )
    )
