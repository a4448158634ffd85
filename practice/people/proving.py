"""Say once more that it is you: by password, by the code of an app, or by a passkey."""

import json
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from practice.people.models import User

PREFIX = "confirm_"
PASSWORD, CODE, PASSKEY = "confirm_password", "confirm_code", "confirm_passkey"
WAYS = (PASSWORD, CODE, PASSKEY)


def was_tried(posted: QueryDict) -> bool:
    """Whether the form says who is there, rightly or not."""
    return any(posted.get(way) for way in WAYS)


def prove(request: HttpRequest, user: User) -> bool:
    """Check what `request` says against `user`; when it holds, note it in the session as a fresh sign-in."""
    posted = request.POST
    if posted.get(PASSKEY):
        factor = _by_passkey(user, posted[PASSKEY])
    elif posted.get(CODE):
        factor = _by_code(user, posted[CODE])
    else:
        return _by_password(request, user, posted.get(PASSWORD, ""))
    if factor is None:
        return False
    factor.user = user
    post_authentication(request, factor, reauthenticated=True)
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


def _by_password(request: HttpRequest, user: User, password: str) -> bool:
    if not user.has_usable_password() or not user.check_password(password):
        return False
    record_authentication(request, user, method="password", reauthenticated=True)
    return True


def _by_code(user: User, code: str) -> Authenticator | None:
    """The app's code. A recovery code is for the day the app is lost, not for this."""
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return app if app is not None and app.wrap().validate_code(code) else None


def _by_passkey(user: User, text: str) -> Authenticator | None:
    try:
        credential = json.loads(text)
        webauthn.parse_authentication_response(credential)
        found: Authenticator = webauthn.complete_authentication(user, credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return found
