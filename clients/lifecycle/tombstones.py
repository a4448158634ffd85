"""The list of erased clients outside the database: one line of JSON each, only ever added to.

When an older backup is restored, the erased come back with it. This file did not go back, so it says who must go again.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from clients.lifecycle.models import Reason, Tombstone

NAME = "tombstones.log"


@dataclass(frozen=True, kw_only=True)
class Line:
    """What the file says of one erased client. No name of theirs."""

    client: str
    reference: str
    reason: str
    early: bool
    asked_by: str
    asked_by_name: str
    confirmed_by: str
    confirmed_by_name: str
    erased_at: str


class BadLine(ValueError):
    """A line that cannot be read; the message gives its number."""


def path() -> Path:
    return Path(settings.TOWPATH_HOME) / NAME


def append_missing() -> int:
    """Write every tombstone that the file has not got yet, safe on the disk; how many those were."""
    path().parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    with os.fdopen(os.open(path(), os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        text = file.read()
        known = {found["client"] for found in map(_loose, text.splitlines()) if found}
        missing = [row for row in Tombstone.objects.order_by("pk") if str(row.client_uid) not in known]
        if missing and text and not text.endswith("\n"):
            file.write("\n")  # a line that a crash cut off stays alone
        for row in missing:
            file.write(json.dumps(asdict(line_of(row))) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return len(missing)


def line_of(row: Tombstone) -> Line:
    return Line(
        client=str(row.client_uid),
        reference=row.reference_hash,
        reason=row.reason,
        early=row.is_early,
        asked_by=str(row.asked_by or ""),
        asked_by_name=row.asked_by_name,
        confirmed_by=str(row.confirmed_by or ""),
        confirmed_by_name=row.confirmed_by_name,
        erased_at=row.erased_at.isoformat(),
    )


def lines() -> Iterator[Line | BadLine]:
    """The file from its beginning. A line that is not as we write it comes as a BadLine, and the next ones still come."""
    if not path().exists():
        return
    for number, text in enumerate(path().read_text().splitlines(), start=1):
        if not text.strip():
            continue
        try:
            yield _strict(text)
        except (ValueError, TypeError, KeyError):
            yield BadLine(f"line {number}")


def _strict(text: str) -> Line:
    said: dict[str, Any] = json.loads(text)
    line = Line(**said)
    UUID(line.client)
    for uid in filter(None, (line.asked_by, line.confirmed_by)):
        UUID(uid)
    if datetime.fromisoformat(line.erased_at).tzinfo is None or line.reason not in Reason.values:
        raise ValueError
    return line


def _loose(text: str) -> dict[str, Any]:
    try:
        return asdict(_strict(text))
    except (ValueError, TypeError, KeyError):
        return {}
