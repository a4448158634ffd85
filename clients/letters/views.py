"""Read a letter, on either side; say who else was told."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clients.letters import actions, screens
from clients.letters.forms import EveryToldForm, ToldForm
from clients.letters.models import Letter
from clients.record.actions import note_reading
from clients.record.reach import Reach, check_reach, reaches
from clients.screening.models import Clearance
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused

NOT_DONE = 422


@require_safe
@needs(Permission.READ_SCREENING)
def letter(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The letter as it was signed, whether the client says that they have read it, and who was told."""
    return _page(request, _letter(request, uid), ToldForm())


@require_POST
@needs(Permission.DECIDE_CLEARANCE)
def tell(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Write down who else was told."""
    found = _letter(request, uid)
    check_reach(request.member, found.client_id, Reach.KEEP)
    form = ToldForm(request.POST)
    if form.is_valid():
        try:
            actions.note_told(
                clearance=found.clearance, **form.cleaned_data, by=request.member, now=timezone.now()
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Written down."))
            return redirect("letter", uid)
    return _page(request, found, form)


@require_safe
@needs(Permission.READ_SCREENING)
def decision_told(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Who was told of a decision, whether a letter went with it or not."""
    clearance = _decision(request, uid)
    note_reading(client=clearance.client, part="questions", by=request.member, now=timezone.now())
    return _told_page(request, clearance, EveryToldForm())


@require_POST
@needs(Permission.DECIDE_CLEARANCE)
def tell_of_decision(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Write down who was told of a decision: the client in person, or somebody else."""
    clearance = _decision(request, uid)
    check_reach(request.member, clearance.client_id, Reach.KEEP)
    form = EveryToldForm(request.POST)
    if form.is_valid():
        try:
            actions.note_told(clearance=clearance, **form.cleaned_data, by=request.member, now=timezone.now())
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Written down."))
            return redirect("decision_told", uid)
    return _told_page(request, clearance, form)


@require_safe
@needs(Permission.USE_PORTAL)
def my_letter(request: MemberRequest, uid: UUID) -> HttpResponse:
    """A client's own letter. Looking at it changes nothing."""
    found = _letter(request, uid)
    page = screens.letter_page(found, request.member)
    return render(request, "clients/letters/my_letter.html", {"page": page})


@require_POST
@needs(Permission.USE_PORTAL)
def read_my_letter(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The client says that they have read it."""
    actions.mark_read(letter=_letter(request, uid), by=request.member, now=timezone.now())
    messages.success(request, _("Thank you. Your therapist sees that you have read it."))
    return redirect("my_letter", uid)


def _letter(request: MemberRequest, uid: UUID) -> Letter:
    rows = Letter.objects.visible_to(request.member).select_related("client", "clearance", "written_by")
    found = get_object_or_404(rows, uid=uid)
    if request.method != "POST":
        actions.open_letter(letter=found, by=request.member, now=timezone.now())
    return found


def _decision(request: MemberRequest, uid: UUID) -> Clearance:
    rows = Clearance.objects.visible_to(request.member).select_related("client", "decided_by", "second_by")
    return get_object_or_404(rows, uid=uid)


def _told_page(request: MemberRequest, clearance: Clearance, form: EveryToldForm) -> HttpResponse:
    keeps = reaches(request.member, clearance.client_id, Reach.KEEP)
    context = {
        "client": clearance.client,
        "decision": clearance,
        "told": screens.told_of(clearance, request.member),
        "form": form,
        "may_tell": keeps and request.member.may(Permission.DECIDE_CLEARANCE),
        "current_nav": "clients",
    }
    return render(request, "clients/letters/told.html", context, status=NOT_DONE if form.errors else 200)


def _page(request: MemberRequest, found: Letter, form: ToldForm) -> HttpResponse:
    keeps = reaches(request.member, found.client_id, Reach.KEEP)
    context = {
        "page": screens.letter_page(found, request.member),
        "client": found.client,
        "form": form,
        "may_tell": keeps and request.member.may(Permission.DECIDE_CLEARANCE),
        "current_nav": "clients",
    }
    return render(request, "clients/letters/letter.html", context, status=NOT_DONE if form.errors else 200)
