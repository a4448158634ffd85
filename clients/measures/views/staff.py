"""A client's measures over time, and how often they are asked."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clients.measures import actions, screens
from clients.measures.forms import PERIODS, PauseForm, PeriodForm, PlanForm, RhythmForm
from clients.measures.models import MeasurePlan
from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, check_reach, reaches
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused

NOT_DONE = 422


@needs(Permission.READ_SCREENING)
def client_measures(request: MemberRequest, uid: UUID) -> HttpResponse:
    """How often each measure is asked; each as a chart, its numbers, and its answers question by question.

    Reading it is told in the trail.
    """
    client = find_client(request, uid)
    today, form = timezone.localdate(), PeriodForm(request.GET)
    keeps = reaches(request.member, client.pk, Reach.KEEP)
    context = {
        "client": client,
        "plans": screens.plans_card(client, today),
        "figures": screens.measure_figures(client, form.since(today), today),
        "periods": PERIODS,
        "chosen": form.chosen,
        "may_ask": keeps and request.member.may(Permission.ASK_SCREENING),
    }
    return render(request, "clients/measures/client_measures.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.ASK_SCREENING)
def plan_measures(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Plan measures for a client. What is usual is filled in already; nothing holds until it is saved."""
    client = find_client(request, uid)
    check_reach(request.member, client.pk, Reach.KEEP)
    card = screens.plans_card(client, timezone.localdate())
    form = PlanForm(list(card.offered), _posted(request), initial=_usual(card))
    if form.is_valid():
        try:
            actions.plan_measures(
                client=client,
                instruments=form.cleaned_data["instruments"],
                words=form.words,
                by=request.member,
                now=timezone.now(),
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Planned. What is due is sent by day."))
            return redirect("client_measures", uid)
    values = {"client": client, "form": form, "card": card, "current_nav": "clients"}
    return render(request, "clients/measures/plan.html", values, status=NOT_DONE if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.ASK_SCREENING)
def measure_plan(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Change the rhythm or the days of a plan; let it rest, take it up again, end it."""
    plan = _plan(request, uid)
    form = RhythmForm(_posted(request), initial=_as_it_is(plan))
    if form.is_valid():
        try:
            actions.change_plan(plan=plan, words=form.words, by=request.member, now=timezone.now())
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Changed."))
            return redirect("client_measures", plan.client.uid)
    values = {
        "client": plan.client,
        "line": screens.plan_line_of(plan, timezone.localdate()),
        "form": form,
        "pause": PauseForm(),
        "current_nav": "clients",
    }
    return render(request, "clients/measures/change.html", values, status=NOT_DONE if form.errors else 200)


@require_POST
@needs(Permission.ASK_SCREENING)
def pause_measure_plan(request: MemberRequest, uid: UUID) -> HttpResponse:
    plan, form = _plan(request, uid), PauseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a day after today, or none."))
        return redirect("measure_plan", uid)
    try:
        actions.pause_plan(
            plan=plan, resumes_on=form.cleaned_data["resumes_on"], by=request.member, now=timezone.now()
        )
    except Refused as no:
        messages.error(request, str(no))
        return redirect("measure_plan", uid)
    messages.success(request, _("It rests. Nothing more is sent until then."))
    return redirect("client_measures", plan.client.uid)


@require_POST
@needs(Permission.ASK_SCREENING)
def resume_measure_plan(request: MemberRequest, uid: UUID) -> HttpResponse:
    plan = _plan(request, uid)
    try:
        actions.resume_plan(plan=plan, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    return redirect("client_measures", plan.client.uid)


@require_POST
@needs(Permission.ASK_SCREENING)
def end_measure_plan(request: MemberRequest, uid: UUID) -> HttpResponse:
    plan = _plan(request, uid)
    try:
        actions.end_plan(plan=plan, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Ended. What came in stays in the record."))
    return redirect("client_measures", plan.client.uid)


def find_client(request: MemberRequest, uid: UUID) -> Client:
    """A client in the member's care, or Http404; told in the trail."""
    rows = Client.objects.visible_to(request.member).in_care_of(request.member)
    client = get_object_or_404(rows, uid=uid)
    note_reading(client=client, part="measures", by=request.member, now=timezone.now())
    return client


def _plan(request: MemberRequest, uid: UUID) -> MeasurePlan:
    """A plan of a client whom the member treats: 404 outside their care, 403 for who only reads."""
    plan = get_object_or_404(MeasurePlan.objects.visible_to(request.member).select_related("client"), uid=uid)
    check_reach(request.member, plan.client_id, Reach.KEEP)
    note_reading(client=plan.client, part="measures", by=request.member, now=timezone.now())
    return plan


def _posted(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _usual(card: screens.PlansCard) -> dict[str, Any]:
    """The suggestion, as far as it is still to be planned."""
    offered = {key for key, _name in card.offered}
    return {
        "instruments": [key for key in screens.SUGGESTED if key in offered],
        "every": screens.SUGGESTED_EVERY,
        "unit": MeasurePlan.Unit.SESSIONS,
        "starts_on": timezone.localdate(),
    }


def _as_it_is(plan: MeasurePlan) -> dict[str, int | str | bool | date | None]:
    return {
        "every": plan.every,
        "unit": plan.unit,
        "starts_on": plan.starts_on,
        "until": plan.until,
        "shared": plan.shared,
    }
