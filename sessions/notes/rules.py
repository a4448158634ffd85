"""The rules of a note over plain values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

LATE_AFTER = timedelta(hours=48)


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """Everything that a seal vouches for."""

    note: str
    session: str
    client: str
    author: str
    format: str
    body: Mapping[str, str]
    walk: Mapping[str, str]
    version: int
    signed_at: datetime
    signed_by: str


def canonical(sealed: Sealed) -> bytes:
    """The one way to write it down: JSON, keys sorted, no blanks, UTF-8, the time in ISO 8601 as given."""
    values = {**vars(sealed), "signed_at": sealed.signed_at.isoformat()}
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def seal_of(sealed: Sealed) -> str:
    """SHA-256 over the canonical form, in hexadecimal."""
    return sha256(canonical(sealed)).hexdigest()


def merged(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The old texts with the new ones laid over them: what is not sent stays, what is sent empty goes."""
    return {key: text for key, text in {**old, **new}.items() if text.strip()}


def says_something(body: Mapping[str, str]) -> bool:
    return any(text.strip() for text in body.values())


def is_late(*, ended_at: datetime, signed_at: datetime) -> bool:
    """More than 48 hours after the session. Late is labelled, never refused."""
    return signed_at - ended_at > LATE_AFTER
