"""The log of a client as the care team reads it, and logging on a client's behalf."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.consents.standing import withheld
from clients.consents.words import in_words
from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, check_reach, reaches
from clients.runs import actions
from clients.runs.forms import StaffRunForm, new_entry, standing_entry
from clients.runs.models import RunLog
from clients.runs.screens import client_log, entry_row
from clients.runs.views.kit import form_methods, form_page, named_run, tried
from practice.people.access import MemberRequest, needs
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.refusals import Refused


def _client(member: Member, uid: UUID) -> Client:
    """A client whose log the member may read. Reading it is told in the trail."""
    client = get_object_or_404(Client.objects.visible_to(member).in_care_of(member), uid=uid)
    note_reading(client=client, part="runs", by=member, now=timezone.now())
    return client


def _treated(member: Member, uid: UUID) -> Client:
    """A client whom the member treats: 403 for who only reads the log."""
    client = _client(member, uid)
    check_reach(member, client.pk, Reach.KEEP)
    return client


def _run(member: Member, uid: UUID, run_uid: UUID) -> RunLog:
    rows = RunLog.objects.visible_to(member).select_related("client", "logged_by")
    run = get_object_or_404(rows, client__uid=uid, uid=run_uid)
    check_reach(member, run.client_id, Reach.KEEP)
    note_reading(client=run.client, part="runs", by=member, now=timezone.now())
    return run


@needs(Permission.READ_RECORD)
def client_runs(request: MemberRequest, uid: UUID) -> HttpResponse:
    """What the client shares: days, minutes, mood, words. Reading it is told in the trail."""
    client, now = _client(request.member, uid), timezone.now()
    rows = RunLog.objects.visible_to(request.member).filter(client=client)
    page = client_log(client, request.member, now, after=named_run(rows, request.GET.get("after")))
    context: dict[str, Any] = {"client": client, "page": page, "current_nav": "clients"}
    context["withheld"] = in_words(withheld(client))
    keeps = reaches(request.member, client.pk, Reach.KEEP)
    context["may_log"] = keeps and request.member.may(Permission.CHANGE_RECORD)
    return render(request, "clients/runs/client_runs.html", context)


@form_methods
@needs(Permission.CHANGE_RECORD)
def log_for_client(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Keep what a client told, marked as written by staff."""
    client, now = _treated(request.member, uid), timezone.now()
    if request.method != "POST":
        form = StaffRunForm(initial=new_entry(now, None, None))
        return form_page(
            request, "clients/runs/log_for_client.html", form, client=client, current_nav="clients"
        )

    form = StaffRunForm(request.POST)

    def log() -> None:
        actions.log_run(
            client=client, uid=form.cleaned_data["uid"], entry=form.entry(), by=request.member, now=now
        )

    if tried(form, log):
        messages.success(request, _("Kept. It says that you wrote it."))
        return redirect("client_runs", uid)
    return form_page(request, "clients/runs/log_for_client.html", form, client=client, current_nav="clients")


@form_methods
@needs(Permission.CHANGE_RECORD)
def client_run(request: MemberRequest, uid: UUID, run_uid: UUID) -> HttpResponse:
    """Change what one has logged for a client oneself."""
    run = _run(request.member, uid, run_uid)
    bound = request.POST if request.method == "POST" else None
    form = StaffRunForm(bound, initial=standing_entry(run))

    def change() -> None:
        actions.change_run(run=run, entry=form.entry(run.entry), by=request.member, now=timezone.now())

    if form.is_bound and tried(form, change):
        messages.success(request, _("Changed."))
        return redirect("client_runs", uid)
    row = entry_row(run, request.member.pk)
    return form_page(
        request, "clients/runs/log_for_client.html", form, client=run.client, row=row, current_nav="clients"
    )


@form_methods
@needs(Permission.CHANGE_RECORD)
def remove_client_run(request: MemberRequest, uid: UUID, run_uid: UUID) -> HttpResponse:
    """Ask once, then take back what one has logged oneself."""
    run = _run(request.member, uid, run_uid)
    if request.method != "POST":
        context = {"row": entry_row(run, request.member.pk), "client": run.client, "current_nav": "clients"}
        return render(request, "clients/runs/remove_client_run.html", context)
    try:
        actions.remove_run(run=run, by=request.member, now=timezone.now())
        messages.success(request, _("Removed. Nothing else changed."))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("client_runs", uid)
