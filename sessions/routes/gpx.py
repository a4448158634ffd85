"""Read GPX 1.0 and 1.1 with expat: one pass, no tree, no document types, no entities, no network."""

from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from django.utils.translation import gettext as _

from sessions.routes.geometry import Fix, distances
from sessions.routes.refusals import BrokenFile, ForbiddenXml, NotARouteFile, OffTheMap, TooManyPoints

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

MOST_POINTS = 200_000
DEEPEST = 64
LONGEST_NAME = 300
LINES, POINTS, NAMED = {"trk", "rte"}, {"trkpt", "rtept"}, {"trk", "rte", "gpx", "metadata"}


class Reader:
    """Collects the lines of a document while expat walks through it."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, list[Fix]]] = []
        self.own_name = ""
        self._count = 0
        self._path: list[str] = []
        self._text: list[str] | None = None

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        self._expect(tag)
        self._path.append(tag)
        if tag in LINES:
            self.lines.append(("", []))
        elif tag in POINTS:
            self._add(attributes)
        self._text = [] if tag in {"name", "ele"} else None

    def end(self, name: str) -> None:
        tag = self._path.pop()
        if self._text is None:
            return
        text, self._text = "".join(self._text).strip()[:LONGEST_NAME], None
        parent = self._path[-1] if self._path else ""
        if tag == "ele" and parent in POINTS:
            self._raise_last(text)
        elif tag == "name" and parent in NAMED:
            self._name(parent, text)

    def hear(self, text: str) -> None:
        if self._text is not None and len(self._text) < LONGEST_NAME:
            self._text.append(text)

    def _expect(self, tag: str) -> None:
        if not self._path and tag != "gpx":
            raise NotARouteFile(_("This is an XML file, but not a GPX. Export the route as GPX or FIT."))
        if len(self._path) >= DEEPEST or (tag in POINTS and not self.lines):
            raise BrokenFile

    def _add(self, attributes: dict[str, str]) -> None:
        latitude, longitude = float(attributes.get("lat", "")), float(attributes.get("lon", ""))
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004 the ends of the map; NaN is off it
            raise OffTheMap
        self._count += 1
        if self._count > MOST_POINTS:
            raise TooManyPoints
        self.lines[-1][1].append((latitude, longitude, None))

    def _raise_last(self, text: str) -> None:
        fixes = self.lines[-1][1]
        latitude, longitude, _unknown = fixes[-1]
        fixes[-1] = (latitude, longitude, float(text) if text else None)

    def _name(self, parent: str, text: str) -> None:
        if parent in LINES:
            self.lines[-1] = (text, self.lines[-1][1])
        else:
            self.own_name = text


def read(content: bytes) -> tuple[str, list[Fix]]:
    """The name and the fixes of the longest track or route; the segments of a track are joined up.

    Raises UnreadableFile in one of its kinds.
    """
    reader = Reader()
    parser = _parser(reader)
    try:
        parser.Parse(content, True)  # noqa: FBT003 expat takes it by position
    except expat.ExpatError as error:
        raise BrokenFile(_broken_near(error.lineno)) from error
    except (ValueError, LookupError) as error:  # a number that is none, or an encoding that nobody knows
        raise BrokenFile(_broken_near(parser.CurrentLineNumber)) from error
    name, fixes = max(reader.lines, key=_length, default=("", []))
    return name or reader.own_name, fixes


def _parser(reader: Reader) -> "XMLParserType":
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _forbid
    parser.EntityDeclHandler = _forbid
    parser.ExternalEntityRefHandler = _forbid
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.hear
    return parser


def _forbid(*_definition: object) -> NoReturn:
    raise ForbiddenXml


def _length(line: tuple[str, list[Fix]]) -> float:
    return distances(line[1])[-1] if line[1] else -1.0


def _broken_near(line: int) -> str:
    return (
        _("This file breaks off or is damaged near line %d. Export it again and choose the new file.") % line
    )
