"""How long records are kept, who is due, what is held, what has gone."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clients.lifecycle import actions, screens
from clients.lifecycle.forms import PolicyForm
from practice.audit import listed
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused


@require_safe
@needs(Permission.KEEP_RETENTION)
def retention(request: MemberRequest) -> HttpResponse:
    """The policy, whose time is over, what waits for a second person, and what is on hold."""
    return _page(request, None)


@require_POST
@needs(Permission.KEEP_RETENTION, fresh=True)
def set_retention(request: MemberRequest) -> HttpResponse:
    form = PolicyForm(request.POST)
    if form.is_valid():
        try:
            actions.set_policy(policy=form.policy, by=request.member, now=timezone.now())
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Saved. It counts for every client from now on."))
            return redirect("retention")
    return _page(request, form)


@require_safe
@needs(Permission.KEEP_RETENTION)
def disposals(request: MemberRequest) -> HttpResponse:
    """The disposal log, a page at a time."""
    page = screens.disposals(request.member, _uid(request.GET.get("before", "")))
    context = {"page": page, "is_first": "before" not in request.GET, "current_nav": "retention"}
    return render(request, "clients/lifecycle/disposals.html", context)


def _page(request: MemberRequest, form: PolicyForm | None) -> HttpResponse:
    now = timezone.now()
    page = screens.retention_page(request.member, now)
    shown = len(page.due) + len(page.requests) + len(page.holds)
    listed("retention", count=shown, by=request.member, at=now)
    policy = form or PolicyForm(initial=asdict(page.policy))
    context = {"page": page, "form": policy, "current_nav": "retention"}
    return render(request, "clients/lifecycle/retention.html", context, status=422 if form else 200)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
