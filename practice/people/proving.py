"""Say once more that it is you: by password, by the code of an app, or by a passkey."""

import json
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from practice.people import factors
from practice.people.attempts import CONFIRM, counted
from practice.people.models import User
from practice.people.sign_ins import new_id

PREFIX = "confirm_"
PASSWORD, CODE, PASSKEY = "confirm_password", "confirm_code", "confirm_passkey"
WAYS = (PASSWORD, CODE, PASSKEY)


def was_tried(request: HttpRequest) -> bool:
    """Whether what was posted says who is there, rightly or not."""
    return request.method == "POST" and any(request.POST.get(way) for way in WAYS)


def was_proved(request: HttpRequest) -> bool:
    """Whether this very request has proved it."""
    return getattr(request, "was_proved", False)


def prove(request: HttpRequest, user: User) -> bool:
    """Check what `request` says against `user`; when it holds, note it in the session, which gets a new id.

    Raises TooManyTries.
    """
    with counted((CONFIRM, str(user.pk))) as tried:
        if not _holds(request, user):
            return False
        tried.was_good()
    new_id(request)
    request.was_proved = True  # type: ignore[attr-defined]
    return True


def ways_of(user: User) -> dict[str, Any]:
    """Which ways this person has, for the page; a passkey needs a challenge, which the session keeps."""
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    challenge = None
    if Authenticator.Type.WEBAUTHN in types:
        challenge = {"request_options": webauthn.begin_authentication(user)}
    return {
        "has_password": user.has_usable_password(),
        "has_code": Authenticator.Type.TOTP in types,
        "passkey": challenge,
    }


def _holds(request: HttpRequest, user: User) -> bool:
    posted = request.POST
    if posted.get(PASSKEY):
        factor = _by_passkey(user, posted[PASSKEY])
    elif posted.get(CODE):
        factor = factors.accept_code(user, posted[CODE], recovery=False)
    else:
        return _by_password(request, user, posted.get(PASSWORD, ""))
    if factor is None:
        return False
    factor.user = user
    post_authentication(request, factor, reauthenticated=True)
    return True


def _by_password(request: HttpRequest, user: User, password: str) -> bool:
    if not user.has_usable_password() or not user.check_password(password):
        return False
    record_authentication(request, user, method="password", reauthenticated=True)
    return True


def _by_passkey(user: User, text: str) -> Authenticator | None:
    try:
        credential = json.loads(text)
        webauthn.parse_authentication_response(credential)
        found: Authenticator = webauthn.complete_authentication(user, credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    found.user = user
    if not factors.is_the_only_one(found, credential):
        factors.tell_of_a_copy(found)
        return None
    return found
