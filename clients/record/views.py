"""The pages of the record: find, ask one action, answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.emergency.screens import record_behind_glass
from clients.record import actions, reach, screens
from clients.record import caseload as lists
from clients.record.forms import (
    CaseloadForm,
    EditForm,
    RegisterForm,
    StatusForm,
    TimelineForm,
)
from clients.record.models import Client
from practice.audit import listed
from practice.people.access import MemberRequest, needs
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.forms import ShapeForm
from practice.web.refusals import Refused


@require_safe
@needs(Permission.READ_CONTACTS)
def caseload(request: MemberRequest) -> HttpResponse:
    """Who one works with, by name; what is asked for stands in the address."""
    asked, now = CaseloadForm(request.GET), timezone.now()
    asked.is_valid()
    ask = lists.Ask(**{key: value for key, value in asked.cleaned_data.items() if value})
    screen = lists.caseload(request.member, ask, now, timezone.localdate(now))
    listed("clients", count=len(screen.rows), by=request.member, at=now)
    context = {
        "screen": screen,
        "may_register": request.member.may(Permission.REGISTER_CLIENT),
        "behind_glass": None if screen.rows else record_behind_glass(request.member, reference=ask.q),
    }
    return render(request, "clients/record/caseload.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CLIENT)
def register_client(request: MemberRequest) -> HttpResponse:
    """Begin a record. The same form sent twice leads to the same client."""
    form = RegisterForm(request.POST or None, member=request.member)
    if request.method == "POST" and form.is_valid():
        try:
            client = _register(form, request.member)
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("%s is registered.") % client.reference)
            return redirect("client", client.uid)
    return _form_page(request, "clients/record/register_client.html", form)


@require_safe
@needs(Permission.READ_CONTACTS)
def client(request: MemberRequest, uid: UUID) -> HttpResponse:
    """One client. Opening it leaves a line in the trail."""
    found, asked, now = _client(request, uid), TimelineForm(request.GET), timezone.now()
    asked.is_valid()
    kind, before = asked.cleaned_data.get("kind", ""), asked.cleaned_data.get("before")
    screen = screens.client_page(found, request.member, now, kind=kind, before=before)
    part = "record" if screen.clinical else "contacts"
    actions.note_reading(client=found, part=part, by=request.member, now=now)
    context = {"screen": screen, "client": found}
    if screen.may_change:
        context["status_form"] = StatusForm(initial={"status": found.status})
    return render(request, "clients/record/client.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CLIENT)
def edit_client(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Correct the details; a form that is older than the record says so and keeps what was typed."""
    found = _contacts(request, uid)
    form = EditForm(
        request.POST or None, client=found, writes_focus=reach.writes_focus(request.member, found)
    )
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            _edit(form, found, request.member)
        except actions.Stale as no:
            form.refuse(no)
            form.show_again()
            stale = True
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Saved."))
            return redirect("client", found.uid)
    return _form_page(request, "clients/record/edit_client.html", form, client=found, stale=stale)


@require_POST
@needs(Permission.CHANGE_RECORD)
def set_status(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Say where the work stands."""
    found, form = _client_in_care(request, uid), StatusForm(request.POST)
    if not form.is_valid():
        return _say_what_is_wrong(request, form, found)
    actions.set_status(
        client=found, status=form.cleaned_data["status"], by=request.member, now=timezone.now()
    )
    messages.success(request, _("Saved."))
    return redirect("client", found.uid)


def _client(request: MemberRequest, uid: UUID) -> Client:
    rows = Client.objects.visible_to(request.member).select_related("emergency_contact", "member__user")
    found = get_object_or_404(rows, uid=uid)
    actions.note_reading(client=found, part="contacts", by=request.member, now=timezone.now())
    return found


def _contacts(request: MemberRequest, uid: UUID) -> Client:
    """A client whose contacts the member keeps: 403 for who only reads."""
    found = _client(request, uid)
    reach.check_contacts_kept_by(request.member, found)
    return found


def _client_in_care(request: MemberRequest, uid: UUID) -> Client:
    """A client whom the member treats: 403 for who only reads the record, 404 for everybody else."""
    rows = Client.objects.visible_to(request.member).in_care_of(request.member)
    found = get_object_or_404(rows, uid=uid)
    reach.check_reach(request.member, found.pk, reach.Reach.KEEP)
    return found


def _register(form: RegisterForm, member: Member) -> Client:
    return actions.register_client(
        name=form.cleaned_data["name"],
        clinician=form.cleaned_data.get("clinician"),
        uid=form.cleaned_data["uid"],
        by=member,
        now=timezone.now(),
        **form.details(),
    )


def _edit(form: EditForm, client: Client, member: Member) -> None:
    actions.edit_client(
        client=client,
        name=form.cleaned_data["name"],
        seen=form.cleaned_data["seen"],
        by=member,
        now=timezone.now(),
        **form.details(),
    )


def _form_page(request: MemberRequest, template: str, form: ShapeForm, **context: object) -> HttpResponse:
    """The form, empty or with what is wrong; 422 when something is."""
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def _say_what_is_wrong(request: MemberRequest, form: ShapeForm, client: Client) -> HttpResponse:
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect("client", client.uid)
