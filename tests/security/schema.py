"""What the doors take: the fields of the API in its own description, and those of every form class of ours."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from tests.security.callers import Callers
from tests.security.routes import Route, routes


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a body. `kinds` are the JSON schemas that it may follow."""

    route: Route
    verb: str
    content_type: str
    name: str
    kinds: list[dict[str, Any]]

    def is_a(self, wanted: str) -> bool:
        return any(kind.get("format") == wanted for kind in self.kinds)

    @property
    def is_text(self) -> bool:
        plain = [kind for kind in self.kinds if kind.get("type") == "string"]
        return bool(plain) and not any({"format", "enum"} & set(kind) for kind in plain)


def fields(callers: Callers) -> Iterator[Field]:
    """Every field of every body that an endpoint takes."""
    said = json.loads(callers.call("anonymous", "GET", "/api/v1/schema/", {"format": "json"}).content)
    shapes = said["components"]["schemas"]
    for route in routes():
        path = f"/api/v1/{route.path.replace('<uuid:', '{').replace('>', '}')}"
        for verb, operation in said["paths"].get(path, {}).items() if route.is_api else ():
            for kind, content in operation.get("requestBody", {}).get("content", {}).items():
                shape = shapes.get(content["schema"].get("$ref", "").rpartition("/")[2], content["schema"])
                for name, field in shape.get("properties", {}).items():
                    kinds = [field, *field.get("oneOf", []), *field.get("anyOf", [])]
                    yield Field(route=route, verb=verb.upper(), content_type=kind, name=name, kinds=kinds)


def forms_with(kind: type[forms.Field], base: type[forms.BaseForm] = forms.BaseForm) -> set[str]:
    """The form classes of ours with a field of this kind, as "room.Name"; the style guide's samples are none."""
    found = set()
    for form in base.__subclasses__():
        room = form.__module__.removesuffix(".forms")
        is_ours = (
            form.__module__.startswith(("practice.", "clients.", "sessions.")) and "styleguide" not in room
        )
        is_typed_in = is_ours and form.__module__.endswith(".forms")
        fields_of_form = getattr(form, "base_fields", {})
        if is_typed_in and any(isinstance(field, kind) for field in fields_of_form.values()):
            found.add(f"{room}.{form.__name__}")
        found |= forms_with(kind, form)
    return found
