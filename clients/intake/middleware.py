"""Whoever came back by a link and knows the date of birth is there for their questions, and nowhere else."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from clients.intake import rules
from practice.people.models import Member

GRANT = "resumed"
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ResumedMiddleware:
    """Sets `request.member` on the pages of one set of questions while the grant of a link lasts.

    It lasts while they go on answering, four hours at most, and ends with a new password or a sign-in taken away.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.resumed = False  # type: ignore[attr-defined]
        if not request.user.is_authenticated and GRANT in request.session:
            self._let_in(request, timezone.now())
        return self.get_response(request)

    def _let_in(self, request: HttpRequest, now: datetime) -> None:
        grant = request.session[GRANT]
        member = _member_of(grant, now)
        if member is None:
            request.session.flush()
        elif request.path.startswith(reverse("my_screening", args=[grant["screening"]])):
            request.session[GRANT] = grant | {"seen": now.isoformat()}
            request.user, request.member, request.resumed = member.user, member, True  # type: ignore[attr-defined]


def let_in(request: HttpRequest, *, member: Member, screening: UUID, now: datetime) -> None:
    """Begin: a new session that holds nothing but the grant."""
    request.session.flush()
    request.session[GRANT] = {
        "member": member.pk,
        "screening": str(screening),
        "version": member.user.sign_in_version,
        "since": now.isoformat(),
        "seen": now.isoformat(),
    }


def said_by_link(request: HttpRequest) -> frozenset[str] | None:
    """The names of the questions that were answered since the link was opened; None for who signed in and reads all.

    Whoever has somebody's mailbox and birthday may go on with their questions, and reads nothing that was said before.
    """
    if not getattr(request, "resumed", False):
        return None
    return frozenset(request.session[GRANT].get("said", []))


def note_said(request: HttpRequest, name: str) -> None:
    """An answer was given: its name joins what this link may show. What was said is not kept here."""
    said = said_by_link(request)
    if said is not None:
        request.session[GRANT] = request.session[GRANT] | {"said": sorted(said | {name})}


def _member_of(grant: dict[str, Any], now: datetime) -> Member | None:
    """Whose grant it is, None when it is over."""
    seen, since = (datetime.fromisoformat(grant[key]) for key in ("seen", "since"))
    if now >= seen + rules.IDLE or now >= since + rules.LONGEST:
        return None
    rows = Member.objects.select_related("user").filter(pk=grant["member"], is_active=True, is_confirmed=True)
    return rows.filter(user__is_active=True, user__sign_in_version=grant["version"]).first()
