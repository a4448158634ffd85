"""The clinician's page: what becomes of a client's sessions on hold."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, check_reach
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused
from sessions.booking.models import TherapySession
from sessions.onhold import actions
from sessions.onhold.forms import ChoiceForm
from sessions.onhold.letters import tell_client
from sessions.onhold.screens import held_page


@require_safe
@needs(Permission.CLOSE_SESSION)
def held_sessions(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Every session on hold of one client, with what can be chosen for each or for all."""
    return _page(request, _client(request, uid))


@require_POST
@needs(Permission.CLOSE_SESSION)
def choose_held(request: MemberRequest, uid: UUID) -> HttpResponse:
    """One choice, for one session or for all that are on hold. The client is told once."""
    client, form, now = _client(request, uid), ChoiceForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(request, client, form, status=422)
    one = form.cleaned_data["session"]
    try:
        changed = actions.choose(
            client=client,
            choice=form.cleaned_data["choice"],
            place=form.cleaned_data["place"] or actions.PLACE.OFFICE,
            sessions=[one] if one else None,
            by=request.member,
            now=now,
        )
    except Refused as no:
        messages.error(request, str(no))
        return redirect("held_sessions", uid)
    kept = ngettext("Kept for %d session.", "Kept for %d sessions.", len(changed)) % len(changed)
    _say(request, client, changed, kept)
    return redirect("held_sessions", uid)


@require_POST
@needs(Permission.CLOSE_SESSION)
def undo_choice(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Take the last choice about a session back: it is on hold again. The client is told."""
    rows = TherapySession.objects.visible_to(request.member).select_related("client")
    session = get_object_or_404(rows, uid=uid)
    check_reach(request.member, session.client_id, Reach.KEEP)
    note_reading(client=session.client, part="session", by=request.member, now=timezone.now())
    try:
        actions.undo(session=session, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
        return redirect("session", uid)
    _say(request, session.client, [session], _("Taken back: it is on hold again."))
    return redirect("held_sessions", session.client.uid)


def _say(request: MemberRequest, client: Client, changed: Sequence[TherapySession], done: str) -> None:
    """To the client by one letter, to the clinician what was done and whether a letter has gone out."""
    if not changed:
        messages.info(request, _("That was chosen already. Nobody is told twice."))
        return
    url = request.build_absolute_uri(reverse("portal_home"))
    is_told = tell_client(client=client, changed=changed, url=url, by=request.member, now=timezone.now())
    told = _("The client gets one letter, without a word about why.")
    call = _("There is no e-mail address, so please call the client.")
    messages.success(request, f"{done} {told if is_told else call}")


def _client(request: MemberRequest, uid: UUID) -> Client:
    """A client whom the member treats: 403 for who only reads the record."""
    rows = Client.objects.visible_to(request.member).in_care_of(request.member)
    client = get_object_or_404(rows.select_related("member__user"), uid=uid)
    check_reach(request.member, client.pk, Reach.KEEP)
    note_reading(client=client, part="sessions", by=request.member, now=timezone.now())
    return client


def _page(
    request: MemberRequest, client: Client, bound: ChoiceForm | None = None, *, status: int = 200
) -> HttpResponse:
    page = held_page(client, timezone.now())
    forms = [
        (line, ChoiceForm(initial={"session": line.uid}, auto_id=f"{line.uid}_%s")) for line in page.lines
    ]
    context = {
        "client": client,
        "page": page,
        "forms": forms,
        "for_all": bound or ChoiceForm(auto_id="all_%s"),
        "bound": bound,
        "current_nav": "clients",
    }
    return render(request, "sessions/onhold/held_sessions.html", context, status=status)
