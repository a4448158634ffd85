"""What a progress summary says, as plain frozen values in words: for the PDF, the page and the API alike."""

from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from practice.web.charts import MeasureSeries, MoodChange, Week

D = TypeVar("D")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line of a small table."""

    word: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Box:
    """A small table with its heading."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class Text:
    """Lines that a person wrote. `left_out` says what did not fit, "" when all is here."""

    lines: tuple[str, ...] = ()
    left_out: str = ""

    def __bool__(self) -> bool:
        return bool(self.lines or self.left_out)


@dataclass(frozen=True, kw_only=True)
class Quote:
    """The client's own words, which they shared."""

    text: Text
    said: str


@dataclass(frozen=True, kw_only=True)
class MeasureRow:
    """One measure in the table: every cell in words."""

    name: str
    first: str
    latest: str
    change: str
    reading: str
    forms: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole summary. What its audience is not told is empty and has no heading; what is missing is said."""

    language: str
    practice: str
    title: str
    kicker: str
    heading: str
    period: str
    running: str
    who: tuple[Fact, ...]
    shows: tuple[str, ...]
    why: Text
    boxes: tuple[Box, ...]
    measures: tuple[MeasureSeries, ...]
    measure_rows: tuple[MeasureRow, ...]
    measures_said: str
    weeks: tuple[Week, ...]
    weeks_label: str
    weeks_said: str
    moods: MoodChange | None
    moods_said: str
    quotes: tuple[Quote, ...]
    quotes_said: str
    plan: Text
    questions: Text
    signature: str
    signed: str
    sources: tuple[str, ...]


def thawed(kind: type[D], value: Any) -> D:
    """The value of type `kind` that `frozen` wrote. Fields that `kind` no longer has are passed over."""
    return cast(D, _thaw(kind, value))


def frozen(document: Document) -> dict[str, Any]:
    """The document as JSON can keep it: dates in ISO 8601."""
    return cast(dict[str, Any], _plain(asdict(document)))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _thaw(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        known = {field.name for field in fields(kind)} & set(value)
        return cast(Any, kind)(**{name: _thaw(hints[name], value[name]) for name in known})
    if get_args(kind):
        return _thaw_many(kind, value)
    if kind is date:
        return date.fromisoformat(value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, StrEnum) else value


def _thaw_many(kind: Any, value: Any) -> Any:
    """Of a union with None, a tuple of given parts, or a sequence of one kind."""
    parts, origin = get_args(kind), get_origin(kind)
    if origin in {Union, UnionType}:
        inner = next(part for part in parts if part is not NoneType)
        return None if value is None else _thaw(inner, value)
    if origin is tuple and parts[-1] is not Ellipsis:
        return tuple(_thaw(part, inner) for part, inner in zip(parts, value, strict=True))
    return tuple(_thaw(parts[0], inner) for inner in value)
