"""The door of every API endpoint. Imports nothing of DRF's views: DRF loads this while it loads itself."""

from typing import Any

from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from practice.people.factors import lacks_second_factor
from practice.people.freshness import ConfirmSignIn, is_fresh
from practice.people.roles import Permission


class SecondFactorRequired(PermissionDenied):
    """Staff come in with two factors, by cookie and by token."""

    default_code = "second_factor_required"


class MemberMay(BasePermission):
    """Let a member in who holds the permission that the endpoint names for this HTTP method.

    An endpoint names them in `permissions = {"GET": ..., "POST": ...}`; a method without one is refused.
    A token reaches only the endpoints whose `scope` it carries. A method that the endpoint names in
    `fresh = {"POST": "sign"}` asks a browser for a sign-in not older than ten minutes, and a token for that scope too.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        member = getattr(request, "member", None)
        wanted = permission_for(view, str(request.method))
        if member is None or wanted is None or not member.may(wanted):
            return False
        if lacks_second_factor(member, member.user):
            raise SecondFactorRequired
        asked = getattr(view, "fresh", {}).get(request.method)
        if request.auth is not None:
            return {view.scope, asked or view.scope} <= set(request.auth.scopes)  # type: ignore[union-attr]
        if asked and not is_fresh(request._request):
            raise ConfirmSignIn
        return True


class Anyone(BasePermission):
    """The API's own description is public; it holds nobody's data."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return True


def permission_for(view: Any, method: str) -> Permission | None:
    """The permission an endpoint names for a method; HEAD and OPTIONS ask what GET asks."""
    table: dict[str, Permission] = getattr(view, "permissions", {})
    return table.get("GET" if method in {"HEAD", "OPTIONS"} else method) or (
        next(iter(table.values()), None) if method == "OPTIONS" else None
    )
