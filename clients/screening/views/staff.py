"""What clinicians do: ask, read by rule, ask in person, decide, act on a safety answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clients.instruments import Instrument, read
from clients.record.reach import Reach, check_reach, reaches
from clients.screening import actions, letters, screens
from clients.screening.decision_forms import DecisionForm
from clients.screening.forms import AskForm, CloseAlertForm, InPersonForm
from clients.screening.models import Response, SafetyAlert, Screening
from clients.screening.views.deciding import first_values, found_client
from clients.screening.views.posted import posted
from practice.audit import listed
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused

NOT_DONE = 422


@require_http_methods(["GET"])
@needs(Permission.READ_SCREENING)
def review_queue(request: MemberRequest) -> HttpResponse:
    page = screens.review_queue(request.member, timezone.localdate())
    listed("review", count=page.count, by=request.member, at=timezone.now())
    return render(request, "clients/screening/review_queue.html", {"page": page, "current_nav": "review"})


@require_http_methods(["GET", "POST"])
@needs(Permission.ASK_SCREENING)
def ask_screening(request: MemberRequest, uid: UUID) -> HttpResponse:
    client = found_client(request, uid)
    check_reach(request.member, client.pk, Reach.KEEP)
    form = AskForm(posted(request), initial={"purpose": "intake"})
    if form.is_valid():
        try:
            screening = actions.ask_screening(
                client=client,
                purpose=form.cleaned_data["purpose"],
                instruments=form.cleaned_data["instruments"] or None,
                by=request.member,
                now=timezone.now(),
            )
        except Refused as no:
            form.refuse(no)
        else:
            _say_where_it_waits(request, screening)
            return redirect("screening", screening.uid)
    waiting = Screening.objects.visible_to(request.member).still_open().filter(client=client)
    values = {"client": client, "form": form, "waiting": list(waiting), "current_nav": "clients"}
    return render(request, "clients/screening/ask.html", values, status=NOT_DONE if form.errors else 200)


@require_http_methods(["GET"])
@needs(Permission.READ_SCREENING)
def screening(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The answers by rule, what is still to ask in person, and the decision."""
    found = _screening(request, uid)
    return render(request, "clients/screening/screening.html", _values(request, found, form=None))


@require_POST
@needs(Permission.DECIDE_CLEARANCE)
def clinician_asks(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Keep what the client said in person."""
    found = _screening(request, uid)
    check_reach(request.member, found.client_id, Reach.KEEP)
    rows = Response.objects.visible_to(request.member).filter(screening=found, asked_by_clinician=True)
    response = {row.instrument: row for row in rows}.get(request.POST.get("instrument", "asq"))
    if response is None:
        raise Http404
    form = InPersonForm(
        read(response.snapshot), request.POST, prefix="asked", auto_id=f"{response.instrument}_%s"
    )
    if form.is_valid():
        try:
            kept = actions.answer_in_person(
                response=response, answers=form.answers, by=request.member, now=timezone.now()
            )
        except Refused as no:
            form.refuse(no)
        else:
            _say_asked(request, kept)
            return redirect("screening", uid)
    values = _values(request, found, form=form)
    return render(request, "clients/screening/screening.html", values, status=NOT_DONE)


@require_POST
@needs(Permission.ASK_SCREENING)
def cancel_screening(request: MemberRequest, uid: UUID) -> HttpResponse:
    found = _screening(request, uid)
    check_reach(request.member, found.client_id, Reach.KEEP)
    try:
        actions.cancel_screening(screening=found, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    return redirect("screening", uid)


@require_http_methods(["GET", "POST"])
@needs(Permission.READ_SCREENING)
def safety_alert(request: MemberRequest, uid: UUID) -> HttpResponse:
    """One safety answer: read it, act, write what was done."""
    rows = SafetyAlert.objects.visible_to(request.member)
    alert = get_object_or_404(rows.select_related("client", "response__screening", "seen_by"), uid=uid)
    may_decide = _may_act(request, alert.client_id, Reach.CARE)
    form = CloseAlertForm(posted(request))
    if form.is_valid():
        try:
            actions.close_alert(
                alert=alert,
                what_was_done=form.cleaned_data["what_was_done"],
                by=request.member,
                now=timezone.now(),
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Closed. The hold stays until you decide about walking and running."))
            return redirect("safety_alert", uid)
    else:
        actions.note_opened(thing=alert, client=alert.client, by=request.member, now=timezone.now())
    values = {
        "page": screens.alert_page(alert),
        "form": form,
        "may_decide": may_decide,
        "current_nav": "review",
    }
    return render(request, "clients/screening/alert.html", values, status=NOT_DONE if form.errors else 200)


def _may_act(request: MemberRequest, client_id: int, reach: Reach) -> bool:
    """Whether the page offers its form; raises PermissionDenied for a change by one who only reads."""
    may = request.member.may(Permission.DECIDE_CLEARANCE) and reaches(request.member, client_id, reach)
    if request.method == "POST" and not may:
        raise PermissionDenied
    return may


def _screening(request: MemberRequest, uid: UUID) -> Screening:
    rows = Screening.objects.visible_to(request.member).select_related("client", "asked_by")
    found = get_object_or_404(rows, uid=uid)
    actions.note_opened(thing=found, client=found.client, by=request.member, now=timezone.now())
    return found


def _values(request: MemberRequest, found: Screening, *, form: InPersonForm | None) -> dict[str, Any]:
    now = timezone.now()
    page = screens.screening_page(found, timezone.localdate(now))
    keeps = reaches(request.member, found.client_id, Reach.KEEP)
    may_decide = keeps and request.member.may(Permission.DECIDE_CLEARANCE)
    deciding = screens.decision_page(found.client, now)
    asking = [{"instrument": one.instrument, "form": _asked(one.instrument, form)} for one in page.to_ask]
    return {
        "page": page,
        "client": found.client,
        "deciding": deciding,
        "asking": asking if may_decide else [],
        "form": DecisionForm(
            initial=first_values(deciding) | {"screening": found.uid}, lines=letters.lines_to_offer()
        ),
        "may_decide": may_decide and bool(found.submitted_at),
        "may_ask": keeps and request.member.may(Permission.ASK_SCREENING),
        "current_nav": "review",
    }


def _asked(instrument: Instrument, sent: InPersonForm | None) -> InPersonForm:
    """What was sent for this questionnaire, else its empty form; several may stand on one page."""
    if sent is not None and sent.instrument.key == instrument.key:
        return sent
    return InPersonForm(instrument, prefix="asked", auto_id=f"{instrument.key}_%s")


def _say_where_it_waits(request: MemberRequest, screening: Screening) -> None:
    if screening.responses.filter(asked_by_clinician=False).exists():
        messages.success(request, _("The questions wait in the client’s portal."))
    else:
        messages.success(request, _("Ask in person, then write the answers down here."))


def _say_asked(request: MemberRequest, response: Response) -> None:
    if response.result["flags"]:
        messages.warning(request, _("Kept. Walking and running are on hold; write down what you do next."))
    else:
        messages.success(request, _("Kept."))
