"""The head of the chain, kept outside the database in a file that is only ever added to.

It tells what the chain cannot tell by itself: that lines were cut off its end, or that an older database was put back.
Copy it to another machine: whoever may write both the database and this file could shorten both.
"""

import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from practice.audit.key import key
from practice.audit.sealing import last_link

EVERY = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Head:
    """How long the chain was at a moment, and its last seal. `accepted`: a person said to begin anew from here."""

    at: datetime
    count: int
    seal: str
    accepted: bool = False


class ForgedHead(Exception):
    """A line of the file was not written by us."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def path() -> Path:
    return Path(settings.TOWPATH_HOME) / "trail" / "heads.log"


def append(*, now: datetime, accepted: bool = False) -> Head:
    """Add the head of the chain as it is now."""
    end = last_link()
    head = Head(at=now, count=end.number, seal=end.seal.hex(), accepted=accepted)
    path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = json.dumps({**_said(head), "mac": _mac(head, key())}) + "\n"
    torn = "\n" if _ends_in_the_middle() else ""
    file = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        _write(file, (torn + line).encode())
        os.fsync(file)
    finally:
        os.close(file)
    return head


def append_if_due(*, now: datetime) -> None:
    """Add the head when the last one is an hour old, or when there is none."""
    last = _last_at()
    if last is None or now - last >= EVERY:
        append(now=now)


def heads() -> list[Head]:
    """The heads that still count: those from the last accepted one on. Raises ForgedHead.

    A line that a full disk cut off in the middle says nothing, and counts for nothing: whoever could cut it could have
    taken it away. What lies before the last accepted head is not looked at any more.
    """
    known = list(_read(key()))
    accepted = [place for place, (_line, head) in enumerate(known) if head is not None and head.accepted]
    counted = known[accepted[-1] :] if accepted else known
    for line, head in counted:
        if head is None:
            raise ForgedHead(line)
    return [head for _line, head in counted if head is not None]


def _write(file: int, line: bytes) -> None:
    """All of it. Raises OSError where the disk takes no more."""
    while line:
        line = line[os.write(file, line) :]


def _ends_in_the_middle() -> bool:
    said = path().read_bytes()[-1:] if path().exists() else b""
    return said not in {b"", b"\n"}


def _lines() -> list[str]:
    return path().read_text(errors="replace").splitlines() if path().exists() else []


def _last_at() -> datetime | None:
    lines = _lines()
    try:
        return datetime.fromisoformat(json.loads(lines[-1])["at"]) if lines else None
    except (ValueError, KeyError, TypeError):
        return None


def _read(secret: bytes) -> Iterator[tuple[int, Head | None]]:
    """Each whole line by its number; None for one that was not written by us."""
    for number, line in enumerate(_lines(), start=1):
        try:
            said = json.loads(line)
        except ValueError:
            continue
        yield number, _ours(said, secret)


def _ours(said: Any, secret: bytes) -> Head | None:
    try:
        head = Head(
            at=datetime.fromisoformat(said["at"]),
            count=int(said["count"]),
            seal=str(said["seal"]),
            accepted=bool(said["accepted"]),
        )
        is_ours = hmac.compare_digest(str(said["mac"]), _mac(head, secret))
    except (ValueError, KeyError, TypeError):
        return None
    return head if is_ours else None


def _said(head: Head) -> dict[str, Any]:
    return {
        "at": head.at.isoformat(),
        "count": head.count,
        "seal": head.seal,
        "accepted": head.accepted,
    }


def _mac(head: Head, secret: bytes) -> str:
    return hmac.digest(secret, f"head|{json.dumps(_said(head))}".encode(), "sha256").hex()
