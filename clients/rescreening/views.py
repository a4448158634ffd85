"""What has changed for a client: the care team's page, and the client's own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, check_reach
from clients.rescreening import actions, rules
from clients.rescreening.forms import MyTellForm, TellForm
from clients.rescreening.screens import changes_page, my_changes_page
from clients.runs.views.kit import own_client
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused

UNPROCESSABLE = 422
WE_TALK_FIRST = gettext_lazy("Thank you for saying so. We talk about it before we move together again.")
WE_TALK = gettext_lazy("Thank you for saying so. We talk about it; until then everything stays as we agreed.")


@require_safe
@needs(Permission.READ_SCREENING)
def client_changes(request: MemberRequest, uid: UUID) -> HttpResponse:
    """What called for a new look, what waits for a decision, and a form for what somebody has just heard."""
    return _page(request, _client(request, uid), TellForm())


@require_POST
@needs(Permission.CHANGE_RECORD)
def tell_change(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Note a change. Moving waits from now on, but for a wish to run; the named clinician decides."""
    client = _client(request, uid)
    check_reach(request.member, client.pk, Reach.KEEP)
    form = TellForm(request.POST)
    if not (form.is_valid() and _told(request, client, form)):
        return _page(request, client, form, status=UNPROCESSABLE)
    messages.success(request, _("Kept. It stays on Today until somebody has decided."))
    return redirect("client_changes", uid)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.USE_PORTAL)
def my_changes(request: MemberRequest) -> HttpResponse:
    """A client says that something has changed, and reads what waits to be talked about."""
    client = own_client(request.member)
    form = MyTellForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _told(request, client, form):
        waits = form.cleaned_data["kind"] in rules.HOLDS
        messages.success(request, WE_TALK_FIRST if waits else WE_TALK)
        return redirect("my_changes")
    page = my_changes_page(client, request.member, timezone.localdate())
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "clients/rescreening/my_changes.html", {"page": page, "form": form}, status=status)


def _told(request: MemberRequest, client: Client, form: TellForm | MyTellForm) -> bool:
    """Keep it; a refusal lands at its field."""
    try:
        actions.tell_change(client=client, **form.cleaned_data, by=request.member, now=timezone.now())
    except Refused as no:
        form.refuse(no)
        return False
    return True


def _client(request: MemberRequest, uid: UUID) -> Client:
    """A client whose record the member reads. Reading it is told in the trail."""
    rows = Client.objects.visible_to(request.member).in_care_of(request.member)
    client = get_object_or_404(rows, uid=uid)
    note_reading(client=client, part="changes", by=request.member, now=timezone.now())
    return client


def _page(request: MemberRequest, client: Client, form: TellForm, *, status: int = 200) -> HttpResponse:
    page = changes_page(client, request.member, timezone.localdate())
    context = {"client": client, "page": page, "form": form, "current_nav": "clients"}
    return render(request, "clients/rescreening/client_changes.html", context, status=status)
