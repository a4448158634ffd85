"""Check a file against `format.schema.json`: the part of JSON Schema that our schema uses, in plain words.

A hostile file is bounded before anything is built of it: its size, how many questions, how long a text, how big a number.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from clients.instruments.faults import Fault

SCHEMA = Path(__file__).parent / "format.schema.json"
Node = dict[str, Any]


@cache
def schema() -> Node:
    """The schema as it is published beside this file."""
    read: Node = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return read


def faults_of(value: Any) -> Iterator[Fault]:
    """Everything about the value that the schema does not let."""
    yield from _look(value, schema(), "")


def _look(value: Any, node: Node, where: str) -> Iterator[Fault]:
    if "$ref" in node:
        node = schema()["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    if "const" in node or "enum" in node:
        yield from _known(value, node.get("enum", [node.get("const")]), where)
        return
    kind, words = _KINDS[node["type"]]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        yield Fault(where, str(words()))
        return
    yield from _INSIDE.get(node["type"], _nothing)(value, node, where)


def _known(value: Any, known: list[Any], where: str) -> Iterator[Fault]:
    if not any(type(value) is type(one) and value == one for one in known):
        yield Fault(where, _("must be one of: %s.") % ", ".join(str(one) for one in known))


def _object(value: dict[str, Any], node: Node, where: str) -> Iterator[Fault]:
    for name in node["required"]:
        if name not in value:
            yield Fault(where, _("lacks “%s”.") % name)
    for name, inner in value.items():
        if name in node["properties"]:
            yield from _look(inner, node["properties"][name], _into(where, name))
        else:
            yield Fault(where, _("has “%.40s”, which this format does not know.") % name)


def _array(value: list[Any], node: Node, where: str) -> Iterator[Fault]:
    least, most = node["minItems"], node["maxItems"]
    if not least <= len(value) <= most:
        yield Fault(where, _("must have %(least)d to %(most)d entries.") % {"least": least, "most": most})
        return
    each = node.get("prefixItems") or [node["items"]] * len(value)
    for number, (inner, kind) in enumerate(zip(value, each, strict=True), start=1):
        yield from _look(inner, kind, _into(where, number))


def _text(value: str, node: Node, where: str) -> Iterator[Fault]:
    least, most = node.get("minLength", 0), node.get("maxLength", 100)
    if not least <= len(value.strip()) or len(value) > most:
        yield Fault(where, _("must be words, %d letters at most.") % most)
    if "pattern" in node and not re.search(node["pattern"].replace("$", r"\Z"), value):
        yield Fault(where, _("“%.40s” is not written as this format asks.") % value)


def _number(value: int, node: Node, where: str) -> Iterator[Fault]:
    least, most = node["minimum"], node["maximum"]
    if not least <= value <= most:
        yield Fault(where, _("must be from %(least)d to %(most)d.") % {"least": least, "most": most})


def _nothing(value: Any, node: Node, where: str) -> Iterator[Fault]:
    yield from ()


def _into(where: str, name: str | int) -> str:
    return f"{where}.{name}" if where else str(name)


_KINDS: dict[str, tuple[type, Callable[[], str]]] = {
    "object": (dict, lambda: _("must be a group of named values.")),
    "array": (list, lambda: _("must be a list.")),
    "string": (str, lambda: _("must be words.")),
    "integer": (int, lambda: _("must be a whole number.")),
    "boolean": (bool, lambda: _("must be true or false.")),
}
_INSIDE: dict[str, Callable[[Any, Node, str], Iterator[Fault]]] = {
    "object": _object,
    "array": _array,
    "string": _text,
    "integer": _number,
}
