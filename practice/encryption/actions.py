"""What is done with data keys."""

from datetime import datetime
from uuid import uuid4

from practice.encryption import keys
from practice.encryption.models import DataKey
from practice.encryption.sealing import new_key


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
