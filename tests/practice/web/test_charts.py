"""Whatever the values, a chart is one well-formed picture, with a sentence for its name and nobody's markup in it."""

import re
from datetime import date, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice.web import charts
from practice.web.charts.canvas import number
from practice.web.charts.scale import Scale, round_step, thin, ticks

NASTY = '<script>alert("x")</script> & \'"'
texts = st.one_of(
    st.just(NASTY), st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=30)
)
days = st.dates(date(2000, 1, 1), date(2040, 1, 1))
few = settings(max_examples=60, deadline=None)


def pictures_in(svg: str) -> list[ElementTree.Element]:
    """Parse each picture; raises where one is not well-formed."""
    wrapped = ElementTree.fromstring(f"<all>{svg}</all>")  # noqa: S314 our own markup
    return list(wrapped)


def assert_is_sound(svg: str, *, label: str | None = None) -> None:
    pictures = pictures_in(svg)
    assert pictures
    for picture in pictures:
        assert picture.get("role") == "img"
        assert picture.get("aria-label")
        if label is not None:
            assert picture.get("aria-label") == label
    assert not re.search(r"\b(nan|inf|None)\b", re.sub(r">[^<]*<|\"[^\"]*[A-Za-z]{4,}[^\"]*\"", "><", svg))
    assert "<script" not in svg
    assert " style=" not in svg


points = st.builds(
    charts.MeasurePoint,
    on=days,
    score=st.one_of(st.none(), st.floats(0, 27, allow_nan=False)),
    complete=st.booleans(),
    reliable=st.sampled_from(charts.Reliable),
)
series = st.builds(
    charts.MeasureSeries,
    name=texts,
    finding=texts.filter(bool),
    highest=st.just(27.0),
    points=st.lists(points, max_size=12).map(lambda some: sorted(some, key=lambda one: one.on)),
    bands=st.just([charts.Band(word=NASTY, least=0, most=9), charts.Band(word="high", least=10, most=27)]),
    cut_off=st.one_of(st.none(), st.floats(0, 27)),
    baseline=st.one_of(st.none(), st.floats(0, 27)),
    reliable_change=st.one_of(st.none(), st.floats(1, 12)),
    sessions=st.lists(days, max_size=5),
    item_row=st.one_of(
        st.none(),
        st.builds(
            charts.MarkRow, label=texts, marks=st.lists(st.tuples(days, st.integers(0, 3)), max_size=4)
        ),
    ),
)
weeks = st.lists(
    st.builds(
        charts.Week,
        starts_on=days,
        days=st.lists(st.sampled_from(charts.Day), min_size=7, max_size=7),
        session_minutes=st.integers(0, 2_000),
        own_minutes=st.integers(0, 2_000),
    ),
    max_size=60,
)
moods = st.builds(
    charts.MoodChange,
    pairs=st.lists(
        st.builds(charts.MoodPair, on=days, what=texts, before=st.integers(1, 5), after=st.integers(1, 5)),
        max_size=20,
    ),
    entries=st.integers(0, 99),
)
profiles = st.lists(
    st.builds(charts.ProfilePoint, distance_m=st.floats(0, 90_000), height_m=st.floats(-400, 8_000)),
    min_size=2,
    max_size=400,
).map(lambda some: sorted(some, key=lambda one: one.distance_m))
map_points = st.lists(
    st.builds(charts.MapPoint, latitude=st.floats(-80, 80), longitude=st.floats(-179, 179)),
    min_size=2,
    max_size=50,
)


@few
@given(series, st.booleans())
def test_a_measure_is_one_sound_picture(values: charts.MeasureSeries, for_print: bool) -> None:
    svg = charts.measure_chart(values, for_print=for_print)

    assert_is_sound(svg, label=values.finding)
    assert len(charts.measure_table(values).rows) == len(values.points)


@few
@given(weeks, texts.filter(bool), st.booleans(), st.one_of(st.none(), st.integers(10, 600)))
def test_weeks_are_sound_pictures(
    values: list[charts.Week], label: str, for_print: bool, ceiling: int | None
) -> None:
    assert_is_sound(charts.week_strip(values, label=label, for_print=for_print), label=label)
    assert_is_sound(
        charts.week_minutes(values, label=label, ceiling=ceiling, for_print=for_print), label=label
    )


@few
@given(moods, st.booleans())
def test_moods_are_a_sound_picture(values: charts.MoodChange, for_print: bool) -> None:
    assert_is_sound(charts.mood_dumbbell(values, for_print=for_print), label=charts.mood_finding(values))


@few
@given(profiles, st.booleans())
def test_a_profile_is_a_sound_picture(values: list[charts.ProfilePoint], for_print: bool) -> None:
    assert_is_sound(charts.elevation_profile(values, for_print=for_print))


@pytest.mark.parametrize("count", [1, 6, 12, 26, 60])
@pytest.mark.parametrize("for_print", [False, True])
def test_the_days_below_a_strip_stay_apart_and_inside(count: int, for_print: bool) -> None:
    strip = [
        charts.Week(starts_on=date(2026, 1, 5) + timedelta(weeks=week), days=[charts.Day.BLANK] * 7)
        for week in range(count)
    ]

    for picture in pictures_in(charts.week_strip(strip, label="weeks", for_print=for_print)):
        _x, _y, width, _height = map(float, picture.get("viewBox", "").split())
        said = [words for words in picture.iter("text") if words.get("text-anchor") == "middle"]
        rows = [(float(words.get("y", "0")), *_reach(words, picture)) for words in said]
        assert rows
        assert all(left >= 0 and right <= width for _row, left, right in rows)
        assert all(a[0] != b[0] or a[2] < b[1] for a, b in pairwise(sorted(rows)))


def _reach(words: ElementTree.Element, picture: ElementTree.Element) -> tuple[float, float]:
    """About where a line of text in the middle of its place begins and ends."""
    size = 8 if picture.find("style") is not None else 13  # a printed picture brings its own sheet
    half = len(words.text or "") * size * 0.5 / 2
    return float(words.get("x", "0")) - half, float(words.get("x", "0")) + half


def test_the_word_of_a_line_stays_off_the_cut_off() -> None:
    form = charts.MeasurePoint(on=date(2026, 6, 1), score=13)
    values = charts.MeasureSeries(
        name="GAD-7",
        finding="one form",
        highest=21,
        points=[form],
        bands=[],
        cut_off=8,
        baseline=13,
        reliable_change=4,
    )

    for picture in pictures_in(charts.measure_chart(values)):
        lines = [
            float(re.findall(r"M[\d.]+ ([\d.]+)", drawn.get("d", ""))[0])
            for drawn in picture.iter("path")
            if drawn.get("class") == "dash-m"
        ]
        word = next(
            float(words.get("y", "0")) for words in picture.iter("text") if "less" in (words.text or "")
        )
        assert not any(word - 13 * 0.8 < at < word for at in lines)


@pytest.mark.parametrize(
    "scores", [(11, 8, 8, 7), (12, 12), (24, 11, 24, 11), (7, 7, 7, 11), (11, 26, 11, 26)]
)
@pytest.mark.parametrize("for_print", [True, False])
def test_the_word_of_a_line_stays_off_the_scores(scores: tuple[int, ...], for_print: bool) -> None:
    points = [
        charts.MeasurePoint(on=date(2026, 9, 1) + timedelta(days=21 * turn), score=score)
        for turn, score in enumerate(scores)
    ]
    values = charts.MeasureSeries(
        name="PHQ-9",
        finding="some forms",
        highest=27,
        points=points,
        cut_off=10,
        baseline=18,
        reliable_change=6,
    )

    for picture in pictures_in(charts.measure_chart(values, for_print=for_print)):
        boxes = [_box(drawn, picture) for drawn in picture.iter("text")]
        said = [box for box in boxes if box[0].startswith("first score")]
        scored = [box for box in boxes if box[0].split(" ")[0] in {str(score) for score in scores}]
        assert len(said) == 2
        assert scored
        assert not [(a[0], b[0]) for a in said for b in scored if _overlap(a, b)]


def _box(drawn: ElementTree.Element, picture: ElementTree.Element) -> tuple[str, float, float, float, float]:
    """What it says, and about where: left, top, right, bottom."""
    size = 8 if picture.find("style") is not None else 13
    wide, x, y = len(drawn.text or "") * size * 0.5, float(drawn.get("x", "0")), float(drawn.get("y", "0"))
    left = x - {"middle": wide / 2, "end": wide}.get(drawn.get("text-anchor", ""), 0)
    return drawn.text or "", left, y - size * 0.7, left + wide, y


def _overlap(a: tuple[str, float, float, float, float], b: tuple[str, float, float, float, float]) -> bool:
    return a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]


@pytest.mark.parametrize("height", [-418, 7, 949, 1949, 8849])
def test_a_height_is_written_whole(height: int) -> None:
    climb = [
        charts.ProfilePoint(distance_m=0, height_m=height - 300),
        charts.ProfilePoint(distance_m=2_000, height_m=height),
    ]

    drawn = pictures_in(charts.elevation_profile(climb))

    beginnings = [
        float(words.get("x", "0")) - len(words.text or "") * 13 * 0.6
        for picture in drawn
        for words in picture.iter("text")
        if words.get("text-anchor") == "end"
    ]
    assert len(beginnings) == 2 * len(drawn)
    assert min(beginnings) >= 0


@few
@given(map_points, texts.filter(bool), st.booleans())
def test_a_map_is_a_sound_picture(values: list[charts.MapPoint], label: str, for_print: bool) -> None:
    pins = [charts.MapPin(letter=NASTY, latitude=values[0].latitude, longitude=values[0].longitude)]

    assert_is_sound(charts.route_map(values, label=label, pins=pins, for_print=for_print), label=label)


@few
@given(st.lists(st.sampled_from(charts.Day), max_size=30), texts)
def test_stones_are_a_sound_picture(values: list[charts.Day], label: str) -> None:
    assert_is_sound(charts.stones(values, label=label))


@few
@given(st.lists(st.one_of(st.none(), st.floats(-50, 50)), max_size=20), texts.filter(bool))
def test_a_sparkline_is_a_sound_picture(values: list[float | None], label: str) -> None:
    assert_is_sound(charts.sparkline(values, label=label), label=label)


@few
@given(
    st.lists(st.tuples(st.integers(0, 1380), st.integers(10, 55), st.integers(0, 60)), max_size=8),
    st.one_of(st.none(), st.integers(0, 1439)),
    st.booleans(),
    texts,
)
def test_a_day_is_a_sound_picture(sessions, now: int | None, is_polar: bool, label: str) -> None:
    midnight = datetime(2026, 8, 18)  # noqa: DTZ001 wall-clock time, as the chart takes it
    blocks = [
        charts.RibbonBlock(
            starts_at=midnight + timedelta(minutes=start),
            ends_at=midnight + timedelta(minutes=start + length),
            mode=charts.Mode.WALK,
            label=label,
            buffer_minutes=buffer,
        )
        for start, length, buffer in sessions
    ]
    ribbon = charts.DayRibbon(
        day=midnight.date(),
        label="A day",
        first_light=None if is_polar else midnight.replace(hour=5),
        last_light=None if is_polar else midnight.replace(hour=21),
        blocks=blocks,
        now=None if now is None else midnight + timedelta(minutes=now),
    )

    assert_is_sound(charts.day_ribbon(ribbon), label="A day")


def test_what_a_person_typed_is_never_markup() -> None:
    pair = charts.MoodPair(on=date(2026, 6, 2), what=NASTY, before=2, after=4)

    svg = charts.mood_dumbbell(charts.MoodChange(pairs=[pair], entries=1))

    assert "&lt;script&gt;" in svg


def test_the_finding_counts_and_claims_no_cause() -> None:
    pairs = [
        charts.MoodPair(on=date(2026, 6, 2), what="walk", before=b, after=a)
        for b, a in ((2, 4), (3, 3), (3, 2))
    ]

    finding = charts.mood_finding(charts.MoodChange(pairs=pairs, entries=3))

    assert finding == "Mood was higher after 1 of 3 outings, the same after 1, lower after 1"


def test_forms_too_far_apart_are_not_joined() -> None:
    apart = [
        charts.MeasurePoint(on=date(2026, 1, 1), score=5),
        charts.MeasurePoint(on=date(2026, 6, 1), score=6),
    ]
    values = charts.MeasureSeries(name="PHQ-9", finding="Two forms", highest=27, points=apart)

    assert 'class="c1-l"' not in charts.measure_chart(values)


def test_a_missing_form_is_said() -> None:
    missing = charts.MeasurePoint(on=date(2026, 1, 1), score=None)
    values = charts.MeasureSeries(name="PHQ-9", finding="Nothing yet", highest=27, points=[missing])

    assert "no form" in charts.measure_chart(values)


def test_on_paper_a_picture_brings_its_own_style() -> None:
    svg = charts.week_strip([], label="No weeks", for_print=True)

    assert svg.count("<style>") == 1


@pytest.mark.parametrize(("value", "said"), [(8, "8"), (8.04, "8"), (8.25, "8.2"), (-0.04, "0")])
def test_numbers_are_said_with_one_decimal_at_most(value: float, said: str) -> None:
    assert number(value) == said


@given(st.floats(0.001, 1e6), st.integers(1, 20))
def test_a_step_cuts_a_span_into_no_more_parts_than_asked(span: float, most: int) -> None:
    step = round_step(span, most)

    assert span <= step * most
    assert len(ticks(0, span, most)) <= most + 1


@given(st.integers(1, 900), st.integers(2, 300))
def test_thinning_keeps_both_ends(count: int, most: int) -> None:
    kept = thin(range(count), most)

    assert len(kept) == min(count, most)
    assert (kept[0], kept[-1]) == (0, count - 1)


@given(st.floats(-1e6, 1e6))
def test_a_scale_without_a_span_lands_in_the_middle(value: float) -> None:
    assert Scale(value, value, 0, 10)(value) == 5
