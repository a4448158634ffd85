"""Charts as SVG, drawn by the server: pure functions from plain values to safe markup.

    measure_chart(series: MeasureSeries, *, for_print=False)         line on severity bands, gaps, reliable change
    week_strip(weeks: Sequence[Week], *, label, for_print=False)     seven marks a week: session, moved, rest, blank
    week_minutes(weeks, *, label, ceiling=None, for_print=False)     minutes a week, sessions solid, own hatched
    mood_dumbbell(moods: MoodChange, *, for_print=False)             before and after, newest first, twelve at most
    sparkline(values: Sequence[float | None], *, label, lowest=None, highest=None)
    stones(days: Sequence[Day], *, label="")                         presence as stepping stones (portal, caseload)
    elevation_profile(points: Sequence[ProfilePoint], *, for_print=False)
    route_map(points: Sequence[MapPoint], *, label, pins=(), for_print=False)
    day_ribbon(ribbon: DayRibbon)                                    light, buffers and sessions of one day

Each has `role="img"` and a sentence as its label. The same facts as a table:

    measure_table(series)   week_table(weeks)   mood_table(moods)   elevation_table(points)   -> ChartTable

and a sentence where the data has one: `mood_finding(moods)`, `mood_note(moods)`, `days_sentence(days)`.

In a page:  {% figure svg=chart.svg table=chart.table finding="…" note="…" %}
In a PDF:   pass for_print=True; the picture then carries its own <style>, since a page's CSS does not reach into it.
On screens most functions answer two pictures, wide and narrow; the CSS shows the one that fits its container.
"""

from practice.web.charts.day import day_ribbon
from practice.web.charts.measure import measure_chart, measure_table
from practice.web.charts.mood import mood_dumbbell, mood_finding, mood_note, mood_table, mood_words, sparkline
from practice.web.charts.movement import days_sentence, stones, week_minutes, week_strip, week_table
from practice.web.charts.place import elevation_profile, elevation_table, route_map
from practice.web.charts.shapes import (
    Band,
    ChartTable,
    Day,
    DayRibbon,
    MapPin,
    MapPoint,
    MarkRow,
    MeasurePoint,
    MeasureSeries,
    Mode,
    MoodChange,
    MoodPair,
    Pin,
    ProfilePoint,
    Reliable,
    RibbonBlock,
    Week,
)

__all__ = [
    "Band",
    "ChartTable",
    "Day",
    "DayRibbon",
    "MapPin",
    "MapPoint",
    "MarkRow",
    "MeasurePoint",
    "MeasureSeries",
    "Mode",
    "MoodChange",
    "MoodPair",
    "Pin",
    "ProfilePoint",
    "Reliable",
    "RibbonBlock",
    "Week",
    "day_ribbon",
    "days_sentence",
    "elevation_profile",
    "elevation_table",
    "measure_chart",
    "measure_table",
    "mood_dumbbell",
    "mood_finding",
    "mood_note",
    "mood_table",
    "mood_words",
    "route_map",
    "sparkline",
    "stones",
    "week_minutes",
    "week_strip",
    "week_table",
]
