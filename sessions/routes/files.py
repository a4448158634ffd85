"""Read a route from a file. Positions, heights and a name are read; times, heart rates and devices are not.

The kind is told from the content, never from the name.
"""

from dataclasses import dataclass

from sessions.routes import fit, gpx
from sessions.routes.geometry import Fix, Line, distances, line_of
from sessions.routes.refusals import EmptyFile, NoLine, NotARouteFile, TooLong, TooShort

XML_BEGINS = (b"<", b"\xff\xfe", b"\xfe\xff")  # the last two are the marks of UTF-16
LEAST_M, MOST_M = 50, 200_000


@dataclass(frozen=True, kw_only=True)
class Recording:
    """What a file holds: the name that it gives itself ("" for none), and its line."""

    name: str
    line: Line


def read_recording(content: bytes) -> Recording:
    """The longest line of a GPX, or the way of a FIT recording. Raises UnreadableFile in one of its kinds."""
    name, fixes = _read(content)
    if len(fixes) < 2:  # noqa: PLR2004 a line needs two ends
        raise NoLine
    along = distances(fixes)
    if along[-1] < LEAST_M:
        raise TooShort
    if along[-1] > MOST_M:
        raise TooLong
    return Recording(name=name, line=line_of(fixes, along))


def _read(content: bytes) -> tuple[str, list[Fix]]:
    if not content.strip():
        raise EmptyFile
    if content[8:12] == b".FIT":
        return "", fit.read(content)
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(XML_BEGINS):
        return gpx.read(content)
    raise NotARouteFile
