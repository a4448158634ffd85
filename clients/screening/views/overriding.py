"""A second clinician beside the first: ask, look, sign or decline; and the owner's page that allows it at all."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.letters.actions import Written, has_pages, send_letter
from clients.record.reach import Reach, check_reach, reaches
from clients.screening import actions, letters, screens
from clients.screening.decision_forms import AnswerWishForm, OverrideForm, PolicyForm, limits_in
from clients.screening.models import OverrideWish
from clients.screening.models.decisions import MOST_DAYS_OVERRIDDEN
from clients.screening.views.deciding import found_client
from clients.screening.views.posted import posted
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused

NOT_DONE = 422


@require_http_methods(["GET", "POST"])
@needs(Permission.DECIDE_CLEARANCE)
def ask_override(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The first clinician says what a second one is to sign."""
    client = found_client(request, uid)
    check_reach(request.member, client.pk, Reach.KEEP)
    last_day = timezone.localdate() + timedelta(days=MOST_DAYS_OVERRIDDEN)
    form = OverrideForm(posted(request), initial={"review_on": last_day})
    if form.is_valid():
        said = form.cleaned_data
        try:
            wish = actions.ask_override(
                client=client,
                terms=actions.OverrideTerms(
                    mode=said["mode"],
                    rationale=said["rationale"],
                    conditions=said["conditions"],
                    limits=limits_in(said, ""),
                    review_on=said["review_on"],
                ),
                talk=actions.Talk(held=said["talked"]),
                by=request.member,
                now=timezone.now(),
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Asked. Nothing is open before a second clinician has signed."))
            return redirect("override", wish.uid)
    page = screens.decision_page(client, timezone.now())
    values = {"client": client, "form": form, "page": page, "current_nav": "clients"}
    return render(
        request, "clients/screening/ask_override.html", values, status=NOT_DONE if form.errors else 200
    )


@require_safe
@needs(Permission.READ_SCREENING)
def override(request: MemberRequest, uid: UUID) -> HttpResponse:
    """What is asked for, beside everything that the answers say."""
    wish = _wish(request, uid)
    letter = {
        "send_letter": True,
        "way": "portal" if has_pages(wish.client) else "paper",
        "letter": letters.draft_of_override(wish, request.member).text,
    }
    return _page(request, wish, AnswerWishForm(initial=letter))


@require_POST
@needs(Permission.DECIDE_CLEARANCE, fresh=True)
def answer_override(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Sign, decline, or take back: what the button says."""
    wish = _wish(request, uid)
    check_reach(request.member, wish.client_id, Reach.KEEP)
    form = AnswerWishForm(request.POST)
    if form.is_valid():
        try:
            said = _answer(request, wish, form.cleaned_data)
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, said)
            return redirect("decide_clearance", wish.client.uid)
    return _page(request, wish, form)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_PEOPLE, fresh=True)
def override_policy(request: MemberRequest) -> HttpResponse:
    """Owners say whether it is done in this practice at all. Off from the start."""
    is_allowed = screens.overrides_are_allowed()
    form = PolicyForm(posted(request), initial={"allowed": is_allowed})
    if form.is_valid():
        actions.allow_overrides(allowed=form.cleaned_data["allowed"], by=request.member, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("override_policy")
    values = {"form": form, "is_allowed": is_allowed, "current_nav": "practice"}
    return render(request, "clients/screening/override_policy.html", values)


@transaction.atomic
def _answer(request: MemberRequest, wish: OverrideWish, typed: dict[str, Any]) -> str:
    """What was done, in words. The signature and its letter go together, or neither."""
    by, now, step, reason = request.member, timezone.now(), request.POST.get("step", ""), typed["reason"]
    if step == "sign":
        signed = actions.sign_override(wish=wish, reason=reason, by=by, now=now)
        if typed["send_letter"]:
            letter = Written(kind="open", text=typed["letter"], way=typed["way"] or "portal")
            send_letter(clearance=signed, letter=letter, by=by, now=now)
        return _("Signed. It is open with these conditions until that day.")
    if step == "take_back":
        actions.take_back_override(wish=wish, by=by, now=now)
        return _("Taken back.")
    actions.decline_override(wish=wish, reason=reason, by=by, now=now)
    return _("Declined. Nothing has changed for the client.")


def _wish(request: MemberRequest, uid: UUID) -> OverrideWish:
    rows = OverrideWish.objects.visible_to(request.member)
    wish = get_object_or_404(rows.select_related("client", "asked_by", "answered_by"), uid=uid)
    actions.note_opened(thing=wish, client=wish.client, by=request.member, now=timezone.now())
    return wish


def _page(request: MemberRequest, wish: OverrideWish, form: AnswerWishForm) -> HttpResponse:
    keeps = reaches(request.member, wish.client_id, Reach.KEEP)
    values = {
        "client": wish.client,
        "wish": wish,
        "page": screens.decision_page(wish.client, timezone.now()),
        "form": form,
        "is_mine": wish.asked_by_id == request.member.pk,
        "may_answer": keeps and request.member.may(Permission.DECIDE_CLEARANCE) and not wish.answer,
        "current_nav": "clients",
    }
    return render(request, "clients/screening/override.html", values, status=NOT_DONE if form.errors else 200)
