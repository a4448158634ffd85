"""What the practice takes along: places of its routes, and who knows where its therapists are."""

from django.utils.translation import gettext_lazy as _

from practice.contributions import Table
from practice.web.tables import table
from sessions.emergency_card.models import Buddy, EmergencyPlaces

PLACES = {
    "route.uid": _("Id of the route"),
    "address": _("Address of the meeting point"),
    "latitude": _("Latitude of the meeting point"),
    "longitude": _("Longitude of the meeting point"),
    "access_point": _("Where an ambulance can get to"),
    "nearest_aed": _("Nearest defibrillator (AED)"),
    "nearest_ed": _("Nearest emergency department"),
    "changed_by.name": _("Who wrote it down"),
    "changed_at": _("When (UTC)"),
}
BUDDIES = {
    "member.name": _("Therapist"),
    "name": _("Who knows where they are"),
    "phone": _("Telephone"),
    "changed_at": _("When it was written down (UTC)"),
}


def practice_exported() -> list[Table]:
    return [
        table(
            "route_emergency_places",
            about=_("Where helpers find the meeting point of a route."),
            rows=EmergencyPlaces.objects.select_related("route", "changed_by").order_by("pk"),
            columns=PLACES,
            models=["therapy_sessions.EmergencyPlaces"],
        ),
        table(
            "buddies",
            about=_("Who knows when a therapist is out."),
            rows=Buddy.objects.select_related("member").order_by("pk"),
            columns=BUDDIES,
            models=["therapy_sessions.Buddy"],
        ),
    ]
