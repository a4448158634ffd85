"""Say who stands at the door (`request.member`, or None), and whether their sign-in still stands."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from rest_framework.authentication import get_authorization_header

from practice.people import attempts, clock, factors, freshness, lock, proving
from practice.people.models import Member

NOTED_EVERY_S = 300
GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]

LEFT_OPEN_WHEN_LOCKED = {"account_logout"}
ENROLMENT = {
    "second_step",
    "mfa_add_webauthn",
    "mfa_activate_totp",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_logout",
    "confirm_sign_in",
    "still_here",
}
WAITING = {
    "waiting",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_activate_totp",
    "mfa_view_recovery_codes",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_logout",
    "confirm_sign_in",
    "still_here",
}
TRIES_FROM_ONE_PLACE = {
    "account_login": attempts.SIGN_IN_FROM,
    "mfa_authenticate": attempts.SIGN_IN_FROM,
    "mfa_login_webauthn": attempts.SIGN_IN_FROM,
    "account_reset_password": attempts.LETTER_FROM,
    "account_reset_password_from_key": attempts.LINK_FROM,
    "accept_invitation": attempts.LINK_FROM,
    "resume": attempts.LETTER_FROM,
    "open_resume_link": attempts.LINK_FROM,
}


def member_of(request: HttpRequest) -> Member | None:
    """The active member who is signed in, or None."""
    member: Member | None = getattr(request.user, "member", None)
    return member if member is not None and member.is_active else None


class MemberMiddleware:
    """Sets `request.member`. The user and the member come in one query (see MemberBackend)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.member = member_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


class ClockMiddleware:
    """A sign-in locks when nobody did anything for a while, and ends after a day: see `clock`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.clock = clock.State.OPEN  # type: ignore[attr-defined]
        if request.user.is_authenticated and not speaks_by_token(request):
            self._look(request)
        return self.get_response(request)

    def _look(self, request: HttpRequest) -> None:
        """Nobody is here while it is locked; an ended one is thrown away."""
        member: Member | None = request.member  # type: ignore[attr-defined]
        state = clock.state_of(request.session, member)
        request.clock, request.was = state, member  # type: ignore[attr-defined]
        if state is clock.State.OPEN:
            if not clock.is_background(request):
                clock.note_activity(request.session)
        elif state is clock.State.LOCKED:
            request.member = None  # type: ignore[attr-defined]
        else:
            lock.end(request, member, reason="time_is_up")

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """After the check against forged forms: what is asked for, or how to go on."""
        is_locked = request.clock is clock.State.LOCKED  # type: ignore[attr-defined]
        if is_locked and request.path.startswith("/api/"):
            return lock.locked_answer(request, code="locked")
        if not getattr(view, "login_required", True) or speaks_by_token(request):
            return None
        if is_locked:
            return self._locked(request)
        if not request.user.is_authenticated:
            return self._ended(request)
        if lock.is_from_another(request, request.member):  # type: ignore[attr-defined]
            messages.error(
                request, _("That was written by somebody else who was signed in here. It was not sent.")
            )
            return redirect("home")
        return None

    def _locked(self, request: HttpRequest) -> HttpResponseBase | None:
        if request.resolver_match and request.resolver_match.url_name in LEFT_OPEN_WHEN_LOCKED:
            return None
        if clock.is_background(request):
            return lock.locked_answer(request, code="locked")
        wrong = freshness.try_to_prove(request) if proving.was_tried(request) else ""
        if wrong or not proving.was_proved(request):
            return lock.lock_page(request, wrong=wrong)
        request.clock = clock.State.OPEN  # type: ignore[attr-defined]
        request.member = request.was  # type: ignore[attr-defined]
        return None

    def _ended(self, request: HttpRequest) -> HttpResponseBase | None:
        """The sign-in page asks whoever only wants to read; whoever sent something keeps it."""
        if clock.is_background(request):
            return lock.locked_answer(request, code="signed_out")
        if request.method == "POST":
            return lock.send_again_page(request, was=getattr(request, "was", None))
        return None


class EnrolmentMiddleware:
    """Staff without a second factor reach only what adds one; a client whom nobody has confirmed yet, only the wait."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        member: Member | None = request.member  # type: ignore[attr-defined]
        if member is None or not getattr(view, "login_required", True) or speaks_by_token(request):
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        if not member.is_confirmed:
            return None if name in WAITING else _elsewhere(request, "waiting", "not_confirmed_yet")
        if factors.lacks_second_factor(member, request.user):  # type: ignore[arg-type] # a member has a user
            return None if name in ENROLMENT else _elsewhere(request, "second_step", "second_factor_required")
        return None


class TriesMiddleware:
    """Counts what strangers try, by where they are, and says so calmly when it was too often."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        limit = TRIES_FROM_ONE_PLACE.get(str(name))
        if limit is None or request.method != "POST":
            return None
        try:
            attempts.take(limit, attempts.origin_of(request))
        except attempts.TooManyTries as no:
            return too_many(request, no)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """What a form of allauth's met on its way."""
        if isinstance(error, attempts.TooManyTries):
            return too_many(request, error)
        if isinstance(error, factors.LastFactor):
            messages.error(request, str(error))
            return redirect("mfa_index")
        return None


class LastUsedMiddleware:
    """Notes when a signed-in device was last used, every five minutes at most: reading a page writes nothing else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if (
            key
            and getattr(request, "member", None) is not None
            and cache.add(f"last-used-{key}", value=True, timeout=NOTED_EVERY_S)
        ):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)


def speaks_by_token(request: HttpRequest) -> bool:
    """Whether a program shows a token: the API's own door looks at it, and then at no cookie."""
    words = get_authorization_header(request).split()  # type: ignore[arg-type] # reads only META
    return request.path.startswith("/api/") and bool(words) and words[0].lower() == b"bearer"


def too_many(request: HttpRequest, no: attempts.TooManyTries) -> HttpResponse:
    """429, the same for every address, known or not."""
    page = render_to_string("429.html", {"no": no}, request=request)
    response = HttpResponse(page, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(no.seconds)
    return response


def _elsewhere(request: HttpRequest, url_name: str, code: str) -> HttpResponseBase:
    """Where this person has to go first; programs and polls are told so."""
    if clock.is_background(request):
        problem = {"type": "about:blank", "title": _("Not allowed"), "status": 403, "code": code}
        return JsonResponse(problem, status=403, content_type="application/problem+json")
    return redirect(url_name)
