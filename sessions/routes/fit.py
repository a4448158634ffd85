"""Read the way out of a FIT recording: the positions and heights of its record messages, nothing else.

After the FIT protocol (Flexible and Interoperable Data Transfer): a header, definitions that say how the messages
after them are laid out, the messages, and a checksum. One file may hold several recordings in a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from struct import error as OutOfBytes  # noqa: N812 it reads as what it means
from struct import unpack_from

from sessions.routes.geometry import Fix
from sessions.routes.refusals import BrokenFile, OffTheMap, TooManyPoints

MOST_POINTS = 200_000
MOST_MESSAGES = 1_000_000
SHORTEST_HEADER = 12
RECORD = 20  # the number of the message that holds a position
LATITUDE, LONGITUDE, ALTITUDE, ENHANCED_ALTITUDE = 0, 1, 2, 78
FORMATS = {LATITUDE: (4, "i"), LONGITUDE: (4, "i"), ALTITUDE: (2, "H"), ENHANCED_ALTITUDE: (4, "I")}
UNKNOWN = {"i": 0x7FFFFFFF, "H": 0xFFFF, "I": 0xFFFFFFFF}
DEGREES = 180 / 2**31
COMPRESSED, DEFINITION, DEVELOPER = 0x80, 0x40, 0x20


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How the messages of one definition lie: their bytes, and format and place of each field that we read."""

    size: int
    fields: dict[int, tuple[str, int]] = field(default_factory=dict)


def read(content: bytes) -> list[Fix]:
    """The fixes of all recordings in the file, in order. Raises BrokenFile, OffTheMap or TooManyPoints."""
    fixes: list[Fix] = []
    try:
        for fix in _fixes(content):
            fixes.append(fix)
            if len(fixes) > MOST_POINTS:
                raise TooManyPoints
    except (OutOfBytes, IndexError) as error:
        raise BrokenFile from error
    return fixes


def _fixes(content: bytes) -> Iterator[Fix]:
    at, messages = 0, count(1)
    while at < len(content):
        begin, end = _body(content, at)
        if unpack_from("<H", content, end)[0] != checksum(content[at:end]):
            raise BrokenFile
        yield from _records(content, begin, end, messages)
        at = end + 2


def _body(content: bytes, at: int) -> tuple[int, int]:
    """Where the messages of the recording at `at` begin and end."""
    header, _versions, size, mark = unpack_from("<B3sI4s", content, at)
    if header < SHORTEST_HEADER or mark != b".FIT":
        raise BrokenFile
    return at + header, at + header + size


def _records(content: bytes, at: int, end: int, messages: "count[int]") -> Iterator[Fix]:
    layouts: dict[int, Layout] = {}
    while at < end:
        if next(messages) > MOST_MESSAGES:
            raise TooManyPoints
        head, at = content[at], at + 1
        if head & DEFINITION and not head & COMPRESSED:
            layouts[head & 0x0F], at = _definition(content, at, has_developer=bool(head & DEVELOPER))
            continue
        layout = layouts.get(head >> 5 & 0x03 if head & COMPRESSED else head & 0x0F)
        if layout is None or at + layout.size > end:
            raise BrokenFile
        if fix := _fix(content, at, layout):
            yield fix
        at += layout.size


def _definition(content: bytes, at: int, *, has_developer: bool) -> tuple[Layout, int]:
    """The layout that a definition says, and where the next message begins."""
    order = ">" if content[at + 1] else "<"
    number = unpack_from(f"{order}H", content, at + 2)[0]
    size, fields, after = 0, {}, at + 5 + 3 * content[at + 4]
    for place in range(at + 5, after, 3):
        key, width = content[place], content[place + 1]
        if number == RECORD and FORMATS.get(key, (0, ""))[0] == width:
            fields[key] = (order + FORMATS[key][1], size)
        size += width
    if has_developer:
        size += sum(content[after + 2 + 3 * i] for i in range(content[after]))
        after += 1 + 3 * content[after]
    return Layout(size=size, fields=fields), after


def _fix(content: bytes, at: int, layout: Layout) -> Fix | None:
    """The position of a message, or None where it says none. Height is stored as fifths of a metre above −500 m."""
    latitude, longitude = (_value(content, at, layout, key) for key in (LATITUDE, LONGITUDE))
    if latitude is None or longitude is None:
        return None
    if abs(latitude * DEGREES) > 90:  # noqa: PLR2004 the poles; a longitude cannot leave its 32 bits
        raise OffTheMap
    height = _value(content, at, layout, ENHANCED_ALTITUDE)
    height = _value(content, at, layout, ALTITUDE) if height is None else height
    return latitude * DEGREES, longitude * DEGREES, None if height is None else height / 5 - 500


def _value(content: bytes, at: int, layout: Layout, key: int) -> int | None:
    if key not in layout.fields:
        return None
    form, place = layout.fields[key]
    value: int = unpack_from(form, content, at + place)[0]
    return None if value == UNKNOWN[form[1]] else value


def _row(byte: int) -> int:
    for _bit in range(8):
        byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
    return byte


_TABLE = tuple(_row(byte) for byte in range(256))


def checksum(content: bytes) -> int:
    """CRC-16 with the polynomial 0x8005, reflected."""
    crc = 0
    for byte in content:
        crc = crc >> 8 ^ _TABLE[(crc ^ byte) & 0xFF]
    return crc
