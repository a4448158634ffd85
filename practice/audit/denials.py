"""A door that stayed closed leaves a line: who stood there, which door, and whose record lay behind it."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.http import Http404, HttpRequest
from django.utils import timezone
from rest_framework import exceptions

from practice.audit.origin import Denial, visit
from practice.audit.trail import DENIED, record
from practice.audit.watched import Watched, watched
from practice.people.acting import acting_as, beyond_the_wall
from practice.web.refusals import Refused

if TYPE_CHECKING:
    from practice.people.models import Member

ASK_AGAIN = "confirm_sign_in"
MOST_IDS = 8
STRANGERS_EVERY_S = 60


def denied(reason: str) -> None:
    """Say that this request is refused, and by which rule; the line is written when the answer is ready."""
    here = visit()
    if here is not None and here.denial is None:
        here.denial = Denial(reason=reason)


def not_found(request: HttpRequest, sent: object = None) -> None:
    """Say so when what was not found is there, and only hidden from whoever asks. `sent` is the body of the request."""
    here = visit()
    if here is not None and here.denial is None and getattr(request, "member", None) is not None:
        here.denial = Denial(reason="not_in_care", ids=tuple(_ids_in(request, sent))[:MOST_IDS])


def told(error: Exception, context: dict[str, Any]) -> None:
    """What the API refuses, seen by how it says so: a lacking right, a bad key, something that is not there."""
    if isinstance(error, Refused):
        if error.status == HTTPStatus.FORBIDDEN and error.code != ASK_AGAIN:
            denied(error.code)
    elif isinstance(error, Http404 | exceptions.NotFound) and (request := context.get("request")):
        not_found(request._request, getattr(request, "_full_data", None))
    elif isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        if getattr(error, "default_code", "") != ASK_AGAIN:
            denied("not_permitted")
    elif isinstance(error, exceptions.AuthenticationFailed):
        denied("key_refused")


def write_denial(request: HttpRequest, denial: Denial) -> None:
    """The line itself. A stranger leaves one a minute at most, so that nobody fills the trail from outside."""
    member: Member | None = getattr(request, "member", None)
    hidden: tuple[models.Model, Any] | None = None
    if denial.ids is not None:
        hidden = _hidden_from(member, denial.ids) if member else None
        if hidden is None:
            return
    if member is None and not cache.add(f"stranger-{_address()}", value=True, timeout=STRANGERS_EVERY_S):
        return
    thing, client = hidden or (None, None)
    record(
        DENIED,
        on=thing,
        by=member,
        at=timezone.now(),
        client=client,
        outcome="refused",
        reason=denial.reason,
        stranger=member is None,
        page=_page(request),
        method=str(request.method)[:8],
    )


def _address() -> str:
    here = visit()
    return here.address if here else ""


def _page(request: HttpRequest) -> str:
    """The name of the door, never its address: an address may carry what somebody typed."""
    match = request.resolver_match
    return (match.url_name or "")[:60] if match else ""


def _ids_in(request: HttpRequest, sent: object) -> Iterator[UUID]:
    """The ids that the address, its query and the body name."""
    match = request.resolver_match
    said: list[object] = [*(match.kwargs.values() if match else ()), *request.GET.values()]
    said += [*(request.POST.values() if sent is None else sent.values() if isinstance(sent, dict) else ())]
    for one in said:
        try:
            yield one if isinstance(one, UUID) else UUID(str(one)[:36])
        except ValueError:
            continue


def _hidden_from(member: "Member", ids: tuple[UUID, ...]) -> tuple[models.Model, Any] | None:
    """The first row of these ids that is there though the member may not see it, and its client; None for none."""
    with beyond_the_wall("whether a row is hidden is asked only when somebody was told that it is not there"):
        found = list(_rows(ids))
    with acting_as(member, now=timezone.now()):
        return next(((row, client) for row, client in found if not _is_visible(row, member)), None)


def _rows(ids: tuple[UUID, ...]) -> Iterator[tuple[models.Model, Any]]:
    """The rows of these ids with their clients, in one question."""
    tables = [one for one in watched() if one.has_uid and one.steps is not None]
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(map(_finding, tables)), [list(ids)] * len(tables))
        places = cursor.fetchall()
    models_of = {one.name: one.model for one in tables}
    of_client = next(one.model for one in tables if one.steps == ())
    for name, uid, client_uid, reference in places:
        yield models_of[name](uid=uid), of_client(uid=client_uid, reference=reference)


def _finding(one: Watched) -> str:
    at, joins = one.client("this")
    return (
        f"SELECT '{one.name}', this.uid, {at}.uid, {at}.reference"  # noqa: S608 - names of our own tables
        f' FROM "{one.table}" this {joins} WHERE this.uid = ANY(%s)'
    )


def _is_visible(row: models.Model, member: "Member") -> bool:
    """Whether the member's own eyes find the row: then something else was missing."""
    rows: Any = type(row)._default_manager.get_queryset()
    seen = next((getattr(rows, name) for name in ("in_care_of", "visible_to") if hasattr(rows, name)), None)
    return seen is None or seen(member).filter(uid=row.uid).exists()  # type: ignore[attr-defined]
