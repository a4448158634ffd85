"""The pages of a care team, and the owner's page to appoint a clinician."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clients.care import screens
from clients.care.forms import NOW, AppointForm, FindForm, HandOverForm, JoinForm, LeaveForm
from clients.record import actions
from clients.record.models import Client
from clients.record.reach import Reach, check_reach
from practice.audit import listed
from practice.people.access import MemberRequest, needs
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.forms import ShapeForm
from practice.web.refusals import Refused

JOIN, HAND_OVER = "join_%s", "hand_over_%s"


@require_safe
@needs(Permission.READ_RECORD)
def care_team(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Who treats this client, from when to when."""
    return _page(request, _client(request, uid))


@require_POST
@needs(Permission.CHANGE_RECORD, fresh=True)
def join_care_team(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Let a colleague into the record."""
    client, form = _treated(request, uid), JoinForm(request.POST, member=request.member, auto_id=JOIN)
    if form.is_valid():
        try:
            actions.join_care_team(client=client, **form.cleaned_data, by=request.member, now=timezone.now())
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("They see this record on those days."))
            return redirect("care_team", uid)
    return _page(request, client, join=form)


@require_POST
@needs(Permission.READ_RECORD)
def leave_care_team(request: MemberRequest, uid: UUID) -> HttpResponse:
    """End a colleague's part, or one's own."""
    client, form = _client(request, uid), LeaveForm(request.POST)
    if not form.is_valid():
        return _page(request, client, status=422)
    leaving = get_object_or_404(Member.objects.visible_to(request.member), uid=form.cleaned_data["member"])
    at_once = form.cleaned_data["ends"] == NOW
    try:
        actions.leave_care_team(
            client=client, member=leaving, at_once=at_once, by=request.member, now=timezone.now()
        )
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Their part is over.") if at_once else _("Their part ends with the day."))
    left_myself = at_once and leaving.pk == request.member.pk
    return redirect("caseload") if left_myself else redirect("care_team", uid)


@require_POST
@needs(Permission.CHANGE_RECORD, fresh=True)
def hand_over(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Another primary clinician from today."""
    client, form = (
        _treated(request, uid),
        HandOverForm(request.POST, member=request.member, auto_id=HAND_OVER),
    )
    if form.is_valid():
        try:
            actions.hand_over(
                client=client,
                to=form.cleaned_data["member"],
                stays=form.cleaned_data["stays"],
                by=request.member,
                now=timezone.now(),
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Handed over. It holds from today."))
            return redirect("care_team", uid)
    return _page(request, client, hand_over=form)


@require_safe
@needs(Permission.KEEP_PEOPLE)
def clients_and_clinicians(request: MemberRequest) -> HttpResponse:
    """For the owner: clients whom nobody treats, and one client by reference."""
    asked = FindForm(request.GET)
    reference = asked.cleaned_data["q"] if asked.is_valid() else ""
    return _appointing_page(request, reference, AppointForm(member=request.member))


@require_POST
@needs(Permission.KEEP_PEOPLE, fresh=True)
def appoint_clinician(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Name who treats this client from today. The owner reads nothing of the record."""
    client, form = (
        screens.client_of_owner(request.member, uid),
        AppointForm(request.POST, member=request.member),
    )
    if client is None:
        raise Http404
    if form.is_valid():
        try:
            actions.hand_over(
                client=client, to=form.cleaned_data["clinician"], by=request.member, now=timezone.now()
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Appointed. They see the record from today."))
            return redirect("clients_and_clinicians")
    return _appointing_page(request, client.reference, form, status=422)


def _client(request: MemberRequest, uid: UUID) -> Client:
    return get_object_or_404(Client.objects.visible_to(request.member).in_care_of(request.member), uid=uid)


def _treated(request: MemberRequest, uid: UUID) -> Client:
    client = _client(request, uid)
    check_reach(request.member, client.pk, Reach.KEEP)
    return client


def _page(request: MemberRequest, client: Client, *, status: int = 200, **bound: ShapeForm) -> HttpResponse:
    """The care team with its forms; 422 when one of them says what is wrong."""
    forms: dict[str, Any] = {
        "join": JoinForm(member=request.member, auto_id=JOIN),
        "hand_over": HandOverForm(member=request.member, auto_id=HAND_OVER),
        **bound,
    }
    page = screens.care_team_page(client, request.member, timezone.now())
    actions.note_reading(client=client, part="care_team", by=request.member, now=timezone.now())
    values = {"page": page, "client": client, "current_nav": "clients", **forms}
    return render(request, "clients/care/care_team.html", values, status=422 if bound else status)


def _appointing_page(
    request: MemberRequest, reference: str, form: AppointForm, *, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    shown = screens.to_appoint(request.member, now, reference)
    one = shown[0] if reference and len(shown) == 1 else None
    listed("appointing", count=len(shown), by=request.member, at=now, client=one)
    values = {"clients": shown, "q": reference, "form": form, "current_nav": "people"}
    return render(request, "clients/care/appoint.html", values, status=status)
