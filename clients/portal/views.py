"""The client's own pages: home, history, plan."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from clients.portal import screens
from clients.runs import heading_out
from clients.runs.models import RunLog
from clients.runs.screens import history
from clients.runs.views.kit import named_run, own_client
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission


@needs(Permission.USE_PORTAL)
def portal_home(request: MemberRequest) -> HttpResponse:
    client, now = own_client(request.member), timezone.now()
    page = screens.home(client, request.member, now, heading_out.remembered(request.session, now))
    return render(request, "clients/portal/home.html", {"page": page})


@needs(Permission.USE_PORTAL)
def portal_history(request: MemberRequest) -> HttpResponse:
    """A month at a time. The address says which, and after which entry."""
    client, now = own_client(request.member), timezone.now()
    rows = RunLog.objects.visible_to(request.member)
    page = history(
        client,
        request.member,
        now,
        screens.month_asked(request.GET.get("month", ""), now),
        named_run(rows, request.GET.get("after")),
    )
    return render(request, "clients/portal/history.html", {"page": page})


@needs(Permission.USE_PORTAL)
def portal_plan(request: MemberRequest) -> HttpResponse:
    client = own_client(request.member)
    return render(request, "clients/portal/plan.html", {"page": screens.plan(client, timezone.now())})
