"""A program that talks to the API with a token, over HTTP."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

from tests.story.product import Product


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`body` is JSON read, or bytes for anything else."""

    status: int
    kind: str
    body: Any


@dataclass(frozen=True, kw_only=True)
class Program:
    """Speaks for the member whose token it holds."""

    product: Product
    token: str

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, "")

    def post(self, path: str, **body: Any) -> Answer:
        return self._ask("POST", path, json.dumps(body).encode(), "application/json")

    def send(self, method: str, path: str, **body: Any) -> Answer:
        return self._ask(method, path, json.dumps(body).encode(), "application/json")

    def upload(self, path: str, file_name: str, content: bytes, **fields: str) -> Answer:
        """A multipart form with one file."""
        edge = uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{file_name}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), content, f"\r\n--{edge}--\r\n".encode()])
        return self._ask("POST", path, body, f"multipart/form-data; boundary={edge}")

    def _ask(self, method: str, path: str, body: bytes | None, kind: str) -> Answer:
        request = Request(f"{self.product.url}/api/v1/{path}", data=body, method=method)
        request.add_header("Authorization", f"Bearer {self.token}")
        if kind:
            request.add_header("Content-Type", kind)
        try:
            with urlopen(request, timeout=30) as answer:
                return _read(answer.status, answer.headers.get_content_type(), answer.read())
        except HTTPError as refusal:
            return _read(refusal.code, refusal.headers.get_content_type(), refusal.read())


def _read(status: int, kind: str, body: bytes) -> Answer:
    is_json = kind.endswith("json") and body
    return Answer(status=status, kind=kind, body=json.loads(body) if is_json else body)


def program_of(product: Product, email: str, *scopes: str) -> Program:
    """With a token made on the command line, which prints it as its last line."""
    wanted = [word for scope in scopes for word in ("--scope", scope)]
    said = product.manage("token", "create", "--email", email, *wanted)
    return Program(product=product, token=said.splitlines()[-1])
