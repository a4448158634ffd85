"""Where a person lands after signing in."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from practice.people import freshness, proving
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission


@needs(Permission.READ_ME)
def home(request: MemberRequest) -> HttpResponse:
    """Clients to their portal, staff to their day."""
    return redirect("portal_home" if request.member.is_client else "today")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ_ME)
def confirm_sign_in(request: MemberRequest) -> HttpResponse:
    """Say who you are once more, then go on to where you were going (`next`)."""
    onward = freshness.next_of(request)
    if request.method != "POST":
        return freshness.confirm_page(request, next=onward, action="")
    if proving.prove(request, request.member.user):
        return redirect(onward)
    return freshness.confirm_page(request, next=onward, action="", carried=[], wrong=True)
