"""Where a person lands after signing in."""

from django.http import HttpResponse
from django.shortcuts import redirect

from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission


@needs(Permission.READ_ME)
def home(request: MemberRequest) -> HttpResponse:
    """Clients to their portal, staff to their day."""
    return redirect("portal_home" if request.member.is_client else "today")
