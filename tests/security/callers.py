"""Whoever sends a request: each role of the town, signed in once."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client as Browser
from django.test import RequestFactory, override_settings
from django.test.client import ClientHandler

from practice.models import Member
from tests.conftest import sign_in_freshly

UNENFORCED = {"no_factor": {"DEMO": False}}


class Callers(RequestFactory):
    """Sends requests as a role of the town, through one server that is built once: thousands of them are sent."""

    def __init__(self, people: Mapping[str, Member]) -> None:
        super().__init__()
        self._sessions = {role: _signed_in(member) for role, member in people.items()}
        self._server = ClientHandler(enforce_csrf_checks=False)

    def call(self, role: str, verb: str, address: str, body: Any = None, **more: Any) -> HttpResponse:
        """The answer, with all that was written on the way taken back."""
        with undone():
            return self.call_for_good(role, verb, address, body, **more)

    def call_for_good(
        self, role: str, verb: str, address: str, body: Any = None, **more: Any
    ) -> HttpResponse:
        """The answer; what was written stays until the end of the test. A role nobody knows is anonymous."""
        self.cookies.clear()
        if role in self._sessions:
            self.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[role]
        with override_settings(**UNENFORCED[role]) if role in UNENFORCED else _nothing():
            return getattr(self, verb.lower())(address, **packed(verb, address, body), **more)  # type: ignore[no-any-return]

    def request(self, **request: Any) -> Any:
        """Where RequestFactory makes a request, this sends it."""
        return self._server(self._base_environ(**request))  # type: ignore[attr-defined] # the stubs leave it out


@contextmanager
def undone() -> Iterator[None]:
    """A savepoint that is always rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _signed_in(member: Member) -> str:
    browser = Browser()
    sign_in_freshly(browser, member)
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def packed(verb: str, address: str, body: Any) -> dict[str, Any]:
    """JSON to the API, a form to a page, a query to what is read."""
    if verb in {"GET", "HEAD", "OPTIONS"}:
        return {"query_params": body or {}}
    if isinstance(body, bytes | str):
        return {"data": body}
    if address.startswith("/api/") and not _has_file(body):
        return {"data": json.dumps(body if body is not None else {}), "content_type": "application/json"}
    return {"data": body or {}}


def _has_file(body: Any) -> bool:
    return isinstance(body, dict) and any(hasattr(value, "read") for value in body.values())
