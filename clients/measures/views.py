"""A client's measures over time."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from clients.measures.forms import PERIODS, PeriodForm
from clients.measures.screens import measure_figures
from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, reaches
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission


@needs(Permission.READ_SCREENING)
def client_measures(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Each measure as a chart, its numbers, and its answers question by question. Reading it is told in the trail."""
    client = get_object_or_404(Client.objects.visible_to(request.member).in_care_of(request.member), uid=uid)
    now, form = timezone.now(), PeriodForm(request.GET)
    note_reading(client=client, part="measures", by=request.member, now=now)
    today = timezone.localdate(now)
    figures = measure_figures(client, form.since(today), today)
    context = {"client": client, "figures": figures, "periods": PERIODS, "chosen": form.chosen}
    keeps = reaches(request.member, client.pk, Reach.KEEP)
    context["may_ask"] = keeps and request.member.may(Permission.ASK_SCREENING)
    return render(request, "clients/measures/client_measures.html", context)
