"""A page as a browser reads it: the HTML5 algorithm, not ours, says what is an element and what is text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import tinyhtml5

MARK = "tpx"
"""Stands in every hostile text, in the names of its elements, attributes and functions."""

ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "srcset",
    "xlink:href",
    "hx-get",
    "hx-post",
}
WRITTEN_BY_US = {"script", "style", "template", "iframe", "object", "embed", "base", "link", "meta"}
TYPED = {"text", "search", "email", "tel", "url", "textarea", "hidden"}


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form of a page: where it goes, what it starts with, and which of its fields take words."""

    action: str
    values: dict[str, Any] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    has_file: bool = False


@lru_cache(maxsize=256)
def parsed(html: str) -> Any:
    """The page as a tree; several tests look at the same one."""
    return tinyhtml5.parse(html, namespace_html_elements=False)


def text_of(html: str) -> str:
    """All that a person can read on the page, with what stands in its fields."""
    root = parsed(html)
    typed = " ".join(str(node.get("value")) for node in root.iter("input") if node.get("value"))
    return f"{''.join(root.itertext())} {typed}"


def strangers(html: str) -> list[str]:
    """Elements and attributes that nobody here wrote: what a hostile text has made of the page."""
    return [stranger for node in parsed(html).iter() if isinstance(node.tag, str) for stranger in _of(node)]


def forms_of(html: str, address: str) -> list[Form]:
    """The forms of a page that change something."""
    return [
        _form(node, address)
        for node in parsed(html).iter("form")
        if (node.get("method") or "get").lower() == "post" and not (node.get("action") or "").startswith("#")
    ]


def _of(node: Any) -> Iterator[str]:
    tag = node.tag.rpartition("}")[2].lower()
    if MARK in tag or (tag in WRITTEN_BY_US and MARK in "".join(node.itertext()) and _runs(node)):
        yield f"<{tag}>"
    for key, value in node.attrib.items():
        name = str(key).lower()
        if name.startswith("on") or MARK in name or (name == "style" and MARK in value):
            yield f"{tag} {name}"
        if name in ADDRESSES and value.strip().lower().startswith(("javascript:", "data:text", "vbscript:")):
            yield f"{tag} {name}={value[:40]}"


def _runs(node: Any) -> bool:
    """Data for a script is no script."""
    return bool(node.get("type") != "application/json")


def _form(node: Any, address: str) -> Form:
    values: dict[str, Any] = {}
    words, has_file = [], False
    for control in node.iter():
        name = control.get("name") if isinstance(control.tag, str) else None
        kind = (control.get("type") or "text") if name and control.tag == "input" else str(control.tag)
        if not name or name == "csrfmiddlewaretoken" or kind == "file":
            has_file = has_file or kind == "file"
            continue
        _take(values, name, kind, control)
        if kind in TYPED:
            words.append(name)
    return Form(action=node.get("action") or address, values=values, words=tuple(words), has_file=has_file)


def _take(values: dict[str, Any], name: str, kind: str, control: Any) -> None:
    """What a browser would send for this control, or the first choice where nothing is chosen."""
    if kind == "textarea":
        values[name] = control.text or ""
    elif kind == "select":
        options = [option.get("value", "") for option in control.iter("option")]
        chosen = [option.get("value", "") for option in control.iter("option") if "selected" in option.attrib]
        values[name] = (chosen or [value for value in options if value] or [""])[0]
    elif kind in {"radio", "checkbox"}:
        if "checked" in control.attrib or (kind == "radio" and name not in values):
            values[name] = control.get("value", "on")
    elif kind not in {"submit", "button", "image", "reset"}:
        values[name] = control.get("value", "")
