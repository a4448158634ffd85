"""What the practice takes along of its routes."""

import json

from django.utils.translation import gettext_lazy as _

from practice.contributions import Table
from practice.web.tables import table
from sessions.routes.models import Route

ROUTES = {
    "uid": _("Id of the route"),
    "name": _("Name"),
    "meeting_place": _("Where to meet"),
    "description": _("Description"),
    "distance_m": _("Length in metres"),
    "ascent_m": _("Metres up"),
    "descent_m": _("Metres down"),
    "kinds": _("What it is like"),
    "is_loop": _("Whether it ends where it begins"),
    "added_by.name": _("Who added it"),
    "added_at": _("When (UTC)"),
    "archived_at": _("When it was put away (UTC)"),
}
POINTS = {
    "route_uid": _("Id of the route"),
    "points": _("The line, as JSON: [latitude, longitude, elevation or null, metres from the start], …"),
}


def practice_exported() -> list[Table]:
    routes = Route.objects.select_related("added_by").order_by("pk")
    listed = table(
        "routes",
        about=_("Each route."),
        rows=routes,
        columns=ROUTES,
        models=["therapy_sessions.Route"],
    )
    lines = Table(
        name="route_lines",
        about=_("The line of each route on the ground."),
        columns=POINTS,
        rows=((str(route.uid), json.dumps(route.points)) for route in routes),
        models=["therapy_sessions.Route"],
    )
    return [listed, lines]
