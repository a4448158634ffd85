"""Decide about walking and running: read, choose, look at the letter, sign."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clients.letters.actions import Written, has_pages, send_letter
from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, check_reach, reaches
from clients.screening import actions, letters, rules, screens
from clients.screening.actions.deciding import REVIEW_AFTER
from clients.screening.decision_forms import DecisionForm, LetterSeenForm, SignForm, limits_in
from clients.screening.models import Clearance, Screening
from clients.screening.standing import standings
from clients.screening.views.posted import posted
from practice import contributions
from practice.people.access import MemberRequest, needs
from practice.people.freshness import carried
from practice.people.roles import Permission
from practice.web.refusals import Refused

NOT_DONE = 422
CHANGE = "change"
OF_THE_PAGE = {"letter", "step"}
"""What belongs to the page that asks for the signature, not to the decision."""


@require_http_methods(["GET", "POST"])
@needs(Permission.READ_SCREENING)
def decide_clearance(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Choose, from the newest answers; what is posted is tried and shown with its letter, and nothing is kept yet.

    Those who may not decide, read.
    """
    client = found_client(request, uid)
    may_decide = _may_decide(request, client)
    page = screens.decision_page(client, timezone.now())
    lines = letters.lines_to_offer()
    form = DecisionForm(posted(request), initial=first_values(page), lines=lines)
    if request.method == "POST" and request.POST.get("step") != CHANGE and form.is_valid():
        try:
            return _preview(request, client, form, _tried(request, client, form))
        except Refused as no:
            form.refuse(no)
    return _page(request, page, form, may_decide=may_decide)


@require_POST
@needs(Permission.DECIDE_CLEARANCE, fresh=True)
def sign_clearance(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Keep the decision and send the letter, both or neither."""
    client = found_client(request, uid)
    check_reach(request.member, client.pk, Reach.KEEP)
    form = DecisionForm(request.POST, lines=letters.lines_to_offer())
    signed = SignForm(request.POST)
    if form.is_valid() and signed.is_valid():
        try:
            _sign(request, client, form, signed.cleaned_data["letter"])
        except Refused as no:
            if no.field == "letter":
                signed.refuse(no)
                return _again(request, client, form, signed)
            form.refuse(no)
        else:
            messages.success(request, _("Decided. It holds from today."))
            return redirect("decide_clearance", uid)
    page = screens.decision_page(client, timezone.now())
    return _page(request, page, form, may_decide=True)


@require_POST
@needs(Permission.DECIDE_CLEARANCE)
def letter_seen(request: MemberRequest, uid: UUID) -> HttpResponse:
    """A doctor's letter has come."""
    rows = Clearance.objects.visible_to(request.member).select_related("client")
    clearance = get_object_or_404(rows, uid=uid)
    check_reach(request.member, clearance.client_id, Reach.KEEP)
    form = LetterSeenForm(request.POST)
    try:
        words = form.cleaned_data["words"] if form.is_valid() else ""
        actions.see_letter(clearance=clearance, words=words, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Kept. The decision holds on."))
    return redirect("decide_clearance", clearance.client.uid)


def found_client(request: MemberRequest, uid: UUID) -> Client:
    """A client in the member's care, whose answers are being read."""
    rows = Client.objects.visible_to(request.member).in_care_of(request.member)
    client = get_object_or_404(rows, uid=uid)
    note_reading(client=client, part="questions", by=request.member, now=timezone.now())
    return client


def first_values(page: screens.DecisionPage) -> dict[str, Any]:
    """The form as it opens: 90 days, what was confirmed before, a letter on their own pages."""
    return {
        "review_on": timezone.localdate() + REVIEW_AFTER,
        "exclusions": list(page.exclusions),
        "seen": page.seen,
        "send_letter": True,
        "way": "portal" if has_pages(page.client) else "paper",
        "fit": "now",
        "formats": ["office", "video", "phone"],
    }


def _page(
    request: MemberRequest, page: screens.DecisionPage, form: DecisionForm, *, may_decide: bool
) -> HttpResponse:
    now = timezone.now()
    values = {
        "client": page.client,
        "page": page,
        "unsettled": list(contributions.unsettled(page.client, request.member, now)) if may_decide else [],
        "deciding": page,
        "form": form,
        "seen_form": LetterSeenForm(),
        "may_decide": may_decide,
        "current_nav": "clients",
    }
    status = NOT_DONE if form.is_bound and form.errors else 200
    return render(request, "clients/screening/decide.html", values, status=status)


def _may_decide(request: MemberRequest, client: Client) -> bool:
    """Whether the page offers its form; raises PermissionDenied for a change by one who only reads."""
    may = request.member.may(Permission.DECIDE_CLEARANCE) and reaches(request.member, client.pk, Reach.KEEP)
    if request.method == "POST" and not may:
        raise PermissionDenied
    return may


def _tried(request: MemberRequest, client: Client, form: DecisionForm) -> Written:
    """Decide, write the letter, and undo it all: the same rules say the same no as when it is signed."""
    with transaction.atomic():
        try:
            decided = _decide(request, client, form)
            return _letter(request, client, form, decided)
        finally:
            transaction.set_rollback(True)


def _preview(request: MemberRequest, client: Client, form: DecisionForm, letter: Written) -> HttpResponse:
    return _signing_page(request, client, form, SignForm(initial={"letter": letter.text}))


def _again(request: MemberRequest, client: Client, form: DecisionForm, signed: SignForm) -> HttpResponse:
    return _signing_page(request, client, form, signed, status=NOT_DONE)


def _signing_page(
    request: MemberRequest, client: Client, form: DecisionForm, signed: SignForm, *, status: int = 200
) -> HttpResponse:
    values = {
        "client": client,
        "form": form,
        "typed": [(name, value) for name, value in carried(request) if name not in OF_THE_PAGE],
        "signed": signed,
        "lines": screens.decided_lines(form.cleaned_data),
        "confirmed": [rules.EXCLUSIONS[name] for name in form.cleaned_data["exclusions"]],
        "ruleset": rules.VERSION,
        "current_nav": "clients",
    }
    return render(request, "clients/screening/sign.html", values, status=status)


@transaction.atomic
def _sign(request: MemberRequest, client: Client, form: DecisionForm, text: str) -> None:
    decided = _decide(request, client, form)
    letter = _letter(request, client, form, decided)
    if form.cleaned_data["send_letter"]:
        written = Written(kind=letter.kind, text=text, way=letter.way)
        send_letter(clearance=letters.gravest(decided), letter=written, by=request.member, now=timezone.now())


def _letter(request: MemberRequest, client: Client, form: DecisionForm, decided: list[Clearance]) -> Written:
    """The draft for what was just decided; an empty one where none is sent."""
    if not form.cleaned_data["send_letter"]:
        return Written(kind="open", text="")
    stand = {one.mode: one.code for one in standings(client, timezone.localdate())}
    return letters.draft_of(form, client, decided, request.member, stand)


def _decide(request: MemberRequest, client: Client, form: DecisionForm) -> list[Clearance]:
    """Hand the form's words to the action; the modes left as they are are not among them."""
    said = form.cleaned_data
    rows = Screening.objects.visible_to(request.member).filter(client=client)
    return actions.decide_moving(
        client=client,
        decisions=[
            actions.ModeDecision(
                mode=mode,
                decision=said[f"{mode}_decision"],
                conditions=said[f"{mode}_conditions"],
                limits=limits_in(said, f"{mode}_"),
            )
            for mode in rules.MOVING_MODES
            if said[f"{mode}_decision"]
        ],
        rationale=said["rationale"],
        review_on=said["review_on"],
        screening=get_object_or_404(rows, uid=said["screening"]) if said["screening"] else None,
        talk=actions.Talk(held=said["talked"], confirmed=said["exclusions"]),
        walk_only=said["walk_only"],
        seen=said["seen"],
        by=request.member,
        now=timezone.now(),
    )
