"""Signing in, failing to, signing out, and changes of what one signs in with: each leaves a line."""

from typing import TYPE_CHECKING, Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.utils import timezone

from practice.audit.origin import visit
from practice.audit.trail import record
from practice.people.acting import acting_as

if TYPE_CHECKING:
    from practice.people.models import Member

CHANGES = (
    (account.password_changed, "password_changed"),
    (account.password_set, "password_changed"),
    (account.password_reset, "password_changed"),
    (mfa.authenticator_added, "factor_added"),
    (mfa.authenticator_removed, "factor_removed"),
    (mfa.authenticator_reset, "factor_reset"),
)


def connect() -> None:
    """Called once, when the product starts."""
    auth.user_logged_in.connect(_signed_in, dispatch_uid="trail_signed_in")
    auth.user_logged_out.connect(_signed_out, dispatch_uid="trail_signed_out")
    auth.user_login_failed.connect(_failed, dispatch_uid="trail_failed")
    mfa.authentication_failed.connect(_factor_failed, dispatch_uid="trail_factor_failed")
    for signal, action in CHANGES:
        signal.connect(_CHANGED[action], dispatch_uid=f"trail_{action}")


def tell_of(action: str, user: Any, **said: Any) -> None:
    """One line about a person who signs in; nothing where no request is under way, for then nobody does."""
    if visit() is None:
        return
    member: Member | None = getattr(user, "member", None)
    record(
        action, on=member, by=member, at=timezone.now(), stranger=member is None, client=_own(member), **said
    )


def _own(member: "Member | None") -> Any:
    """The client that a member is, None for staff. Nobody acts yet while somebody signs in."""
    if member is None or not member.is_client:
        return None
    with acting_as(member, now=timezone.now()):
        return getattr(member, "client", None)


def _signed_in(sender: Any, user: Any, **_signal: Any) -> None:
    tell_of("signed_in", user)


def _signed_out(sender: Any, user: Any, **_signal: Any) -> None:
    if user is not None:
        tell_of("signed_out", user)


def _failed(sender: Any, **_signal: Any) -> None:
    """Nobody knows who it was. What was typed is not kept: people type their password into the wrong field."""
    tell_of("sign_in_failed", None, outcome="failed", reason="wrong_password")


def _factor_failed(sender: Any, user: Any, **_signal: Any) -> None:
    tell_of("sign_in_failed", user, outcome="failed", reason="wrong_code")


def _change(action: str) -> Any:
    def changed(sender: Any, user: Any, **_signal: Any) -> None:
        tell_of(action, user)

    return changed


_CHANGED = {action: _change(action) for _signal, action in CHANGES}
