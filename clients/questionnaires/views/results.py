"""Results of questionnaires whose text is not here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clients.questionnaires import actions, screens
from clients.questionnaires.forms import ResultForm
from clients.questionnaires.models import OutsideResult
from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, check_reach, reaches
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused

NOT_DONE = 422


@require_safe
@needs(Permission.READ_SCREENING)
def outside_results(request: MemberRequest, uid: UUID) -> HttpResponse:
    return _page(request, _client(request, uid), ResultForm())


@require_POST
@needs(Permission.ASK_SCREENING)
def enter_result(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Keep a result that was found elsewhere."""
    client = _client(request, uid)
    check_reach(request.member, client.pk, Reach.KEEP)
    form = ResultForm(request.POST)
    if form.is_valid():
        try:
            actions.enter_result(client=client, entry=form.entry, by=request.member, now=timezone.now())
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Kept."))
            return redirect("outside_results", uid)
    return _page(request, client, form)


@require_POST
@needs(Permission.ASK_SCREENING)
def strike_result(request: MemberRequest, uid: UUID) -> HttpResponse:
    rows = OutsideResult.objects.visible_to(request.member).select_related("client")
    result = get_object_or_404(rows, uid=uid)
    check_reach(request.member, result.client_id, Reach.KEEP)
    try:
        actions.strike_result(result=result, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Struck out. It stays legible."))
    return redirect("outside_results", result.client.uid)


def _client(request: MemberRequest, uid: UUID) -> Client:
    rows = Client.objects.visible_to(request.member).in_care_of(request.member)
    client = get_object_or_404(rows, uid=uid)
    note_reading(client=client, part="results", by=request.member, now=timezone.now())
    return client


def _page(request: MemberRequest, client: Client, form: ResultForm) -> HttpResponse:
    keeps = reaches(request.member, client.pk, Reach.KEEP)
    context = {
        "client": client,
        "results": screens.results(client, request.member),
        "form": form,
        "may_enter": keeps and request.member.may(Permission.ASK_SCREENING),
        "current_nav": "clients",
    }
    return render(
        request, "clients/questionnaires/results.html", context, status=NOT_DONE if form.errors else 200
    )
