"""Every file leaves through here, piece by piece: before each piece it is asked again whether it may leave.

Not by FileResponse, whose file the server would hand to the system as a whole, and not as one body, which would be on its
way for as long as the receiver likes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, cast

from django.db import models
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from practice.audit import record
from practice.audit.origin import Visit, visit, visiting
from practice.audit.trail import HasUid
from practice.people.acting import acting_as
from practice.people.models import Member
from practice.people.standing import asker_of

PIECE = 1 << 18
"""Bytes: no more than this leaves between a right that is taken away and the end, beside what the network holds."""

Content = bytes | IO[bytes] | Iterator[str]


class Cut(Exception):
    """The right to a file went while it was on its way. Raised to the server, which breaks the connection off.

    So the receiver has fewer bytes than were announced, or no end: a broken download, never a file that looks whole.
    """


@dataclass(frozen=True, kw_only=True)
class File:
    """What leaves. `may_have` is asked anew for each piece, with the member acting; `on` and `client` are for the trail.

    `size` in bytes; None where nobody knows it before the end.
    """

    name: str
    content_type: str
    content: Content
    may_have: Callable[[Member], bool]
    on: models.Model | None = None
    client: HasUid | None = None
    size: int | None = None


def hand_out(request: HttpRequest, file: File) -> StreamingHttpResponse:
    """The file as a download that no cache keeps and no page opens."""
    by: Member = request.member  # type: ignore[attr-defined] # behind a door that let them in
    answer = StreamingHttpResponse(_watched(request, file, by, visit()), content_type=file.content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if file.size is not None:
        answer.headers["Content-Length"] = str(file.size)
    return answer


def _watched(request: HttpRequest, file: File, by: Member, here: Visit | None) -> Iterator[bytes]:
    asker, sent = asker_of(request), 0
    for piece in _pieces(file.content):
        if not _may_leave(file, asker()):
            _note_cut(file, by, here, sent)
            raise Cut
        yield piece
        sent += len(piece)


def _may_leave(file: File, member: Member | None) -> bool:
    if member is None:
        return False
    with acting_as(member, now=timezone.now()):
        return file.may_have(member)


def _note_cut(file: File, by: Member, here: Visit | None, sent: int) -> None:
    with visiting(here):
        record(
            "download_cut",
            on=file.on,
            by=by,
            at=timezone.now(),
            client=file.client,
            outcome="cut",
            reason="right_gone",
            sent=sent,
            size=file.size,
        )


def _pieces(content: Content) -> Iterator[bytes]:
    """PIECE bytes each, the last one fewer."""
    if isinstance(content, bytes):
        yield from (content[start : start + PIECE] for start in range(0, len(content), PIECE))
    elif isinstance(content, Iterator) and not hasattr(content, "read"):
        yield from _gathered(content)
    else:
        yield from _read(cast("IO[bytes]", content))


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        yield from iter(lambda: file.read(PIECE), b"")


def _gathered(texts: Iterator[str]) -> Iterator[bytes]:
    """Rows put together until they are a piece."""
    waiting = bytearray()
    for text in texts:
        waiting += text.encode()
        while len(waiting) >= PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    if waiting:
        yield bytes(waiting)
