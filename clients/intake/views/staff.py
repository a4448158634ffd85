"""What a client told about themself, for those who may read it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clients.intake.screens import told_by
from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, reaches
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission


@require_safe
@needs(Permission.READ_CONTACTS)
def client_told(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The care team reads all of it; the desk, how to reach the client. Opening it leaves a line in the trail."""
    found = get_object_or_404(Client.objects.visible_to(request.member), uid=uid)
    note_reading(client=found, part="told", by=request.member, now=timezone.now())
    page = {
        "client": found,
        "sections": told_by(found, request.member),
        "is_clinical": reaches(request.member, found.pk, Reach.READ),
        "current_nav": "clients",
    }
    return render(request, "clients/intake/told.html", page)
