"""What a download that is cut looks like to the server: a piece, then an exception."""

from collections.abc import Callable, Iterator
from typing import Any

PIECE = b"x" * 10_000


class Cut(Exception):
    """As `practice.web.downloads` raises it."""


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
    """/measured says how long it would have been."""
    measured = [("Content-Length", str(2 * len(PIECE)))] if environ["PATH_INFO"] == "/measured" else []
    start_response("200 OK", [("Content-Type", "application/zip"), *measured])
    yield PIECE
    raise Cut
