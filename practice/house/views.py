"""The owner's page about the practice, and what "Exit quickly" does."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practice.house import actions, screens
from practice.house.forms import ExitForm, PracticeForm
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_PEOPLE)
def keep_practice(request: MemberRequest) -> HttpResponse:
    """Say who reads answers, and by when."""
    words = screens.response_words()
    form = PracticeForm(request.POST if request.method == "POST" else None, initial={"response_words": words})
    if form.is_valid():
        try:
            actions.set_response_words(
                words=form.cleaned_data["response_words"], by=request.member, now=timezone.now()
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Saved. Clients read it from now on."))
            return redirect("keep_practice")
    return _page(request, form=form)


@require_POST
@needs(Permission.KEEP_PEOPLE)
def set_exit(request: MemberRequest) -> HttpResponse:
    """Switch "Exit quickly" on or off, and say where it leads."""
    form = ExitForm(request.POST)
    if form.is_valid():
        try:
            actions.set_exit(
                to=form.wanted, own_host=request.get_host(), by=request.member, now=timezone.now()
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Saved. It holds from now on."))
            return redirect("keep_practice")
    return _page(request, exit_form=form)


@login_not_required
@require_safe
def about_exit(request: HttpRequest) -> HttpResponse:
    """What "Exit quickly" does and does not do, for whoever sees it. Nothing where it is off."""
    way_out = screens.way_out()
    if not way_out.to:
        raise Http404
    return render(request, "practice/house/about_exit.html", {"way_out": way_out})


def _page(request: MemberRequest, **forms: Any) -> HttpResponse:
    words, way_out = screens.response_words(), screens.way_out()
    page = {
        "form": PracticeForm(initial={"response_words": words}),
        "exit_form": ExitForm(initial={"is_on": bool(way_out.to), "exit_to": way_out.to}),
        "is_ready": bool(words),
        "are_numbers_confirmed": screens.are_numbers_confirmed(timezone.localdate()),
        "way_out": way_out,
        **forms,
    }
    is_refused = any(form.errors for form in forms.values())
    return render(request, "practice/house/practice.html", page, status=422 if is_refused else 200)
