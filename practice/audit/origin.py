"""Where a request comes from, for the trail: address, device, and an id that its answer carries too."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import override

from practice.web.templatetags.towpath import device_words

if TYPE_CHECKING:
    from practice.audit.models import AuditEvent

LONGEST_DEVICE = 60


@dataclass(frozen=True, kw_only=True)
class Denial:
    """A door that stayed closed. `ids`: what was asked for, where it depends on them whether it was a refusal at all."""

    reason: str
    ids: tuple[UUID, ...] | None = None


@dataclass(kw_only=True)
class Visit:
    """One request, and what the trail will say of it: lines of reading are written once, at its end."""

    address: str
    device: str
    request_id: str = field(default_factory=lambda: uuid4().hex)
    reads: "dict[object, AuditEvent]" = field(default_factory=dict)
    told: set[UUID] = field(default_factory=set)
    denial: Denial | None = None


_visit: ContextVar[Visit | None] = ContextVar("visit", default=None)


def visit() -> Visit | None:
    """The request under way; None in a command, a worker, a test of an action."""
    return _visit.get()


def begin_visit(request: HttpRequest) -> Visit:
    """Remember where this request comes from until `end_visit`."""
    here = Visit(address=address_of(request), device=_device_of(request))
    _visit.set(here)
    return here


def end_visit() -> None:
    _visit.set(None)


@contextmanager
def visiting(here: Visit | None) -> Iterator[None]:
    """For what is told after the answer began to leave: it belongs to the request that asked for it."""
    mark = _visit.set(here)
    try:
        yield
    finally:
        _visit.reset(mark)


def address_of(request: HttpRequest) -> str:
    """The address of whoever asks, "" for one that is none. Only a proxy that we trust may speak for another."""
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    said = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",")]
    behind = proxies and len(said) >= proxies
    address = said[-proxies] if behind else str(request.META.get("REMOTE_ADDR", ""))
    try:
        return str(ip_address(address))
    except ValueError:
        return ""


def _device_of(request: HttpRequest) -> str:
    agent = request.headers.get("user-agent", "")
    with override("en"):
        return device_words(agent)[:LONGEST_DEVICE] if agent else ""
