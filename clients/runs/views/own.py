"""The client's own log: the four-tap form, what came of it, changing it, taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.record.actions import note_reading
from clients.runs import actions, heading_out
from clients.runs.forms import MoodForm, RunForm, new_entry, standing_entry
from clients.runs.models import RunLog
from clients.runs.screens import entry_row, log_rests, saved_page
from clients.runs.views.kit import form_methods, form_page, own_client, tried
from practice.people.access import MemberRequest, needs
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.refusals import Refused


@form_methods
@needs(Permission.USE_PORTAL)
def portal_log(request: MemberRequest) -> HttpResponse:
    client, now = own_client(request.member), timezone.now()
    if log_rests(client, timezone.localdate(now)):
        return render(request, "clients/runs/resting.html", {"current_nav": "log"})
    before = heading_out.remembered(request.session, now)
    if request.method != "POST":
        last = RunLog.objects.visible_to(request.member).newest_first().first()
        form = RunForm(initial=new_entry(now, last, before))
        return form_page(request, "clients/runs/portal_log.html", form, before=before, current_nav="log")

    form = RunForm(request.POST)

    def log() -> None:
        actions.log_run(
            client=client, uid=form.cleaned_data["uid"], entry=form.entry(), by=request.member, now=now
        )

    if tried(form, log):
        heading_out.forget(request.session)
        return redirect("portal_saved", form.cleaned_data["uid"])
    saved = form.cleaned_data.get("uid") if form.has_error("__all__", actions.DifferentBody.code) else None
    return form_page(
        request, "clients/runs/portal_log.html", form, before=before, saved=saved, current_nav="log"
    )


@needs(Permission.USE_PORTAL)
def portal_saved(request: MemberRequest, uid: UUID) -> HttpResponse:
    """What was kept, said back, with a way to change it and a way to undo it."""
    run = _own(request.member, uid)
    page = saved_page(run, request.member.pk)
    return render(request, "clients/runs/portal_saved.html", {"page": page, "current_nav": "log"})


@form_methods
@needs(Permission.USE_PORTAL)
def portal_run(request: MemberRequest, uid: UUID) -> HttpResponse:
    """One entry of one's own, to read and to change; what staff logged is read only."""
    run = _own(request.member, uid)
    form = RunForm(request.POST) if request.method == "POST" else RunForm(initial=standing_entry(run))

    def change() -> None:
        actions.change_run(run=run, entry=form.entry(run.entry), by=request.member, now=timezone.now())

    if form.is_bound and tried(form, change):
        messages.success(request, _("Changed."))
        return redirect("portal_run", uid)
    row = entry_row(run, request.member.pk)
    return form_page(request, "clients/runs/portal_run.html", form, row=row, uid=uid, current_nav="history")


@form_methods
@needs(Permission.USE_PORTAL)
def remove_run(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Ask once, then take the entry back. An entry that is gone already is simply gone."""
    run = RunLog.objects.visible_to(request.member).select_related("logged_by").filter(uid=uid).first()
    if request.method != "POST":
        run = _own(request.member, uid)
        row = entry_row(run, request.member.pk)
        return render(request, "clients/runs/remove_run.html", {"row": row, "current_nav": "history"})
    try:
        if run is not None:
            actions.remove_run(run=run, by=request.member, now=timezone.now())
        messages.success(request, _("Removed. Nothing else changed."))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("portal_history")


@form_methods
@needs(Permission.USE_PORTAL)
def heading_out_page(request: MemberRequest) -> HttpResponse:
    """One tap before leaving. Leaving it out is fine too."""
    form = MoodForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if form.cleaned_data["mood"]:
            heading_out.remember(request.session, form.cleaned_data["mood"], timezone.now())
            messages.success(request, _("Noted. See you when you are back."))
        return redirect("portal_home")
    return form_page(request, "clients/runs/heading_out.html", form, current_nav="log")


def _own(member: Member, uid: UUID) -> RunLog:
    run = get_object_or_404(RunLog.objects.visible_to(member).select_related("logged_by", "client"), uid=uid)
    note_reading(client=run.client, part="own", by=member, now=timezone.now())
    return run
