"""API tokens: made once, shown once, kept as a digest."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from practice.audit import record
from practice.people.models import ApiToken, Member
from practice.web.refusals import Refused

SCOPES = ("me", "clients", "screenings", "routes", "sessions", "notes", "runs", "summaries", "jobs")
LIFETIME = timedelta(days=365)


class UnknownScope(Refused):
    """Ask for one of SCOPES."""

    code = "unknown_scope"
    message = f"Choose from these scopes: {', '.join(SCOPES)}."
    field = "scopes"


def digest_of(token: str) -> str:
    """The SHA-256 of a token, in hexadecimal: a random key of 256 bits needs no slower hash."""
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def create_token(*, member: Member, scopes: list[str], name: str, now: datetime) -> tuple[ApiToken, str]:
    """Make a token for `member`; the second value is the only time its text is seen."""
    if not scopes or not set(scopes) <= set(SCOPES):
        raise UnknownScope
    text = f"tp_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        member=member,
        name=name,
        digest=digest_of(text),
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=now + LIFETIME,
    )
    record("token_created", on=token, by=member, at=now)
    return token, text
