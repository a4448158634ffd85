"""Two pages about who has seen a record. Looking at them is told in the trail like everything else."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clients.record.actions import note_reading
from clients.record.models import Client
from clients.runs.views.kit import own_client
from clients.seen.screens import seen_by
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission


@require_safe
@needs(Permission.READ_RECORD)
def client_seen_by(request: MemberRequest, uid: UUID) -> HttpResponse:
    """For the care team."""
    rows = Client.objects.visible_to(request.member).in_care_of(request.member)
    client = get_object_or_404(rows, uid=uid)
    note_reading(client=client, part="seen-by", by=request.member, now=timezone.now())
    page = seen_by(client, request.GET.get("after", ""), to_client=False)
    return render(request, "clients/seen/client_seen_by.html", {"client": client, "page": page})


@require_safe
@needs(Permission.USE_PORTAL)
def my_seen_by(request: MemberRequest) -> HttpResponse:
    """For the client: who opened my record, and when."""
    page = seen_by(own_client(request.member), request.GET.get("after", ""), to_client=True)
    return render(request, "clients/seen/my_seen_by.html", {"page": page})
