"""A sign-in not older than ten minutes, asked for before what weighs most; nothing typed is lost, nothing is stored."""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied

from practice.audit.signs import tell_of
from practice.people import proving
from practice.people.attempts import TooManyTries
from practice.people.models import User

FRESH_S = 600
NOT_CARRIED = {"csrfmiddlewaretoken", "next"}


class ConfirmSignIn(PermissionDenied):
    """The API's way to ask a browser for a fresh sign-in."""

    default_code = "confirm_sign_in"


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person said who they are within the last ten minutes, by any of their ways."""
    said = [record["at"] for record in get_authentication_records(request, request.user)]
    return bool(said) and time.time() - max(said) < FRESH_S


def ask_again(request: HttpRequest) -> HttpResponse | None:
    """None when the sign-in is fresh or has just been made so; else the page that asks, with all that was sent.

    The fields that prove it are taken out of `request.POST` before the view sees it.
    """
    if proving.was_tried(request):
        wrong = try_to_prove(request)
        return confirm_page(request, wrong=wrong) if wrong else None
    return None if is_fresh(request) else confirm_page(request)


def try_to_prove(request: HttpRequest) -> str:
    """Check what proves it and take it out of `request.POST`; "" when it holds, else what to say."""
    try:
        held = proving.prove(request, _user(request))
    except TooManyTries as no:
        return str(no)
    if not held:
        tell_of("proof_failed", request.user, outcome="failed")
        return _("That did not match. Please try again.")
    carry_on(request)
    return ""


def carry_on(request: HttpRequest) -> None:
    """Leave in `request.POST` only what the page behind was sent."""
    kept = request.POST.copy()
    for name in [name for name in kept if name.startswith(proving.PREFIX)]:
        del kept[name]
    request.POST = kept  # type: ignore[assignment] # Django lets it be set


def confirm_page(request: HttpRequest, *, wrong: str = "", **more: Any) -> HttpResponse:
    """Ask for password, code or passkey (403); the form goes to the same address with the same fields."""
    context = {
        "action": request.get_full_path() if request.method == "POST" else "",
        "next": request.get_full_path(),
        "carried": carried(request),
        "lost_files": request.method == "POST" and bool(request.FILES),
        "wrong": wrong,
        **proving.ways_of(_user(request)),
        **more,
    }
    return render(request, "practice/people/confirm.html", context, status=403)


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, name by name, without what proved who sent it."""
    if request.method != "POST":
        return []
    names = [name for name in request.POST if name not in NOT_CARRIED and not name.startswith(proving.PREFIX)]
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def next_of(request: HttpRequest) -> str:
    """Where the person was going: an address of this installation, "/" for anything else."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    allowed = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if allowed and wanted.startswith("/") else "/"


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - `needs` lets nobody else come here
    return request.user
