"""Where a person lands after signing in."""

import time

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practice.people import clock, factors, freshness, proving, sign_ins
from practice.people.access import MemberRequest, needs, of_the_sign_in
from practice.people.models import Member
from practice.people.roles import Permission


@needs(Permission.READ_ME)
def home(request: MemberRequest) -> HttpResponse:
    """Clients to their portal, staff to their day."""
    return redirect("portal_home" if request.member.is_client else "today")


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_sign_in
def confirm_sign_in(request: HttpRequest) -> HttpResponse:
    """Say who you are once more, then go on to where you were going (`next`)."""
    onward = freshness.next_of(request)
    if request.method != "POST":
        return freshness.confirm_page(request, next=onward, action="")
    wrong = "" if proving.was_proved(request) else freshness.try_to_prove(request)
    if wrong:
        return freshness.confirm_page(request, next=onward, action="", carried=[], wrong=wrong)
    return redirect(onward)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_sign_in
def still_here(request: HttpRequest) -> JsonResponse:
    """How many seconds are left; a POST is a person's click on "I am still here", and begins them anew."""
    if request.method == "POST":
        request.session[sign_ins.SEEN_AT] = int(time.time())
    member: Member | None = request.member  # type: ignore[attr-defined]
    return JsonResponse({"seconds_left": clock.seconds_left(request.session, member)})


@require_safe
@of_the_sign_in
def second_step(request: HttpRequest) -> HttpResponse:
    """Where staff without a second factor add one: a passkey first, an app for those who have none."""
    member: Member | None = request.member  # type: ignore[attr-defined]
    if member is None or not factors.lacks_second_factor(member, member.user):
        return redirect("mfa_index")
    return render(request, "practice/people/second_step.html")


@require_safe
@of_the_sign_in
def waiting(request: HttpRequest) -> HttpResponse:
    """A client has taken up an invitation; their clinician confirms it before anything can be read."""
    member: Member | None = request.member  # type: ignore[attr-defined]
    if member is None or member.is_confirmed:
        return redirect("home")
    return render(request, "practice/people/waiting.html")


@require_safe
@needs(Permission.READ_ME)
def own_email(request: MemberRequest) -> HttpResponse:
    """The address one signs in with, to read only: allauth's page in this place would let it be changed."""
    return render(request, "account/email.html")


@require_POST
@of_the_sign_in
def end_device(request: HttpRequest) -> HttpResponse:
    """Sign one other device of one's own out."""
    wanted = request.POST.get("device", "")
    if not (wanted.isascii() and wanted.isdigit() and sign_ins.end_device(request.user, int(wanted[:18]))):
        raise Http404
    return redirect("usersessions_list")
