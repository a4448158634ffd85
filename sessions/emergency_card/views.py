"""The card of a session, what is known of a route, and one's own buddy."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clients.record.querysets import under_care_of
from practice.audit import read
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused
from sessions.booking.models import TherapySession
from sessions.emergency_card import actions, screens
from sessions.emergency_card.forms import BuddyForm, PlacesForm
from sessions.emergency_card.models import Buddy, EmergencyPlaces
from sessions.routes.models import Route

UNPROCESSABLE = 422


@require_safe
@needs(Permission.OPEN_EMERGENCY_CARD)
def emergency_card(request: MemberRequest, uid: UUID) -> HttpResponse:
    """For a session of a client in one's care. A plain page: once open it needs nobody. Opening it leaves a line."""
    rows = TherapySession.objects.visible_to(request.member).filter(under_care_of(request.member))
    session, now = get_object_or_404(rows.with_people(), uid=uid), timezone.now()
    read("emergency_card_read", on=session, by=request.member, at=now, client=session.client)
    card = screens.emergency_card(session, request.member, now)
    return render(request, "sessions/emergency_card/card.html", {"card": card})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_ROUTES)
def route_places(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Where helpers find the meeting point, and the nearest help. A stale form keeps what was typed."""
    route = get_object_or_404(Route.objects.visible_to(request.member), uid=uid)
    stands = screens.places_of(route, request.member)
    form = PlacesForm(request.POST if request.method == "POST" else None, initial=_as_typed(stands))
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_places(
                route=route,
                words=form.typed,
                seen_version=form.cleaned_data["version"],
                by=request.member,
                now=timezone.now(),
            )
        except Refused as no:
            form.refuse(no)
            form.data = _with_version(request.POST, stands)
        else:
            messages.success(request, _("Saved. It stands on the emergency card of every session here."))
            return redirect(route)
    page = {"route": route, "form": form, "stands": stands if form.non_field_errors() else None}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "sessions/emergency_card/places.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.OPEN_EMERGENCY_CARD)
def my_buddy(request: MemberRequest) -> HttpResponse:
    """Who knows when one is out."""
    known = Buddy.objects.visible_to(request.member).filter(member=request.member).first()
    first = {"name": known.name, "phone": known.phone} if known else {}
    form = BuddyForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.name_buddy(**form.cleaned_data, by=request.member, now=timezone.now())
        messages.success(request, _("Saved. They stand on your emergency cards."))
        return redirect("home")
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "sessions/emergency_card/buddy.html", {"form": form}, status=status)


def _as_typed(stands: EmergencyPlaces | None) -> dict[str, object]:
    if stands is None:
        return {"version": 0}
    names = ("address", "access_point", "nearest_aed", "nearest_ed", "version")
    known = stands.latitude is not None and stands.longitude is not None
    point = f"{stands.latitude}, {stands.longitude}" if known else ""
    return {"point": point, **{name: getattr(stands, name) for name in names}}


def _with_version(typed: QueryDict, stands: EmergencyPlaces | None) -> QueryDict:
    """What was typed, now answering the version that the person is shown."""
    answered = typed.copy()
    answered["version"] = str(stands.version if stands else 0)
    return answered
