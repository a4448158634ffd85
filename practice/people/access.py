"""The door of every page: which permission it asks for, and who is standing there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from practice.people.models import Member
from practice.people.roles import Permission

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request whose member is known: what a view behind `needs` receives."""

    member: Member
    htmx: Any


View = Callable[Concatenate[MemberRequest, P], HttpResponseBase]


def needs(
    permission: Permission,
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Let a member in who holds `permission`; raise PermissionDenied (403) for everybody else.

    Anonymous visitors never reach it: LoginRequiredMiddleware sends them to sign in.
    """

    def guard(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            member: Member | None = getattr(request, "member", None)
            if member is None or not member.may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard
