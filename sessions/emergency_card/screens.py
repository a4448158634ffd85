"""The emergency card in words. It says nothing about the work together, and bears no client's name."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from clients.record.models import EmergencyContact
from clients.safety.screens import MedicalNeeds, medical_needs
from practice.people.models import Member, Practice
from practice.resources.screens import for_country
from practice.web.helplines import Line
from sessions.booking.models import TherapySession
from sessions.emergency_card.models import Buddy, EmergencyPlaces
from sessions.emergency_card.open_location import encode
from sessions.routes.models import Route


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place on the ground, and its code. `is_start`: nobody wrote it down, it is where the route's line begins."""

    latitude: float
    longitude: float
    code: str
    is_start: bool

    @property
    def degrees(self) -> str:
        """Latitude and longitude to about a metre."""
        return f"{self.latitude:.5f}, {self.longitude:.5f}"


@dataclass(frozen=True, kw_only=True)
class EmergencyCard:
    """One session's card. What is not known is "" or None, and the card says that it is not known.

    `meets_elsewhere`: the session meets at another place than its route, whose point it shows.
    """

    session: TherapySession
    reference: str
    therapist: str
    practice_phone: str
    meeting_place: str
    meets_elsewhere: bool
    route_name: str
    places: EmergencyPlaces | None
    point: Point | None
    numbers: tuple[Line, ...]
    needs: MedicalNeeds | None
    contact: EmergencyContact | None
    buddy: Buddy | None
    is_mine: bool
    day: date


def emergency_card(session: TherapySession, member: Member, now: datetime) -> EmergencyCard:
    """Everything for the worst case of one session (fetched `with_people()`) of a client in the member's care."""
    practice, route, client = Practice.objects.first(), session.route, session.client
    places = places_of(route, member) if route else None
    return EmergencyCard(
        session=session,
        reference=client.reference,
        therapist=session.clinician.name,
        practice_phone=practice.phone if practice else "",
        meeting_place=session.meeting_place or (route.meeting_place if route else ""),
        meets_elsewhere=_meets_elsewhere(session),
        route_name=route.name if route else "",
        places=places,
        point=_point(route, places),
        numbers=for_country().emergencies,
        needs=medical_needs(client, member),
        contact=EmergencyContact.objects.filter(client=client).first(),
        buddy=Buddy.objects.visible_to(member).filter(member=session.clinician).first(),
        is_mine=session.clinician_id == member.pk,
        day=timezone.localdate(session.starts_at),
    )


def places_of(route: Route, member: Member) -> EmergencyPlaces | None:
    rows = EmergencyPlaces.objects.visible_to(member).select_related("changed_by")
    return rows.filter(route=route).first()


def _meets_elsewhere(session: TherapySession) -> bool:
    route = session.route
    return bool(route and session.meeting_place and session.meeting_place != route.meeting_place)


def _point(route: Route | None, places: EmergencyPlaces | None) -> Point | None:
    """As written down; else where the line begins; None where neither is known."""
    if places is not None and places.latitude is not None and places.longitude is not None:
        return _coded(places.latitude, places.longitude, is_start=False)
    if route is None or not route.points:
        return None
    return _coded(route.points[0][0], route.points[0][1], is_start=True)


def _coded(latitude: float, longitude: float, *, is_start: bool) -> Point:
    return Point(latitude=latitude, longitude=longitude, code=encode(latitude, longitude), is_start=is_start)
