"""The practice's wording: read it, change it, look at what changes, publish it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.consents import actions, rules, screens, texts
from clients.consents.choices import About
from clients.consents.forms import RuleForm, TextForm
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused


@require_safe
@needs(Permission.KEEP_AGREEMENTS)
def agreements(request: MemberRequest) -> HttpResponse:
    """The text that is signed today, its versions, and the rule for booking."""
    return render(request, "clients/consents/agreements.html", {"page": screens.text_page()})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_AGREEMENTS)
def edit_agreement(request: MemberRequest) -> HttpResponse:
    """Change the wording. Nobody signs it before it is published."""
    page = screens.text_page()
    text = rules.read(page.draft.body) if page.draft else page.text
    form = TextForm(
        text, request.POST if request.method == "POST" else None, initial={"based_on": page.text.number}
    )
    if form.is_bound and form.is_valid():
        try:
            actions.save_draft(
                text=form.wanted,
                based_on=form.cleaned_data["based_on"],
                by=request.member,
                now=timezone.now(),
            )
        except Refused as no:
            form.refuse(no)
        else:
            return redirect("agreement_changes")
    values = {"page": page, "form": form}
    return render(request, "clients/consents/edit_agreement.html", values, status=422 if form.errors else 200)


@require_safe
@needs(Permission.KEEP_AGREEMENTS)
def agreement_changes(request: MemberRequest) -> HttpResponse:
    """What the draft changes, before it is published."""
    page = screens.draft_page()
    if page is None:
        return redirect("agreements")
    return render(request, "clients/consents/agreement_changes.html", {"page": page})


@require_POST
@needs(Permission.KEEP_AGREEMENTS, fresh=True)
def publish_agreement(request: MemberRequest) -> HttpResponse:
    """From now on this text is signed; whoever signed another is asked again."""
    try:
        text = actions.publish(agreement=About.MOVEMENT, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
        return redirect("agreement_changes")
    messages.success(
        request,
        _("Version %d is the one to sign now. Everybody who signed another is being asked.") % text.number,
    )
    return redirect("agreements")


@require_POST
@needs(Permission.KEEP_AGREEMENTS)
def drop_agreement_draft(request: MemberRequest) -> HttpResponse:
    actions.drop_draft(agreement=About.MOVEMENT, by=request.member, now=timezone.now())
    messages.success(request, _("The draft is gone. What stands stays."))
    return redirect("agreements")


@require_safe
@needs(Permission.KEEP_AGREEMENTS)
def agreement_version(request: MemberRequest, number: int) -> HttpResponse:
    """One version, and what it changed."""
    text, before = texts.version(number), texts.version(number - 1)
    if text is None:
        raise Http404
    values = {"text": text, "compared": screens.compared(before, text) if before else None}
    return render(request, "clients/consents/agreement_version.html", values)


@require_POST
@needs(Permission.KEEP_AGREEMENTS, fresh=True)
def set_agreement_rule(request: MemberRequest) -> HttpResponse:
    """Whether moving sessions are booked only on a standing agreement."""
    form = RuleForm(request.POST)
    form.is_valid()
    actions.set_rule(needed=form.cleaned_data["needs_agreement"], by=request.member, now=timezone.now())
    messages.success(request, _("Saved. It counts for every booking from now on."))
    return redirect("agreements")
