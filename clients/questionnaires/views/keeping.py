"""The owner says which questionnaires this practice uses."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.questionnaires import actions, screens
from clients.questionnaires.forms import FileForm, SwitchForm
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused

NOT_DONE = 422


@require_safe
@needs(Permission.KEEP_INSTRUMENTS)
def instruments(request: MemberRequest) -> HttpResponse:
    context = {"page": screens.library_page(), "current_nav": "instruments"}
    return render(request, "clients/questionnaires/instruments.html", context)


@require_safe
@needs(Permission.KEEP_INSTRUMENTS)
def instrument(request: MemberRequest, which: str) -> HttpResponse:
    """One questionnaire in full: its words, its scoring, its licence."""
    return _one(request, which, SwitchForm())


@require_POST
@needs(Permission.KEEP_INSTRUMENTS, fresh=True)
def switch_on_instrument(request: MemberRequest, which: str) -> HttpResponse:
    form = SwitchForm(request.POST)
    if form.is_valid():
        try:
            actions.switch_on(
                key=which, understood=form.cleaned_data["understood"], by=request.member, now=timezone.now()
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("In use. It can be asked from now on."))
            return redirect("instruments")
    return _one(request, which, form)


@require_POST
@needs(Permission.KEEP_INSTRUMENTS, fresh=True)
def put_away_instrument(request: MemberRequest, which: str) -> HttpResponse:
    try:
        actions.put_away(key=which, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Put away. What was answered stays as it is."))
    return redirect("instruments")


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_INSTRUMENTS, fresh=True)
def add_instrument(request: MemberRequest) -> HttpResponse:
    """Bring a file of one's own. It is checked before anything is kept."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        try:
            row = actions.add_file(
                raw=form.raw,
                statement=form.cleaned_data["statement"],
                proof=form.cleaned_data["proof"],
                by=request.member,
                now=timezone.now(),
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("In use. Read it once as your clients will."))
            return redirect("instrument", row.key)
    context = {"form": form, "current_nav": "instruments"}
    return render(
        request, "clients/questionnaires/add.html", context, status=NOT_DONE if form.errors else 200
    )


def _one(request: MemberRequest, which: str, form: SwitchForm) -> HttpResponse:
    page = screens.instrument_page(which)
    if page is None:
        raise Http404
    context = {"page": page, "form": form, "current_nav": "instruments"}
    return render(
        request, "clients/questionnaires/instrument.html", context, status=NOT_DONE if form.errors else 200
    )
