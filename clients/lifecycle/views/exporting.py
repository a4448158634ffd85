"""Ask for a copy, watch it being made, take it once."""

from typing import IO
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clients.lifecycle import actions, screens
from clients.lifecycle.models import Export
from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, check_reach
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.downloads import File, hand_out
from practice.web.refusals import Refused


@require_safe
@needs(Permission.EXPORT_RECORD)
def export_client(request: MemberRequest, uid: UUID) -> HttpResponse:
    """What a copy of this record holds, and the ones asked for before."""
    client, now = _client(request, uid), timezone.now()
    earlier = screens.earlier_exports(request.member, client, now)
    page = {"client": client, "earlier": earlier, "current_nav": "clients"}
    return render(request, "clients/lifecycle/export_client.html", page)


@require_POST
@needs(Permission.EXPORT_RECORD, fresh=True)
def ask_export(request: MemberRequest, uid: UUID) -> HttpResponse:
    client = _client(request, uid)
    return _asked(request, client, "export_client", client.uid)


@require_safe
@needs(Permission.EXPORT_OWN_RECORD)
def my_export(request: MemberRequest) -> HttpResponse:
    """What a client may take along by themself, and how to get the rest."""
    client = _own_client(request)
    earlier = screens.earlier_exports(request.member, client, timezone.now())
    return render(request, "clients/lifecycle/my_export.html", {"earlier": earlier})


@require_POST
@needs(Permission.EXPORT_OWN_RECORD, fresh=True)
def ask_my_export(request: MemberRequest) -> HttpResponse:
    return _asked(request, _own_client(request), "my_export")


@require_safe
@needs(Permission.TAKE_EXPORT)
def export_file(request: MemberRequest, uid: UUID) -> HttpResponse:
    """How far a copy is; and the button that takes it."""
    export, now = _export(request, uid), timezone.now()
    if export.client is not None:
        part = "own" if request.member.is_client else "copies"
        note_reading(client=export.client, part=part, by=request.member, now=now)
    page = {
        "card": screens.export_card(export, request.member, now),
        "job": screens.job_card(export),
        "client": export.client,
        "current_nav": "retention" if export.client is None else "clients",
    }
    return render(request, "clients/lifecycle/export_file.html", page)


@require_safe
@needs(Permission.TAKE_EXPORT)
def export_progress(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The progress bar alone, for the page that waits; it reloads the page when the work has ended."""
    job = screens.job_card(_export(request, uid))
    answer = render(request, "components/job_progress.html", {"job": job})
    if job is None or not job.is_under_way:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
@needs(Permission.TAKE_EXPORT, fresh=True)
def take_export(request: MemberRequest, uid: UUID) -> HttpResponseBase:
    """The file itself, once."""
    export, now = _export(request, uid), timezone.now()
    try:
        if export.kind == Export.Kind.PRACTICE:
            file = actions.take_practice_export(export=export, by=request.member, now=now)
            return download(request, export, file)
        content = actions.take_export(export=export, by=request.member, now=now)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("export_file", export.uid)
    return download(request, export, content)


def download(request: HttpRequest, export: Export, content: bytes | IO[bytes]) -> HttpResponseBase:
    """As a file, under a name that says nothing but the reference; it stops where the right to it does."""
    client = export.client
    name = "practice.towpath" if client is None else f"{client.reference}.zip"
    file = File(
        name=f"{timezone.localdate(export.asked_at):%Y-%m-%d}-{name}",
        content_type="application/octet-stream" if client is None else "application/zip",
        content=content,
        size=len(content) if isinstance(content, bytes) else export.size,
        may_have=lambda member: actions.may_still_have(export=export, member=member),
        on=export,
        client=client,
    )
    return hand_out(request, file)


def _asked(request: MemberRequest, client: Client, back: str, *args: object) -> HttpResponse:
    try:
        export, _job = actions.ask_export(client=client, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
        return redirect(back, *args)
    messages.success(request, _("The copy is being made."))
    return redirect("export_file", export.uid)


def _client(request: MemberRequest, uid: UUID) -> Client:
    """A client whose record the member may hand out: supervising is enough, an emergency is not."""
    rows = Client.objects.visible_to(request.member).in_care_of(request.member)
    client = get_object_or_404(rows, uid=uid)
    check_reach(request.member, client.pk, Reach.HAND_OUT)
    note_reading(client=client, part="copies", by=request.member, now=timezone.now())
    return client


def _own_client(request: MemberRequest) -> Client:
    client = get_object_or_404(Client.objects.visible_to(request.member), member=request.member)
    note_reading(client=client, part="own", by=request.member, now=timezone.now())
    return client


def _export(request: MemberRequest, uid: UUID) -> Export:
    """One's own; the one who confirms that of the practice has a page of its own for it."""
    return get_object_or_404(
        Export.objects.visible_to(request.member).light(), uid=uid, asked_by=request.member
    )
