"""Erase a record: look at what goes, ask, confirm, take back; hold it, let go of it."""

from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clients.lifecycle import actions, finding, screens
from clients.lifecycle.forms import ErasureForm, HoldForm, LiftForm
from clients.lifecycle.models import ErasureRequest, Hold
from clients.record.actions import note_reading
from clients.record.models import Client
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused

Found = TypeVar("Found", Client, ErasureRequest, Hold)


@require_safe
@needs(Permission.ERASE_RECORD)
def erase_client(request: MemberRequest, uid: UUID) -> HttpResponse:
    """What goes, what stays and why, until when it must be kept, and what stands in the way."""
    return _page(request, _there(finding.erasable_client(request.member, uid)))


@require_POST
@needs(Permission.ERASE_RECORD, fresh=True)
def ask_erasure(request: MemberRequest, uid: UUID) -> HttpResponse:
    client, form = _there(finding.erasable_client(request.member, uid)), ErasureForm(request.POST)
    if form.is_valid():
        try:
            actions.ask_erasure(client=client, by=request.member, now=timezone.now(), **form.cleaned_data)
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Asked. Nothing is gone before somebody else confirms it."))
            return redirect("erase_client", client.uid)
    return _page(request, client, ask_form=form)


@require_POST
@needs(Permission.ERASE_RECORD, fresh=True)
def confirm_erasure(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The second person says yes; then there is no page about this client any more."""
    asked = _there(finding.erasure_request(request.member, uid))
    try:
        actions.confirm_erasure(request=asked, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
        return redirect("erase_client", asked.client.uid)
    messages.success(request, _("%s is erased. A tombstone without a name is left.") % asked.client.reference)
    return redirect("retention" if request.member.may(Permission.KEEP_RETENTION) else "caseload")


@require_POST
@needs(Permission.ERASE_RECORD)
def withdraw_erasure(request: MemberRequest, uid: UUID) -> HttpResponse:
    asked = _there(finding.erasure_request(request.member, uid))
    try:
        actions.withdraw_erasure(request=asked, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Taken back. The record stays."))
    return redirect("erase_client", asked.client.uid)


@require_POST
@needs(Permission.ERASE_RECORD)
def set_hold(request: MemberRequest, uid: UUID) -> HttpResponse:
    client, form = _there(finding.erasable_client(request.member, uid)), HoldForm(request.POST)
    if form.is_valid():
        try:
            actions.set_hold(client=client, by=request.member, now=timezone.now(), **form.cleaned_data)
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("The record is on hold. Nobody can erase it."))
            return redirect("erase_client", client.uid)
    return _page(request, client, hold_form=form)


@require_POST
@needs(Permission.ERASE_RECORD, fresh=True)
def lift_hold(request: MemberRequest, uid: UUID) -> HttpResponse:
    hold, form = _there(finding.standing_hold(request.member, uid)), LiftForm(request.POST)
    if form.is_valid():
        try:
            actions.lift_hold(hold=hold, by=request.member, now=timezone.now(), **form.cleaned_data)
        except Refused as no:
            messages.error(request, str(no))
        else:
            messages.success(request, _("The hold is lifted."))
        return redirect("erase_client", hold.client.uid)
    return _page(request, _there(finding.erasable_client(request.member, hold.client.uid)), lift_form=form)


def _page(
    request: MemberRequest,
    client: Client,
    *,
    ask_form: ErasureForm | None = None,
    hold_form: HoldForm | None = None,
    lift_form: LiftForm | None = None,
) -> HttpResponse:
    """The page with the form that was sent, if one was; 422 when something is wrong with it."""
    note_reading(client=client, part="keeping", by=request.member, now=timezone.now())
    page = {
        "page": screens.erase_page(client, request.member, timezone.now()),
        "ask_form": ask_form or ErasureForm(),
        "hold_form": hold_form or HoldForm(),
        "lift_form": lift_form or LiftForm(),
        "sent": ask_form or hold_form or lift_form,
        "current_nav": "clients" if request.member.may(Permission.READ_CONTACTS) else "retention",
    }
    status = 422 if page["sent"] else 200
    return render(request, "clients/lifecycle/erase_client.html", page, status=status)


def _there(found: Found | None) -> Found:
    if found is None:
        raise Http404
    return found
