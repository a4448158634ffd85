"""Data keys in memory: unwrapped at first need, for seconds, and all that a page will need in one question."""

import threading
import time
from typing import Any
from uuid import UUID

from django.conf import settings

from practice.encryption.keyring import Keyring
from practice.encryption.models import DataKey
from practice.encryption.problems import Damaged, Erased
from practice.encryption.sealing import About, OpenKey

KEPT_S = 30.0
KEPT_AT_MOST = 1_000
LOADED_AT_ONCE = 500

_kept: dict[UUID, tuple[OpenKey | None, float]] = {}
_lock = threading.Lock()
_here = threading.local()


def keyring() -> Keyring:
    """The key-encryption keys of this installation."""
    return Keyring.of(settings.RECORD_KEYS)


def will_need(uid: UUID) -> None:
    """A value of this key was read from the database. When one such key is needed, all are brought together."""
    wanted = _wanted()
    wanted[uid] = None
    if len(wanted) > LOADED_AT_ONCE:
        del wanted[next(iter(wanted))]


def key_for(uid: UUID, *, about: About) -> OpenKey:
    """The key of that id, ready for work. Raises Erased when it was destroyed, Damaged when there is none."""
    key = _remembered(uid) or _bring(uid, about=about)
    if key is None:
        raise Erased(about.table, about.field, about.row)
    return key


def key_of_owner(owner: Any, *, about: About) -> OpenKey:
    """The key of a client, asking nothing where its row is at hand. Raises Erased when it was destroyed."""
    key = _remembered(owner.data_key_id)
    if key is None and (row := owner._state.fields_cache.get("data_key")) is not None:
        key = ready(row)
    return key or key_for(owner.data_key_id, about=about)


def ready(row: DataKey) -> OpenKey | None:
    """The key of a row, and remember it; None when it was destroyed. Raises KeyMissing, and Damaged when it is bent."""
    key = None if row.destroyed_at else OpenKey.from_bytes(row.uid, unwrapped(row))
    _remember(row.uid, key)
    return key


def unwrapped(row: DataKey) -> bytes:
    """The bare key of a row that is not destroyed. Raises KeyMissing, and Damaged when it is bent."""
    key = keyring().named(row.kek).unwrap(bytes(row.wrapped), about=wrapping(row.uid))
    if key is None:
        raise Damaged(DataKey._meta.db_table, "wrapped", str(row.uid))
    return key


def wrapping(uid: UUID) -> str:
    """What a wrapped key is bound to."""
    return f"{DataKey._meta.db_table}|{uid}"


def forget(uid: UUID | None = None) -> None:
    """Drop one key from memory, or all of them."""
    with _lock:
        if uid is None:
            _kept.clear()
        else:
            _kept.pop(uid, None)


def _bring(uid: UUID, *, about: About) -> OpenKey | None:
    wanted, _here.wanted = [*_wanted(), uid], {}
    found = {row.uid: row for row in DataKey.objects.filter(pk__in=_not_remembered(wanted))}
    if uid not in found:
        raise Damaged(about.table, about.field, about.row)
    for other in found.keys() - {uid}:
        _ready_or_not(found[other])
    return ready(found[uid])


def _ready_or_not(row: DataKey) -> None:
    """A bent key is spoken of by the values it sealed, not by its neighbours."""
    try:
        ready(row)
    except Damaged:
        return


def _not_remembered(uids: list[UUID]) -> set[UUID]:
    now = time.monotonic()
    return {uid for uid in uids if _kept.get(uid, (None, 0.0))[1] <= now}


def _remembered(uid: UUID) -> OpenKey | None:
    key, until = _kept.get(uid, (None, 0.0))
    return key if until > time.monotonic() else None


def _remember(uid: UUID, key: OpenKey | None) -> None:
    with _lock:
        _kept.pop(uid, None)
        if key is None:
            return
        if len(_kept) >= KEPT_AT_MOST:
            del _kept[next(iter(_kept))]
        _kept[uid] = (key, time.monotonic() + KEPT_S)


def _wanted() -> dict[UUID, None]:
    wanted: dict[UUID, None] | None = getattr(_here, "wanted", None)
    if wanted is None:
        wanted = _here.wanted = {}
    return wanted
