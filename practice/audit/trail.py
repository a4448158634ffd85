"""Write a line in the trail, inside the caller's transaction."""

from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.apps import apps
from django.db import models

from practice.audit.origin import visit
from practice.database.inserting import insert

if TYPE_CHECKING:
    from practice.audit.models import AuditEvent
    from practice.people.models import Member

Code = str | int | bool | None
TOWPATH = "Towpath"
READ, LISTED, DENIED = "client_read", "list_read", "denied"


class HasUid(Protocol):
    """A client: anything with a public id, and a reference that says nothing about the person."""

    @property
    def uid(self) -> UUID: ...


def record(
    action: str,
    *,
    on: models.Model | None,
    by: "Member | None",
    at: datetime,
    client: HasUid | None = None,
    outcome: str = "done",
    reason: str = "",
    stranger: bool = False,
    **detail: Code,
) -> None:
    """Add a line: `by` did `action` to `on`, a record about `client`. `by` None means Towpath itself.

    `outcome` is done, refused, failed or cut. `reason` is a code, and `detail` holds codes and numbers: never words that a
    person typed. `stranger`: nobody knows who it was, so it was not Towpath either.
    """
    line = _line(action, on, by, at, client, detail)
    line.outcome, line.reason = outcome, reason
    if stranger:
        line.member_name = ""
    insert(line)
    here = visit()
    if here is not None and client is not None:
        here.told.add(client.uid)


def read(
    action: str, *, on: models.Model | None, by: "Member", at: datetime, client: HasUid, **detail: Code
) -> None:
    """Add a line that `by` was shown something of a client's record: one line per request and client.

    Of several in one request the last stands, one that names a thing (`note_read`) before a general one
    (`client_read`), and none where the request also says that something was done with the same client's record. It is
    written before the answer leaves.
    """
    _note(client.uid, _line(action, on, by, at, client, detail))


def listed(kind: str, *, count: int, by: "Member", at: datetime, client: HasUid | None = None) -> None:
    """Add a line that `by` was shown a list: how many rows of which kind, of one client or of several."""
    line = _line(LISTED, None, by, at, client, {"list": kind, "count": count})
    _note(client.uid if client else kind, line)


def _name_of(member: "Member", client: HasUid | None) -> str:
    """A name that may stay for ever: a colleague's own, a client's reference."""
    if not member.is_client:
        return member.name
    own = client if getattr(client, "member_id", None) == member.pk else getattr(member, "client", None)
    return str(getattr(own, "reference", ""))


def _note(key: object, line: "AuditEvent") -> None:
    here = visit()
    if here is None:
        insert(line)
    elif line.action != READ or getattr(here.reads.get(key), "action", READ) == READ:
        here.reads[key] = line


def _line(
    action: str,
    on: models.Model | None,
    by: "Member | None",
    at: datetime,
    client: HasUid | None,
    detail: dict[str, Code],
) -> "AuditEvent":
    here = visit()
    event: type[AuditEvent] = apps.get_model("practice", "AuditEvent")
    return event(
        at=at,
        member_uid=by.uid if by else None,
        member_name=_name_of(by, client) if by else TOWPATH,
        member_roles=",".join(by.roles) if by else "",
        action=action,
        subject=str(on._meta.model_name) if on is not None else "",
        subject_uid=getattr(on, "uid", None),
        client_uid=client.uid if client else None,
        client_reference=str(getattr(client, "reference", "")) if client else "",
        address=here.address if here else "",
        device=here.device if here else "",
        request=here.request_id if here else "",
        detail=detail,
    )
