"""Say who stands at the door: `request.member`, or None."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase

from practice.people.models import Member

NOTED_EVERY_S = 300


def member_of(request: HttpRequest) -> Member | None:
    """The active member who is signed in, or None."""
    member: Member | None = getattr(request.user, "member", None)
    return member if member is not None and member.is_active else None


class MemberMiddleware:
    """Sets `request.member`. The user and the member come in one query (see MemberBackend)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.member = member_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


class LastUsedMiddleware:
    """Notes when a signed-in device was last used, every five minutes at most: reading a page writes nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if (
            key
            and request.user.is_authenticated
            and cache.add(f"last-used-{key}", value=True, timeout=NOTED_EVERY_S)
        ):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)
