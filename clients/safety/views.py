"""The pages of a safety plan: of the care team, and the client's own."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.record.models import Client
from clients.record.reach import Reach, check_reach
from clients.runs.views.kit import own_client
from clients.safety import actions, rules, screens
from clients.safety.forms import FirstAidForm, LookForm, PlanForm
from clients.safety.models import STEPS, FirstAidNote, SafetyPlan
from practice.audit import read
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused

UNPROCESSABLE = 422


@require_safe
@needs(Permission.READ_RECORD)
def safety_plan(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The version that stands, when both last looked at it, and the versions before."""
    return _plan_page(request, _read(request, uid), None)


@require_safe
@needs(Permission.READ_RECORD)
def safety_plan_version(request: MemberRequest, uid: UUID, version: int) -> HttpResponse:
    """One version as it was."""
    return _plan_page(request, _read(request, uid), version)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CHANGE_RECORD)
def write_safety_plan(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Write the next version, beginning with what stands. A stale form keeps what was typed."""
    client = _kept(request, uid)
    newest = SafetyPlan.objects.visible_to(request.member).of(client).first()
    form = PlanForm(request.POST if request.method == "POST" else None, initial=_as_typed(newest))
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_plan(
                client=client,
                words=form.typed,
                is_agreed=form.cleaned_data["is_agreed"],
                look_again_on=form.cleaned_data["look_again_on"],
                seen_version=form.cleaned_data["version"],
                by=request.member,
                now=timezone.now(),
            )
        except Refused as no:
            form.refuse(no)
            form.data = _with_version(request.POST, newest)
        else:
            messages.success(request, _("Saved as a new version. Those before are kept."))
            return redirect("safety_plan", uid)
    page = {"client": client, "form": form, "steps": [form[key] for key in STEPS], "newest": newest}
    page["stands"] = screens.steps_of(newest) if form.non_field_errors() else []
    return render(request, "clients/safety/write.html", page, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@needs(Permission.CHANGE_RECORD)
def look_at_safety_plan(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Both went through it, and it still holds."""
    client, form = _kept(request, uid), LookForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a day after today, within a year."))
        return redirect("safety_plan", uid)
    try:
        actions.look_at_plan(
            client=client,
            seen_version=form.cleaned_data["version"],
            look_again_on=form.cleaned_data["look_again_on"],
            by=request.member,
            now=timezone.now(),
        )
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Noted that you went through it together."))
    return redirect("safety_plan", uid)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CHANGE_RECORD)
def first_aid(request: MemberRequest, uid: UUID) -> HttpResponse:
    """What helpers should know: it stands on the emergency card of each session."""
    client = _kept(request, uid)
    note = FirstAidNote.objects.visible_to(request.member).filter(client=client).first()
    known = screens.medical_needs(client, request.member)
    form = FirstAidForm(
        request.POST if request.method == "POST" else None, initial={"words": known.words if known else ""}
    )
    if request.method == "POST" and form.is_valid():
        actions.note_first_aid(
            client=client, words=form.cleaned_data["words"], by=request.member, now=timezone.now()
        )
        messages.success(request, _("Saved. It stands on the emergency card."))
        return redirect("client", uid)
    page = {"client": client, "form": form, "note": note, "known": known}
    return render(
        request, "clients/safety/first_aid.html", page, status=UNPROCESSABLE if form.errors else 200
    )


@require_safe
@needs(Permission.USE_PORTAL)
def my_safety_plan(request: MemberRequest) -> HttpResponse:
    """The client's own, to read and to print."""
    page = screens.my_plan(own_client(request.member), request.member)
    return render(request, "clients/safety/my_plan.html", {"page": page})


def _plan_page(request: MemberRequest, client: Client, version: int | None) -> HttpResponse:
    page = screens.plan_page(client, request.member, timezone.now(), version=version)
    if page is None:
        raise Http404
    form = None
    if page.plan and page.may_write and not page.is_old:
        form = LookForm(initial={"version": page.plan.version, "look_again_on": page.usual_day})
    return render(request, "clients/safety/plan.html", {"client": client, "page": page, "form": form})


def _read(request: MemberRequest, uid: UUID) -> Client:
    """A client whose record the member reads; opening the plan leaves its own line in the trail."""
    rows = Client.objects.visible_to(request.member).in_care_of(request.member)
    client = get_object_or_404(rows, uid=uid)
    read("safety_plan_read", on=client, by=request.member, at=timezone.now(), client=client)
    return client


def _kept(request: MemberRequest, uid: UUID) -> Client:
    """A client whom the member treats: 403 for who only reads."""
    client = _read(request, uid)
    check_reach(request.member, client.pk, Reach.KEEP)
    return client


def _with_version(typed: QueryDict, newest: SafetyPlan | None) -> QueryDict:
    """What was typed, now answering the version that the person is shown."""
    answered = typed.copy()
    answered["version"] = str(newest.version if newest else 0)
    return answered


def _as_typed(newest: SafetyPlan | None) -> dict[str, object]:
    words = {key: getattr(newest, key) for key in STEPS} if newest else {}
    day = timezone.localdate() + rules.USUALLY_AFTER
    return {**words, "version": newest.version if newest else 0, "look_again_on": day}
