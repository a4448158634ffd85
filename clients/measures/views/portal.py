"""What a client sees of their check-ins."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clients.measures.screens import own_page
from clients.record.actions import note_reading
from clients.runs.views.kit import own_client
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission


@require_safe
@needs(Permission.ANSWER_SCREENING)
def my_check_ins(request: MemberRequest) -> HttpResponse:
    """What waits and what was handed in, in the client's own words. No score."""
    client, now = own_client(request.member), timezone.now()
    note_reading(client=client, part="own", by=request.member, now=now)
    return render(request, "clients/measures/my_check_ins.html", {"page": own_page(client, now)})
