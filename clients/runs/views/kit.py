"""What the pages of the log share: who it is about, one way to try a form, one way to show it again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clients.record.actions import note_reading
from clients.record.models import Client
from clients.runs.forms import RunForm
from clients.runs.models import RunLog
from clients.runs.querysets import RunLogQuerySet
from practice.people.access import MemberRequest
from practice.people.models import Member
from practice.web.refusals import Refused

UNPROCESSABLE = 422
form_methods = require_http_methods(["GET", "HEAD", "POST"])


def own_client(member: Member) -> Client:
    """The client who is signed in; 404 for a sign-in without a record."""
    client = get_object_or_404(Client.objects.visible_to(member).select_related("member"))
    note_reading(client=client, part="own", by=member, now=timezone.now())
    return client


def tried(form: RunForm, act: Callable[[], Any]) -> bool:
    """Do it if the form has its shape; a refusal lands at its field, and everything typed stays."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as no:
        form.refuse(no)
        return False
    return True


def form_page(request: MemberRequest, template: str, form: Any, **values: Any) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, template, {"form": form, **values}, status=status)


def named_run(rows: RunLogQuerySet, uid: str | None) -> RunLog | None:
    """The row that a page's address names, among those that may be seen; None when it names none."""
    try:
        return rows.filter(uid=UUID(uid)).first() if uid else None
    except ValueError:
        return None
