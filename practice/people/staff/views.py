"""The owner's pages about the people of the practice."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practice import contributions
from practice.people.access import MemberRequest, needs
from practice.people.models import Member
from practice.people.roles import Permission
from practice.people.staff import actions, screens
from practice.people.staff.forms import EvenSoForm, InviteForm, ResetForm, RightsForm
from practice.people.staff.letters import send_first_password_letter
from practice.web.refusals import Refused


@require_safe
@needs(Permission.KEEP_PEOPLE)
def people(request: MemberRequest) -> HttpResponse:
    """Everybody who works here."""
    shown = screens.people_of(Member.objects.visible_to(request.member), request.member)
    return render(request, "practice/people/people.html", {"people": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_PEOPLE, fresh=True)
def invite_member(request: MemberRequest) -> HttpResponse:
    """Let a colleague in; a letter lets them choose their password."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invited = actions.invite_member(**form.cleaned_data, by=request.member, now=timezone.now())
        except Refused as no:
            form.refuse(no)
        else:
            send_first_password_letter(request, invited.user.email)
            messages.success(
                request, _("Invited. A letter with the link to choose a password is on its way.")
            )
            return redirect("member", invited.uid)
    status = 422 if form.errors else 200
    return render(request, "practice/people/invite.html", {"form": form}, status=status)


@require_safe
@needs(Permission.KEEP_PEOPLE)
def member(request: MemberRequest, uid: UUID) -> HttpResponse:
    """One colleague: how they sign in, what they may do."""
    found = _found(request, uid)
    return _page(request, found, RightsForm(initial=RightsForm.facts_of(found)))


@require_POST
@needs(Permission.KEEP_PEOPLE, fresh=True)
def change_rights(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Give and take roles and rights."""
    found, form = _found(request, uid), RightsForm(request.POST)
    if form.is_valid():
        try:
            actions.change_rights(
                member=found,
                **form.cleaned_data,
                even_so=_even_so(request),
                by=request.member,
                now=timezone.now(),
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Saved. It holds from now on."))
            return redirect("member", uid)
    return _page(request, found, form, status=422)


@require_POST
@needs(Permission.KEEP_PEOPLE, fresh=True)
def deactivate_member(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Let a colleague go."""
    leave = partial(actions.deactivate_member, even_so=_even_so(request))
    return _do(request, uid, leave, _("They can sign in no more. What they wrote stays."))


@require_POST
@needs(Permission.KEEP_PEOPLE, fresh=True)
def reactivate_member(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Let a colleague back in."""
    return _do(request, uid, actions.reactivate_member, _("They can sign in again."))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_PEOPLE, fresh=True)
def reset_second_factor(request: MemberRequest, uid: UUID) -> HttpResponse:
    """A colleague has lost what they sign in with. They set up another before they open anything."""
    found, form = _found(request, uid), ResetForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.reset_second_factor(
                member=found, reason=form.cleaned_data["reason"], by=request.member, now=timezone.now()
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Reset. They set up another second step when they sign in next."))
            return redirect("member", uid)
    values = {"form": form, "found": found}
    return render(request, "practice/people/reset.html", values, status=422 if form.errors else 200)


@require_POST
@needs(Permission.KEEP_PEOPLE)
def send_letter(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The letter with the link once more, for who has not chosen a password yet."""
    found = _found(request, uid)
    if screens.is_invited(found):
        send_first_password_letter(request, found.user.email)
        messages.success(request, _("The letter is on its way once more."))
    return redirect("member", uid)


def _found(request: MemberRequest, uid: UUID) -> Member:
    rows = Member.objects.visible_to(request.member).select_related("user")
    return get_object_or_404(rows, uid=uid)


def _even_so(request: MemberRequest) -> bool:
    form = EvenSoForm(request.POST)
    return form.is_valid() and form.cleaned_data["even_so"]


def _do(request: MemberRequest, uid: UUID, action: Any, done: str) -> HttpResponse:
    try:
        action(member=_found(request, uid), by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, done)
    return redirect("member", uid)


def _page(request: MemberRequest, found: Member, form: RightsForm, *, status: int = 200) -> HttpResponse:
    rows = Member.objects.visible_to(request.member).filter(pk=found.pk)
    [person] = screens.people_of(rows, request.member)
    alone = list(contributions.left_alone(found, timezone.now())) if found.is_active else []
    values = {
        "person": person,
        "form": form,
        "alone": alone,
        "even_so": EvenSoForm(auto_id="rights_%s"),
        "leave_even_so": EvenSoForm(auto_id="leave_%s"),
    }
    return render(request, "practice/people/member.html", values, status=status)
