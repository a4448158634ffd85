"""What pages and API answers say about a route, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.runs.models import RunLog
from clients.screening.rules import ROUTE_KINDS
from practice.web import charts
from practice.web.charts.scale import round_step, thin
from practice.web.refusals import Words
from practice.web.templatetags.towpath import duration_words, km
from sessions.pace.rules import PACES, Estimate, Pace, route_minutes
from sessions.routes.geometry import heading, mark_at
from sessions.routes.models import Route

POINTS_OF_A_SMALL_MAP = 80
MOST_MARKS = 10
PACE_NAMES: dict[tuple[str, str], Words] = {
    ("walk", "sing"): gettext_lazy("Stroll"),
    ("walk", "chat"): gettext_lazy("Walk"),
    ("walk", "phrases"): gettext_lazy("Brisk walk"),
    ("run", "sing"): gettext_lazy("Run and walk in turns"),
    ("run", "chat"): gettext_lazy("Easy run"),
}
COMPASS: tuple[Words, ...] = (
    gettext_lazy("north"),
    gettext_lazy("north-east"),
    gettext_lazy("east"),
    gettext_lazy("south-east"),
    gettext_lazy("south"),
    gettext_lazy("south-west"),
    gettext_lazy("west"),
    gettext_lazy("north-west"),
)


@dataclass(frozen=True, kw_only=True)
class PaceRow:
    """A talking pace and the minutes that a route takes at it."""

    pace: Pace
    name: Words
    talk: Words
    estimate: Estimate

    @property
    def about(self) -> str:
        return duration_words(self.estimate.minutes)

    @property
    def between(self) -> str:
        return _("%(least)d to %(most)d min") % vars(self.estimate)


@dataclass(frozen=True, kw_only=True)
class RouteCard:
    """A route in the library."""

    route: Route
    small_map: SafeString
    facts: str
    minutes: str


@dataclass(frozen=True, kw_only=True)
class RouteScreen:
    """A route's own page. Without heights, `heights` and its table and finding are empty."""

    route: Route
    facts: str
    map: SafeString
    marks: charts.ChartTable
    heights: SafeString
    heights_table: charts.ChartTable | None
    heights_finding: str
    paces: list[PaceRow]


def route_card(route: Route) -> RouteCard:
    """Name, small line, length, ascent, and the minutes while one can chat."""
    chat = {row.pace.mode: row.about for row in pace_rows(route) if row.pace.key == "chat"}
    return RouteCard(
        route=route,
        small_map=_map(route, most=POINTS_OF_A_SMALL_MAP),
        facts=facts_of(route),
        minutes=_("Walk %(walk)s · easy run %(run)s") % chat,
    )


def route_screen(route: Route) -> RouteScreen:
    """Everything about one route: 600 points at most, so nothing here is slow."""
    heights = [charts.ProfilePoint(distance_m=metres, height_m=height) for metres, height in route.profile]
    return RouteScreen(
        route=route,
        facts=facts_of(route),
        map=_map(route),
        marks=_marks_table(route),
        heights=charts.elevation_profile(heights),
        heights_table=charts.elevation_table(heights) if heights else None,
        heights_finding=_heights_finding(route),
        paces=pace_rows(route),
    )


def pace_rows(route: Route) -> list[PaceRow]:
    """The minutes at each talking pace, walking first, slowest first."""
    return [
        PaceRow(
            pace=pace,
            name=PACE_NAMES[pace.mode, pace.key],
            talk=RunLog.Effort(pace.key).label,
            estimate=route_minutes(route.points, mode=pace.mode, pace=pace.key, ascent_m=route.ascent_m),
        )
        for pace in PACES
    ]


def facts_of(route: Route) -> str:
    """Length, ascent where it is known, whether it comes back, and what it is like."""
    words = [km(route.distance_m)]
    if route.ascent_m is not None:
        words.append(_("%d m up") % route.ascent_m)
    words.append(_("back to the start") if route.is_loop else _("one way"))
    words += [str(ROUTE_KINDS[kind]) for kind in route.kinds]
    return " · ".join(words)


def _heights_finding(route: Route) -> str:
    if route.ascent_m is None or route.descent_m is None:
        return ""
    return _("%(up)d m up and %(down)d m down over %(length)s") % {
        "up": route.ascent_m,
        "down": route.descent_m,
        "length": km(route.distance_m),
    }


def _map(route: Route, *, most: int | None = None) -> SafeString:
    points: Sequence[Sequence[float]] = thin(route.points, most) if most else route.points
    line = [charts.MapPoint(latitude=point[0], longitude=point[1]) for point in points]
    return charts.route_map(line, label=_("The line of %s") % route.name)


def _marks_table(route: Route) -> charts.ChartTable:
    """The line as text: where one is at round distances, and which way it goes on from there."""
    rows = [
        [km(metres), f"{latitude:.5f}, {longitude:.5f}", way]
        for metres, latitude, longitude, way in _marks(route)
    ]
    return charts.ChartTable(
        caption=_("The line as text"), head=[_("From the start"), _("Place"), _("Goes on to the")], rows=rows
    )


def _marks(route: Route) -> Iterator[tuple[float, float, float, str]]:
    step = max(round_step(route.distance_m, MOST_MARKS), 100)
    metres = [*range(0, route.distance_m, int(step)), route.distance_m]
    places = [mark_at(route.points, mark) for mark in metres]
    for i, (latitude, longitude) in enumerate(places):
        ends = i == len(places) - 1
        way = _("ends here") if ends else str(COMPASS[heading(places[i], places[i + 1])])
        yield metres[i], latitude, longitude, way
