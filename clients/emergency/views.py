"""The pages of an emergency access: open, end, look at it afterwards."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.emergency import actions, screens
from clients.emergency.forms import BreakGlassForm, ReviewForm
from clients.emergency.letters import tell_owners
from clients.record.models import BreakGlass, Client
from practice.audit import listed
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BREAK_GLASS, fresh=True)
def break_glass(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Say why, and read the record for an hour. Whoever sees it anyway is led there."""
    client = screens.record_behind_glass(request.member, uid=uid)
    if client is None:
        return _to_the_record(request, uid)
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.break_glass(
                client=client, **form.cleaned_data, by=request.member, now=timezone.now()
            )
        except Refused as no:
            form.refuse(no)
        else:
            _tell_owners_once_it_is_kept(request, opened)
            return redirect("client", uid)
    values = {"form": form, "reference": client.reference, "current_nav": "clients"}
    status = 422 if form.errors else 200
    return render(request, "clients/emergency/break_glass.html", values, status=status)


@require_POST
@needs(Permission.BREAK_GLASS)
def end_break_glass(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Close it before the hour is over."""
    emergency = get_object_or_404(BreakGlass.objects.visible_to(request.member), uid=uid)
    try:
        actions.close(emergency=emergency, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Closed. An owner looks at it before your next one."))
    return redirect("today")


@require_safe
@needs(Permission.KEEP_PEOPLE)
def break_glass_reviews(request: MemberRequest) -> HttpResponse:
    """For owners: what was opened, by whom and why."""
    return _reviews(request)


@require_POST
@needs(Permission.KEEP_PEOPLE)
def review_break_glass(request: MemberRequest, uid: UUID) -> HttpResponse:
    """A word about one of them."""
    emergency = get_object_or_404(BreakGlass.objects.visible_to(request.member), uid=uid)
    form = ReviewForm(request.POST, auto_id=f"{uid}_%s")
    if form.is_valid():
        try:
            actions.review(
                emergency=emergency, words=form.cleaned_data["review"], by=request.member, now=timezone.now()
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Kept. They may use it again."))
            return redirect("break_glass_reviews")
    return _reviews(request, form, uid, status=422)


def _tell_owners_once_it_is_kept(request: MemberRequest, opened: BreakGlass) -> None:
    """A letter that does not go out is told in the log and stops nothing: Today tells the owners as well."""
    url = request.build_absolute_uri(reverse("break_glass_reviews"))

    def tell() -> None:
        tell_owners(opened, url)

    transaction.on_commit(tell, robust=True)


def _to_the_record(request: MemberRequest, uid: UUID) -> HttpResponse:
    if not Client.objects.visible_to(request.member).filter(uid=uid).exists():
        raise Http404
    return redirect("client", uid)


def _reviews(
    request: MemberRequest, form: ReviewForm | None = None, uid: UUID | None = None, *, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    page = screens.review_page(request.member, now)
    shown = len(page.waiting) + len(page.looked_at)
    listed("emergencies", count=shown, by=request.member, at=now)
    waiting = [
        (row, form if form is not None and row.uid == uid else ReviewForm(auto_id=f"{row.uid}_%s"))
        for row in page.waiting
    ]
    values = {"waiting": waiting, "looked_at": page.looked_at, "bound": form, "current_nav": "people"}
    return render(request, "clients/emergency/reviews.html", values, status=status)
