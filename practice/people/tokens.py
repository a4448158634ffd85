"""API tokens: made once, shown once, kept as a digest."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from practice.audit import record
from practice.people.models import ApiToken, Member, User
from practice.web.refusals import Refused

SCOPES = (
    "me",
    "clients",
    "screenings",
    "routes",
    "sessions",
    "notes",
    "runs",
    "consents",
    "letters",
    "safety",
    "resources",
    "questionnaires",
    "summaries",
    "jobs",
)
WEIGHTY = ("sign", "export")
"""On top of a scope: what a person confirms with a fresh sign-in, a program does only with one of these."""
OF_CLIENTS = ("me", "runs", "screenings", "consents", "letters", "safety", "resources")
"""All that a client's key may be for."""
LIFETIMES = (30, 90, 365)
"""Days."""


class UnknownScope(Refused):
    """Ask for some of SCOPES, and of WEIGHTY."""

    code = "unknown_scope"
    message = f"Choose from these scopes: {', '.join((*SCOPES, *WEIGHTY))}."
    field = "scopes"


class UnknownLifetime(Refused):
    """Ask for one of LIFETIMES."""

    code = "unknown_lifetime"
    message = _("Choose one of these: 30, 90 or 365 days.")
    field = "days"


def scopes_for(member: Member) -> tuple[str, ...]:
    """What a key of this member may be for."""
    return OF_CLIENTS if member.is_client else (*SCOPES, *WEIGHTY)


def digest_of(token: str) -> str:
    """The SHA-256 of a token, in hexadecimal: a random key of 256 bits needs no slower hash."""
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def create_token(
    *, member: Member, scopes: list[str], name: str, now: datetime, days: int = LIFETIMES[-1]
) -> tuple[ApiToken, str]:
    """Make a token for `member`; the second value is the only time its text is seen.

    Raises UnknownScope, UnknownLifetime.
    """
    if not scopes or not set(scopes) <= set(scopes_for(member)):
        raise UnknownScope
    if days not in LIFETIMES:
        raise UnknownLifetime
    text = f"tp_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        member=member,
        name=name,
        digest=digest_of(text),
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=now + timedelta(days=days),
        sign_in_version=User.objects.values_list("sign_in_version", flat=True).get(pk=member.user_id),
    )
    record("token_created", on=token, by=member, at=now)
    return token, text


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Member, now: datetime) -> None:
    """End a token at once. Saying it twice changes nothing."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        record("token_revoked", on=token, by=by, at=now)
