"""What the client's own pages about questions share: whose they are, and how one leaves them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.record.actions import note_reading
from clients.screening.models import Screening
from practice.people.access import MemberRequest

LEAVE = "leave"


def own_screening(request: MemberRequest, uid: UUID) -> Screening:
    """The member's own screening, or Http404."""
    screening = Screening.objects.visible_to(request.member).own_of(request.member).filter(uid=uid).first()
    if screening is None:
        raise Http404
    note_reading(client=screening.client, part="own", by=request.member, now=timezone.now())
    return screening


def leaves(request: MemberRequest) -> bool:
    return request.POST.get("then") == LEAVE


def says_nothing(request: MemberRequest) -> bool:
    """A form sent without anything typed or chosen: an answer that is not shown stays as it is."""
    typed = [value for key, value in request.POST.items() if key.startswith(("value", "later"))]
    return request.method == "POST" and not any(value.strip() for value in typed if isinstance(value, str))


def leave(request: MemberRequest) -> HttpResponse:
    """Everything is saved. Whoever came by a link is let out; the others go home."""
    if getattr(request, "resumed", False):
        request.session.flush()
        return redirect("resume_saved")
    messages.success(request, _("Saved. Come back whenever you like; nothing is lost."))
    return redirect("portal_home")


def place(uid: UUID, number: int) -> str:
    """The address of a question, of the list for 0."""
    return reverse("my_question", args=[uid, number]) if number else reverse("my_screening", args=[uid])
