"""The door of every page: which permission it asks for, and who is standing there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from practice.database.once import looking_up_once
from practice.people.acting import acting_as
from practice.people.freshness import ask_again
from practice.people.models import Member
from practice.people.roles import Permission

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request whose member is known: what a view behind `needs` receives."""

    member: Member
    htmx: Any


View = Callable[Concatenate[MemberRequest, P], HttpResponseBase]


def of_the_sign_in(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """A page about the sign-in itself: for everybody who is signed in, whatever they may do. It shows no record."""
    view.is_of_the_sign_in = True  # type: ignore[attr-defined]
    return view


def needs(
    permission: Permission, *, fresh: bool = False
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Let a member in who holds `permission`; raise PermissionDenied (403) for everybody else.

    The view is one transaction in which that member acts: the database shows it nothing else.
    Anonymous visitors never reach it: LoginRequiredMiddleware sends them to sign in. `fresh` asks for a sign-in not
    older than ten minutes; whoever has an older one is asked on a page that keeps what they sent.
    """

    def guard(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            member: Member | None = getattr(request, "member", None)
            if member is None or not member.may(permission):
                raise PermissionDenied
            if fresh and (question := ask_again(request)) is not None:
                return question
            with acting_as(member, now=timezone.now()), looking_up_once(request.method):
                return view(request, *args, **kwargs)  # type: ignore[arg-type]

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.fresh = fresh  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard
