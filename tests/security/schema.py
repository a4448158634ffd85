"""What the API says that it takes, found in its own description."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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
