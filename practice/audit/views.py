"""The pages of the trail: read it, have it checked, take a copy. Reading it is told in it."""

from collections.abc import Callable, Iterable, Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from practice.audit import checking, exports, printing
from practice.audit.forms import FilterForm
from practice.audit.models import AuditEvent, TrailCheck
from practice.audit.screens import check_line, check_work, trail_page
from practice.audit.trail import record
from practice.people.access import MemberRequest, needs
from practice.people.models import Member
from practice.people.roles import Permission, Role
from practice.web.downloads import File, hand_out

Writer = Callable[[Iterable[AuditEvent]], Iterator[str]]
FORMATS: dict[str, tuple[Writer, str, str]] = {
    "csv": (exports.as_csv, "text/csv; charset=utf-8", "csv"),
    "json": (exports.as_json, "application/json", "json"),
    "fhir": (exports.as_fhir, "application/fhir+json", "fhir.json"),
}
CHUNK = 2_000


@require_POST
@needs(Permission.READ_ME)
def note_print(request: MemberRequest) -> HttpResponse:
    """A page begins to be printed, the browser says."""
    try:
        printing.note_print(request.POST.get("of", ""), by=request.member, at=timezone.now())
    except printing.NoSuchPage:
        return HttpResponse(status=400)
    return HttpResponse(status=204)


@require_safe
@needs(Permission.READ_TRAIL)
def trail(request: MemberRequest) -> HttpResponse:
    """Who did what to whose record, and when. What is asked for stands in the address."""
    form, now = _asked(request), timezone.now()
    after = request.GET.get("after", "")
    page = trail_page(form.narrowed(AuditEvent.objects.visible_to(request.member)), after)
    record("trail_read", on=None, by=request.member, at=now, count=page.count, **form.asked)
    latest = TrailCheck.objects.visible_to(request.member).newest_first().first()
    context = {
        "form": form,
        "page": page,
        "is_first": not after,
        "is_narrowed": bool(form.asked),
        "check": check_line(latest),
        "work": check_work(checking.under_way().first()),
        "printed_at": now,
    }
    return render(request, "practice/audit/trail.html", context)


@require_POST
@needs(Permission.READ_TRAIL)
def check_trail(request: MemberRequest) -> HttpResponse:
    """Have a worker look at the whole trail now."""
    checking.ask_check(by=request.member, now=timezone.now())
    messages.success(request, _("The trail is being checked. The result will stand here."))
    return redirect("trail")


@require_safe
@needs(Permission.READ_TRAIL)
def trail_check_progress(request: MemberRequest) -> HttpResponse:
    """How far the check is; the page is loaded again when it has ended."""
    work = check_work(checking.under_way().first())
    answer = render(request, "components/job_progress.html", {"job": work})
    if work is None:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_safe
@needs(Permission.READ_TRAIL, fresh=True)
def export_trail(request: MemberRequest, form: str) -> HttpResponseBase:
    """What is asked for, as a file that is written while it is read: its length does not matter."""
    if form not in FORMATS:
        raise Http404
    asked, now = _asked(request), timezone.now()
    write, content_type, ending = FORMATS[form]
    rows = asked.narrowed(AuditEvent.objects.visible_to(request.member)).filter(at__lt=now).newest_first()
    record("trail_exported", on=None, by=request.member, at=now, form=form, **asked.asked)
    file = File(
        name=f"trail-{timezone.localdate(now).isoformat()}.{ending}",
        content_type=content_type,
        content=write(rows.iterator(chunk_size=CHUNK)),
        may_have=lambda member: member.may(Permission.READ_TRAIL),
    )
    return hand_out(request, file)


def _asked(request: HttpRequest) -> FilterForm:
    member: Member = request.member  # type: ignore[attr-defined] # behind `needs`
    people = Member.objects.visible_to(member).exclude(roles=[Role.CLIENT]).order_by("name", "pk")
    return FilterForm(request.GET, people=list(people))
