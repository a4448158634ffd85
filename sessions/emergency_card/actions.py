"""Write down what stands on emergency cards."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused, refusing
from sessions.emergency_card.models import Buddy, EmergencyPlaces
from sessions.routes.models import Route


class PlacesChanged(Refused):
    """The form was filled from an older version than the one that stands."""

    code = "places_changed"
    message = _("Somebody changed this since you opened it. Have a look at what stands now, then save again.")


class NoSuchPlace(Refused):
    """Degrees beyond the earth."""

    code = "no_such_place"
    message = _("Write latitude and longitude as a map shows them: “51.50072, -0.12462”.")
    field = "point"


@dataclass(frozen=True, kw_only=True)
class PlaceWords:
    """What is known of a route; latitude and longitude come together or not at all."""

    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    access_point: str = ""
    nearest_aed: str = ""
    nearest_ed: str = ""


@transaction.atomic
def keep_places(
    *, route: Route, words: PlaceWords, seen_version: int, by: Member, now: datetime
) -> EmergencyPlaces:
    """Keep it, in place of what stood. `seen_version` is 0 where nothing stood. Raises PlacesChanged, NoSuchPlace."""
    route = Route.objects.select_for_update().get(pk=route.pk)
    places = EmergencyPlaces.objects.filter(route=route).first()
    if seen_version != (places.version if places else 0):
        raise PlacesChanged
    places = places or EmergencyPlaces(route=route)
    for name, value in asdict(words).items():
        setattr(places, name, value)
    places.version, places.changed_by, places.changed_at = seen_version + 1, by, now
    with refusing(meeting_point_is_a_place_on_earth=NoSuchPlace):
        places.save()
    record("route_places_kept", on=route, by=by, at=now)
    return places


@transaction.atomic
def name_buddy(*, name: str, phone: str, by: Member, now: datetime) -> Buddy:
    """Say whom to tell where oneself is; who stood there before is forgotten."""
    Member.objects.select_for_update().get(pk=by.pk)
    buddy = Buddy.objects.filter(member=by).first() or Buddy(member=by)
    buddy.name, buddy.phone, buddy.changed_at = name, phone, now
    buddy.save()
    record("buddy_named", on=by, by=by, at=now)
    return buddy
