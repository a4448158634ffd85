"""From the bytes of a file to plain values, whoever sent them. TOML or JSON, bounded, nothing hidden in it."""

import json
import tomllib
import unicodedata
from collections.abc import Iterator
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from clients.instruments.faults import BadInstrument, Fault, expect_none

LARGEST_FILE = 64 * 1024
DEEPEST = 8
"""No questionnaire of this format is nested deeper."""

HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200e\u200f")
"""Signs that turn the direction of writing, so that a line reads otherwise than it is."""

UNPRINTED = frozenset({"Cc", "Cs", "Co", "Cn"})


def parsed(raw: bytes) -> dict[str, Any]:
    """What the file says, as values. Raises BadInstrument for what is no such file, or has something hidden in it."""
    if len(raw) > LARGEST_FILE:
        raise _bad(_("The file is larger than %d KB. No questionnaire is.") % (LARGEST_FILE // 1024))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise _bad(_("This is no text file (UTF-8).")) from problem
    value = _json(text) if text.lstrip().startswith("{") else _toml(text)
    if not isinstance(value, dict):
        raise _bad(_("This is not the file of one questionnaire."))
    expect_none(_hidden(value, "", 0))
    return value


def _json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_number)
    except BadInstrument:
        raise
    except (ValueError, RecursionError) as problem:
        raise _bad(_("This JSON cannot be read: %.80s") % _why(problem)) from problem


def _toml(text: str) -> Any:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        raise _bad(_("This TOML cannot be read: %.80s") % _why(problem)) from problem


def _why(problem: Exception) -> str:
    return _("it is nested too deep.") if isinstance(problem, RecursionError) else str(problem)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _value in pairs]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise _bad(_("“%.40s” stands in it twice.") % twice)
    return dict(pairs)


def _no_number(name: str) -> NoReturn:
    raise _bad(_("%s is no number.") % name)


def _hidden(value: Any, where: str, depth: int) -> Iterator[Fault]:
    """Faults for signs that nobody sees, and for nesting that no questionnaire has."""
    if depth > DEEPEST:
        yield Fault(where[:60], _("is nested too deep."))
    elif isinstance(value, str):
        if any(_is_hidden(letter) for letter in value):
            yield Fault(where[:60], _("holds a hidden sign."))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _hidden(name, where, depth)
            yield from _hidden(inner, f"{where}.{name}" if where else name, depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _hidden(inner, f"{where}.{number}", depth + 1)


def _is_hidden(letter: str) -> bool:
    return letter in HIDDEN or (letter != "\n" and unicodedata.category(letter) in UNPRINTED)


def _bad(words: str) -> BadInstrument:
    return BadInstrument(Fault("", words))
