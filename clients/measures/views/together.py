"""Fill a form in together with the client: all questions on one page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clients.instruments import read
from clients.measures import actions
from clients.measures.forms import BeginForm, TogetherForm
from clients.measures.views.staff import NOT_DONE, find_client
from clients.record.actions import note_reading
from clients.record.reach import Reach, check_reach
from clients.screening.models import Response
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused


@require_POST
@needs(Permission.ASK_SCREENING)
def begin_together(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Open the form that waits, or a new one."""
    client = find_client(request, uid)
    check_reach(request.member, client.pk, Reach.KEEP)
    form = BeginForm(request.POST)
    chosen = form.cleaned_data["instrument"] if form.is_valid() else ""
    try:
        response = actions.begin_together(
            client=client, instrument=chosen, by=request.member, now=timezone.now()
        )
    except Refused as no:
        messages.error(request, str(no))
        return redirect("client_measures", uid)
    return redirect("fill_in_together", response.uid)


@require_http_methods(["GET", "POST"])
@needs(Permission.ASK_SCREENING)
def fill_in_together(request: MemberRequest, uid: UUID) -> HttpResponse:
    """All questions of one form. Every answer given is kept, also where others are missing; a safety answer at once."""
    response = _form_of(request, uid)
    client, instrument = response.screening.client, read(response.snapshot)
    if response.submitted_at or not response.screening.is_open:
        messages.info(request, _("This form is closed already."))
        return redirect("client_measures", client.uid)
    initial = {key: str(value) for key, value in response.answers.items()}
    form = TogetherForm(instrument, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        is_sound = form.is_valid()
        try:
            kept = actions.keep_together(
                response=response,
                answers=form.answers,
                hand_in=is_sound,
                by=request.member,
                now=timezone.now(),
            )
        except Refused as no:
            messages.error(request, str(no))
            return redirect("client_measures", client.uid)
        form.miss(kept.missing)
        if kept.alert or not form.errors:
            return _onward(request, response, kept)
    values = {"client": client, "response": response, "form": form, "current_nav": "clients"}
    values["instrument"] = instrument
    return render(request, "clients/measures/together.html", values, status=NOT_DONE if form.errors else 200)


def _onward(request: MemberRequest, response: Response, kept: actions.Kept) -> HttpResponse:
    """A safety answer first, whatever is still open; then the next form; then the measures."""
    if kept.alert:
        said = _("Kept. A safety answer: walking and running are on hold. Write down what you do next.")
        messages.warning(request, said)
        return redirect("safety_alert", kept.alert.uid)
    if kept.onward:
        messages.success(request, _("Kept. One more form waits with it."))
        return redirect("fill_in_together", kept.onward.uid)
    messages.success(request, _("Kept and handed in."))
    return redirect("client_measures", response.screening.client.uid)


def _form_of(request: MemberRequest, uid: UUID) -> Response:
    """A form that the client answers, of a client whom the member treats. Opening it is told in the trail."""
    rows = Response.objects.visible_to(request.member).filter(asked_by_clinician=False)
    response = get_object_or_404(rows.select_related("screening__client"), uid=uid)
    client = response.screening.client
    check_reach(request.member, client.pk, Reach.KEEP)
    note_reading(client=client, part="measures", by=request.member, now=timezone.now())
    return response
