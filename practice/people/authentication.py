"""How a program or a browser says who it is to the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.request import Request

from practice.database.compiled import CompiledOnce
from practice.people.factors import has_factor
from practice.people.models import ApiToken, User
from practice.people.tokens import digest_of


def _stand_at_the_door(request: Request, user: User) -> None:
    member = getattr(user, "member", None)
    request._request.member = member if member is not None and member.is_active else None  # type: ignore[attr-defined]


def _tokens(digest: str) -> QuerySet[ApiToken]:
    """The one with this digest, its member and user, and whether they have a second factor."""
    tokens = ApiToken.objects.select_related("member__user")
    return tokens.annotate(has_second_factor=has_factor("member__user")).filter(digest=digest)


_TOKEN = CompiledOnce(_tokens, mark="0" * 64)


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer tp_…`. A wrong, ended or revoked token is refused with 401."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        token = self._find(words[1:])
        _stand_at_the_door(request, token.member.user)
        return token.member.user, token

    def _find(self, words: list[bytes]) -> ApiToken:
        if len(words) != 1 or not words[0].isascii():
            raise exceptions.AuthenticationFailed
        digest = digest_of(words[0].decode("ascii"))
        token = _TOKEN.first(digest)
        now = timezone.now()
        if token is None or not token.is_good_at(now):
            raise exceptions.AuthenticationFailed
        if token.last_used_on != now.date():
            ApiToken.objects.filter(pk=token.pk).update(last_used_on=now.date())
        token.member.user.has_second_factor = token.has_second_factor  # type: ignore[attr-defined] # annotated in _tokens
        return token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="towpath"'


class SignedInBrowser(SessionAuthentication):
    """The session cookie, with CSRF protection on every change."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        return super().authenticate(request)
