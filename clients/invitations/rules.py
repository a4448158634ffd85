"""What ties an invitation to one client and one address, and what a code looks like. Pure."""

import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

LASTS = timedelta(hours=72)
MOST_TRIES = 5
LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
CODE_LENGTH = 6


def new_token() -> str:
    """256 random bits for a link."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six characters that nobody mixes up when they are said aloud."""
    return "".join(secrets.choice(LETTERS) for _each in range(CODE_LENGTH))


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def seal_of(token: str, *, client: UUID, email: str) -> str:
    """Another client or another address makes another seal."""
    return sha256(f"{token}|{client}|{email.lower()}".encode()).hexdigest()


def tidy_code(typed: str) -> str:
    return "".join(typed.split()).replace("-", "").upper()
