"""The pages of booking: the week, one session, and what one does with it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, check_reach
from practice.audit import listed
from practice.people.access import MemberRequest, needs
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.refusals import Refused
from sessions.booking import actions, rules
from sessions.booking.actions.refusals import FormUsed
from sessions.booking.bookable import booking_help, clinician_for
from sessions.booking.forms import BookingForm, CancelForm, FactsForm, MoveForm
from sessions.booking.models import TherapySession
from sessions.booking.screens import calendar_choices, calendar_week, session_page
from sessions.routes.models import Route


@needs(Permission.READ_CALENDAR)
@require_safe
def calendar(request: MemberRequest) -> HttpResponse:
    now, member, asked = timezone.now(), request.member, request.GET.get("week", "")
    today = timezone.localdate(now)
    monday = rules.monday_of(asked) or rules.monday_of(rules.week_of(today)) or today
    colleagues = Member.objects.visible_to(member).treating()
    choices = calendar_choices(member, colleagues, request.GET.get("clinician", ""))
    clinician = next((one.clinician for one in choices if one.is_chosen), None)
    week = calendar_week(member, monday, now, clinician=clinician)
    listed("calendar", count=sum(len(day.lines) for day in week.days), by=member, at=now)
    screen = {
        "calendar": week,
        "choices": choices,
        "is_of_one": clinician is not None,
        "may_book": member.may(Permission.BOOK_SESSION),
        "this_week": rules.week_of(today),
        "odd_week": asked if asked and not rules.monday_of(asked) else "",
    }
    return render(request, "sessions/booking/calendar.html", screen)


@needs(Permission.BOOK_SESSION)
@require_http_methods(["GET", "HEAD", "POST"])
def book_session(request: MemberRequest) -> HttpResponse:
    form = _booking_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            booked = actions.book_session(
                client=form.cleaned_data["client"],
                uid=form.token_or_new(),
                by=request.member,
                now=timezone.now(),
                **form.facts(),
            )
        except Refused as no:
            form.refuse(no)
            if isinstance(no, FormUsed):
                form.renew()
        else:
            messages.success(request, _("The session is booked."))
            return redirect("session", booked.uid)
    return _show_form(request, form, form.peek("client"))


@needs(Permission.READ_CALENDAR)
@require_safe
def session(request: MemberRequest, uid: UUID) -> HttpResponse:
    page = session_page(_asked(request, uid), request.member, timezone.now())
    may_open_card = request.member.may(Permission.OPEN_EMERGENCY_CARD)
    return render(request, "sessions/booking/session.html", {"page": page, "may_open_card": may_open_card})


@needs(Permission.BOOK_SESSION)
@require_http_methods(["GET", "HEAD", "POST"])
def move_session(request: MemberRequest, uid: UUID) -> HttpResponse:
    session = _kept(request, uid)
    form = _move_form(request, session)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_session(
                session=session,
                seen=form.start_seen(),
                by=request.member,
                now=timezone.now(),
                **form.facts(),
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("The session is changed."))
            return redirect("session", uid)
    return _show_form(request, form, session.client, session)


@needs(Permission.BOOK_SESSION)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_session(request: MemberRequest, uid: UUID) -> HttpResponse:
    session = _kept(request, uid)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_session(
                session=session, reason=form.cleaned_data["reason"], by=request.member, now=timezone.now()
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("The session is cancelled. You can still put it back."))
            return redirect("session", uid)
    page = session_page(session, request.member, timezone.now())
    status = 422 if form.errors else 200
    return render(request, "sessions/booking/cancel.html", {"form": form, "page": page}, status=status)


@needs(Permission.CLOSE_SESSION)
@require_POST
def complete_session(request: MemberRequest, uid: UUID) -> HttpResponse:
    return _do(request, _treated(request, uid), actions.complete_session, _("Kept as: took place."))


@needs(Permission.CLOSE_SESSION)
@require_POST
def no_show_session(request: MemberRequest, uid: UUID) -> HttpResponse:
    return _do(request, _treated(request, uid), actions.mark_no_show, _("Kept as: did not come."))


@needs(Permission.BOOK_SESSION)
@require_POST
def put_back_session(request: MemberRequest, uid: UUID) -> HttpResponse:
    said = _("The session is back in the calendar.")
    return _do(request, _kept(request, uid), actions.put_session_back, said)


def _do(request: MemberRequest, session: TherapySession, action: Any, done: str) -> HttpResponseRedirect:
    """One click, one action, and back to the session with a word about it."""
    try:
        action(session=session, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, done)
    return redirect("session", session.uid)


def _asked(request: MemberRequest, uid: UUID) -> TherapySession:
    rows = TherapySession.objects.visible_to(request.member).with_people()
    session = get_object_or_404(rows.select_related("booked_by", "closed_by"), uid=uid)
    note_reading(client=session.client, part="session", by=request.member, now=timezone.now())
    return session


def _kept(request: MemberRequest, uid: UUID) -> TherapySession:
    """A session whose booking the member may change: 403 for who only reads it."""
    session = _asked(request, uid)
    if not TherapySession.objects.visible_to(request.member).kept_by(request.member).filter(uid=uid).exists():
        raise PermissionDenied
    return session


def _treated(request: MemberRequest, uid: UUID) -> TherapySession:
    """A session of a client whom the member treats: 403 for everybody else who sees it."""
    session = _asked(request, uid)
    check_reach(request.member, session.client_id, Reach.KEEP)
    return session


def _offers(request: MemberRequest) -> dict[str, Any]:
    """What a member may choose from."""
    return {
        "clinicians": Member.objects.visible_to(request.member).treating(),
        "routes": Route.objects.visible_to(request.member).in_use(),
    }


def _booking_form(request: MemberRequest) -> BookingForm:
    mine = Client.objects.visible_to(request.member).bookable_by(request.member)
    clients = mine.exclude(status="ended").order_by("name", "pk")
    offers = {**_offers(request), "clients": clients}
    if request.method == "POST":
        return BookingForm(request.POST, **offers)
    asked = {name: value for name, value in request.GET.items() if name in BookingForm.base_fields and value}
    first = {"date": timezone.localdate(), "minutes": rules.USUAL_MINUTES, **asked, "token": uuid4()}
    form = BookingForm(initial=first, **offers)
    form.initial.setdefault("clinician", clinician_for(form.peek("client"), request.member))
    return form


def _move_form(request: MemberRequest, session: TherapySession) -> MoveForm:
    if request.method == "POST":
        return MoveForm(request.POST, **_offers(request))
    asked = {name: value for name, value in request.GET.items() if name in MoveForm.base_fields and value}
    return MoveForm(initial={**MoveForm.facts_of(session), **asked}, **_offers(request))


def _show_form(
    request: MemberRequest, form: FactsForm, client: Client | None, session: TherapySession | None = None
) -> HttpResponse:
    routes = list(Route.objects.visible_to(request.member).in_use())
    if client is not None:
        note_reading(client=client, part="booking", by=request.member, now=timezone.now())
    screen = {
        "form": form,
        "client": client,
        "session": session,
        "help": booking_help(form, client, routes, request.member),
    }
    return render(request, "sessions/booking/form.html", screen, status=422 if form.errors else 200)
