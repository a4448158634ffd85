"""What is shown when a sign-in has locked or ended. What was typed stays, with the browser, never with us."""

from django.contrib.auth.models import AnonymousUser
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from practice.audit import record
from practice.people import freshness
from practice.people.models import Member

SENT_AS = "sent_as"
_signer = Signer(salt="towpath.sent_as")


def lock_page(request: HttpRequest, *, wrong: str = "") -> HttpResponse:
    """Ask the person who is signed in, and nobody else, to say that it is them; then on to where they were going."""
    return freshness.confirm_page(request, wrong=wrong, locked=True)


def locked_answer(request: HttpRequest, *, code: str) -> JsonResponse:
    """For what the page asks by itself: 401 with the reason, so that the page keeps what it has."""
    said = (
        _("Locked, because nothing happened for a while. Confirm that it is you, then it is saved.")
        if code == "locked"
        else _("Not signed in any more. Sign in again in another tab, then it is saved.")
    )
    problem = {"type": "about:blank", "title": _("Please sign in"), "status": 401, "code": code}
    return JsonResponse(
        problem | {"detail": said, "message": said}, status=401, content_type="application/problem+json"
    )


def send_again_page(request: HttpRequest, *, was: Member | None) -> HttpResponse:
    """The sign-in has ended while something was typed: the page holds it until the same person is signed in again."""
    context = {
        "action": request.get_full_path(),
        "carried": freshness.carried(request),
        "lost_files": bool(request.FILES),
        "sent_as": _signer.sign(str(was.uid)) if was is not None else request.POST.get(SENT_AS, ""),
    }
    return render(request, "practice/people/send_again.html", context, status=403)


def is_from_another(request: HttpRequest, member: Member | None) -> bool:
    """Whether this was typed by somebody else who was signed in here before. Takes the mark out of what was posted."""
    mark = request.POST.get(SENT_AS)
    if mark is None:
        return False
    kept = request.POST.copy()
    del kept[SENT_AS]
    request.POST = kept  # type: ignore[assignment] # Django lets it be set
    if not mark:
        return False
    try:
        return member is None or _signer.unsign(mark) != str(member.uid)
    except BadSignature:
        return True


def end(request: HttpRequest, member: Member | None, *, reason: str) -> None:
    """Sign out for good, and say so in the trail."""
    if member is not None:
        record("session_ended", on=member, by=member, at=timezone.now(), reason=reason)
    request.session.flush()
    request.user = AnonymousUser()
    request.member = None  # type: ignore[attr-defined]
