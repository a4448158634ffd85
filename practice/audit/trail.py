"""Write one line in the trail, inside the caller's transaction."""

from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from practice.people.models import Member


class HasUid(Protocol):
    """Anything with a public id."""

    uid: UUID


def record(
    action: str,
    *,
    on: models.Model,
    by: "Member | None",
    at: datetime,
    client: HasUid | None = None,
    **detail: str | int | bool | None,
) -> None:
    """Add a line: `by` did `action` to `on`, a record about `client`. `by` None means Towpath itself.

    `detail` holds codes and numbers, never words that a person typed.
    """
    apps.get_model("practice", "AuditEvent")._default_manager.create(
        at=at,
        member_uid=by.uid if by else None,
        member_name=by.name if by else "Towpath",
        action=action,
        subject=str(on._meta.model_name),
        subject_uid=getattr(on, "uid", None),
        client_uid=client.uid if client else None,
        detail=detail,
    )
