"""The first screen of a day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from practice.audit import listed
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from sessions.today.screens import today_page


@require_safe
@needs(Permission.SEE_TODAY)
def today(request: MemberRequest) -> HttpResponse:
    """What needs this member now, the day, what waits, what is new."""
    now = timezone.now()
    screen = today_page(request.member, now)
    listed("today", count=screen.count, by=request.member, at=now)
    context = {"screen": screen, "nav_counts": {"today": len(screen.alerts)}}
    return render(request, "sessions/today/today.html", context)
