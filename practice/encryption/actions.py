"""What is done with data keys: make, destroy, hand over to another key-encryption key."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import connection, transaction

from practice.audit import record
from practice.encryption import keys
from practice.encryption.models import DataKey
from practice.encryption.problems import Damaged
from practice.encryption.sealing import new_key

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from practice.people.models import Member

BATCH = 200
_HAND_OVER = """
UPDATE practice_datakey SET wrapped = given.wrapped, kek = %s
FROM unnest(%s::uuid[], %s::bytea[]) AS given (uid, wrapped) WHERE practice_datakey.uid = given.uid
"""
Tell = Callable[[int, int], None]


def make_key(*, now: datetime, of_installation: bool = False) -> DataKey:
    """A new data key, wrapped by the current key-encryption key. The installation has one; a second is not made."""
    key = new_wrapped(now=now, of_installation=of_installation)
    DataKey.objects.bulk_create([key], ignore_conflicts=of_installation)
    keys.ready(key)
    return key


def new_wrapped(*, now: datetime, of_installation: bool = False) -> DataKey:
    """A new data key that is not in the database yet, for whoever writes many at once."""
    uid, kek = uuid4(), keys.keyring().current
    wrapped = kek.wrap(new_key(), about=keys.wrapping(uid))
    return DataKey(
        uid=uid, of_installation=of_installation, wrapped=wrapped, kek=kek.fingerprint, created_at=now
    )


@transaction.atomic
def destroy_key(*, key: DataKey, by: "Member | None", now: datetime) -> DataKey:
    """Make all that was sealed with a key unreadable for good. A second time changes nothing.

    Other processes may hold the key in memory for `keys.KEPT_S` seconds more.
    """
    key = DataKey.objects.select_for_update().get(pk=key.pk)
    if key.destroyed_at is None:
        key.wrapped, key.destroyed_at = b"", now
        key.save(update_fields=["wrapped", "destroyed_at"])
        record("key_destroyed", on=key, by=by, at=now, client=getattr(key, "client", None))
    keys.forget(key.pk)
    return key


def rotate(*, now: datetime, tell: Tell) -> list[UUID]:
    """Wrap every data key anew with the current key-encryption key, in batches, while the product serves.

    Stopped half-way, it goes on where it stood when it is asked again; two of them share the work. `tell` hears how
    many are done of how many. Returns the keys that are too damaged to be handed over. Raises KeyMissing.
    """
    total, done, bent = _to_do().count(), 0, list[UUID]()
    while _to_do().exclude(pk__in=bent).exists():
        done += _rotate_some(bent, skip_locked=True) or _rotate_some(bent, skip_locked=False)
        tell(done, total)
    if done:
        record("keys_rotated", on=None, by=None, at=now, count=done, kek=keys.keyring().current.fingerprint)
    return bent


def _to_do() -> "QuerySet[DataKey]":
    return DataKey.objects.filter(destroyed_at=None).exclude(kek=keys.keyring().current.fingerprint)


@transaction.atomic
def _rotate_some(bent: list[UUID], *, skip_locked: bool) -> int:
    """Hand the next batch over; how many. What will not unwrap is added to `bent`.

    What another rotation holds is skipped, and waited for at the end: it may die and leave the rest to us.
    """
    current, moved = keys.keyring().current, dict[UUID, bytes]()
    rows = _to_do().exclude(pk__in=bent).order_by("pk")
    for row in rows.select_for_update(skip_locked=skip_locked)[:BATCH]:
        try:
            moved[row.pk] = current.wrap(keys.unwrapped(row), about=keys.wrapping(row.pk))
        except Damaged:
            bent.append(row.pk)
    with connection.cursor() as cursor:
        cursor.execute(_HAND_OVER, [current.fingerprint, list(moved), list(moved.values())])
    return len(moved)
