"""What happens to a session when somebody signs in, and to all of them when a sign-in changes."""

import time
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from practice.people.models import User

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"


def connect() -> None:
    """Called once, when the product starts."""
    user_logged_in.connect(begin, dispatch_uid="towpath_begin")
    for signal in (
        account.password_changed,
        account.password_set,
        mfa.authenticator_added,
        mfa.authenticator_removed,
        mfa.authenticator_reset,
    ):
        signal.connect(keep_this_one, dispatch_uid="towpath_keep_this_one")


def begin(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Note when it began, and tie it to the sign-in as the database has it now."""
    _take_the_newest(user)
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())


def keep_this_one(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """After a change of password or factor every other session is over; this one goes on under a new id."""
    if request.user.is_authenticated and request.user.pk == user.pk:
        _take_the_newest(user)
        request.user = user
        update_session_auth_hash(request, user)


def _take_the_newest(user: User) -> None:
    """The version as the triggers have left it, and the password beside it."""
    user.refresh_from_db(fields=["sign_in_version", "password"])
