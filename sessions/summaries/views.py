"""Pages of progress summaries: list, ask, watch it being made, read, download."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, check_reach
from practice.audit import listed
from practice.people.access import MemberRequest, needs
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.downloads import File, hand_out
from practice.web.refusals import Refused
from sessions.summaries import actions, pages
from sessions.summaries.forms import PRESETS, USUAL_DAYS, SummaryForm, period_of
from sessions.summaries.models import Summary

PAGE = 25


@require_GET
@needs(Permission.EXPORT_SUMMARY)
def summaries(request: MemberRequest) -> HttpResponse:
    """The summaries of the member's clients, newest first, a page at a time."""
    rows = Summary.objects.visible_to(request.member).light()
    before = _uid(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(pk__lt=get_object_or_404(rows, uid=before).pk)
    shown = list(rows[: PAGE + 1])
    more = shown[PAGE - 1] if len(shown) > PAGE else None
    listed("summaries", count=len(shown[:PAGE]), by=request.member, at=timezone.now())
    page = {"cards": [pages.summary_card(row) for row in shown[:PAGE]], "older": more.uid if more else None}
    return render(request, "sessions/summaries/list.html", {**page, "is_first": before is None})


@require_http_methods(["GET", "POST"])
@needs(Permission.EXPORT_SUMMARY, fresh=True)
def ask_summary(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Choose reader, period and words, then a worker makes it."""
    client = _client(request.member, uid)
    if request.method == "GET":
        return _ask_page(request, client, _first_form(request, client))
    form = SummaryForm(request.POST)
    if not form.is_valid():
        return _ask_page(request, client, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        summary, _job = actions.ask_summary(
            client=client, **form.cleaned_data, by=request.member, now=timezone.now()
        )
    except Refused as no:
        form.refuse(no)
        return _ask_page(request, client, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("summary", uid=summary.uid)


@require_GET
@needs(Permission.EXPORT_SUMMARY)
def summary(request: MemberRequest, uid: UUID) -> HttpResponse:
    """How far it is; and what it says, once it is made."""
    found = _summary(request.member, uid)
    closed = _why_closed(found, request.member)
    document = None if closed else pages.document_of(found)
    page = {
        "closed": closed,
        "current_nav": "summaries",
        "card": pages.summary_card(found),
        "job": _job(found),
        "doc": document,
        "figures": pages.figures_of(document) if document else [],
    }
    return render(request, "sessions/summaries/summary.html", page)


def _why_closed(found: Summary, member: Member) -> str:
    """Open it, with a line in the trail; why it stays closed, "" when it opens."""
    try:
        actions.open_summary(summary=found, by=member, now=timezone.now())
    except Refused as no:
        return str(no)
    return ""


@require_GET
@needs(Permission.EXPORT_SUMMARY)
def summary_progress(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The progress bar alone, for the page that waits; it reloads the page when the work has ended."""
    job = _job(_summary(request.member, uid))
    answer = render(request, "components/job_progress.html", {"job": job})
    if job is None or not job.is_under_way:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
@needs(Permission.EXPORT_SUMMARY, fresh=True)
def retry_summary(request: MemberRequest, uid: UUID) -> HttpResponse:
    try:
        actions.ask_again(summary=_summary(request.member, uid), by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    return redirect("summary", uid=uid)


@require_POST
@needs(Permission.EXPORT_SUMMARY, fresh=True)
def take_summary(request: MemberRequest, uid: UUID) -> HttpResponseBase:
    """The PDF under a name that says nothing but the reference. By a button, so there is no address to pass on."""
    found = _summary(request.member, uid)
    try:
        content = actions.hand_out(summary=found, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
        return redirect("summary", uid=uid)
    return pdf_answer(request, found, content)


def pdf_answer(request: HttpRequest, found: Summary, content: bytes) -> HttpResponseBase:
    """A download, named by reference, version and day; it stops where the right to it does."""
    day = timezone.localdate(found.asked_at)
    file = File(
        name=f"{found.client.reference}-v{found.version}-{day:%Y-%m-%d}.pdf",
        content_type="application/pdf",
        content=bytes(content),
        size=len(content),
        may_have=lambda member: actions.may_still_have(summary=found, member=member),
        on=found,
        client=found.client,
    )
    return hand_out(request, file)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _client(member: Member, uid: UUID) -> Client:
    """A client whose record the member may open: knowing the name is not enough."""
    client = get_object_or_404(Client.objects.visible_to(member).in_care_of(member), uid=uid)
    check_reach(member, client.pk, Reach.HAND_OUT)
    note_reading(client=client, part="summaries", by=member, now=timezone.now())
    return client


def _summary(member: Member, uid: UUID) -> Summary:
    rows = Summary.objects.visible_to(member).select_related("client", "asked_by").defer("pdf")
    return get_object_or_404(rows, uid=uid)


def _job(found: Summary) -> pages.JobCard | None:
    if found.made_at is not None:
        return None
    job = actions.job_of(found)
    return pages.job_card(job, found) if job else None


def _first_form(request: MemberRequest, client: Client) -> SummaryForm:
    since, until = period_of(request.GET.get("days", ""), timezone.localdate())
    return SummaryForm(
        initial={
            "audience": Summary.Audience.SUPERVISION,
            "since": since,
            "until": until,
            "plan": pages.last_plan(client, request.member),
        }
    )


def _ask_page(
    request: MemberRequest, client: Client, form: SummaryForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    chosen = request.GET.get("days", USUAL_DAYS)
    earlier = Summary.objects.visible_to(request.member).filter(client=client).light()[:5]
    page: dict[str, Any] = {
        "current_nav": "clients",
        "client": client,
        "form": form,
        "presets": PRESETS.items(),
        "chosen": chosen if chosen in PRESETS else USUAL_DAYS,
        "earlier": [pages.summary_card(row) for row in earlier],
    }
    return render(request, "sessions/summaries/ask.html", page, status=status)
