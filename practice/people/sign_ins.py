"""What happens to a session when somebody signs in, and to all of them when a sign-in changes."""

import time
from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_delete
from django.http import HttpRequest

from practice.people import attempts
from practice.people.factors import keep_the_last
from practice.people.models import User

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"


def connect() -> None:
    """Called once, when the product starts."""
    user_logged_in.connect(begin, dispatch_uid="towpath_begin")
    pre_delete.connect(keep_the_last, sender=Authenticator, dispatch_uid="towpath_keep_the_last")
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
    for _method in get_authentication_records(request, user):
        attempts.give_back(attempts.SIGN_IN_FROM, attempts.origin_of(request))
    attempts.forget_old()


def new_id(request: HttpRequest) -> None:
    """The session goes on under a new id, in the list of devices too: whoever knew the old one is out."""
    before = request.session.session_key
    request.session.cycle_key()
    request.session[SEEN_AT] = int(time.time())
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def keep_this_one(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """After a change of password or factor every other session is over; this one goes on under a new id."""
    if not request.user.is_authenticated or request.user.pk != user.pk:
        return
    before = request.session.session_key
    _take_the_newest(user)
    request.user = user
    update_session_auth_hash(request, user)
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
    for other in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        other.end()


def end_device(user: Any, key: int) -> bool:
    """Sign one of the user's devices out; False when it is none of theirs."""
    device = UserSession.objects.filter(user=user, pk=key).first()
    if device is not None:
        device.end()
    return device is not None


def _take_the_newest(user: User) -> None:
    """The version as the triggers have left it, and the password beside it."""
    user.refresh_from_db(fields=["sign_in_version", "password"])
