"""Secrets of the installation itself, such as the seeds of second factors: sealed with a data key that no client owns."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.db import transaction
from django.utils import timezone

from practice.encryption import keys
from practice.encryption.actions import make_key
from practice.encryption.models import DataKey
from practice.encryption.problems import Damaged
from practice.encryption.sealing import About, OpenKey, key_of, opened, seal

TABLE = "installation"


def seal_text(text: str, *, about: str) -> str:
    """The text sealed, as text. `about` says what it is and whose (`totp:<user id>`); it opens with the same only."""
    return urlsafe_b64encode(seal(text.encode(), key=_own_key(), about=_place(about))).decode()


def open_text(sealed: str, *, about: str) -> str:
    """What `seal_text` sealed. Raises Damaged when it is another text, or about something else."""
    place = _place(about)
    try:
        value = urlsafe_b64decode(sealed.encode())
    except ValueError:
        raise Damaged(place.table, place.field, place.row) from None
    key = keys.key_for(key_of(value, about=place), about=place)
    return opened(value, key=key, about=place).decode()


def _place(about: str) -> About:
    return About(TABLE, "secret", about)


def _own_key() -> OpenKey:
    place = _place("its own key")
    row = DataKey.objects.filter(of_installation=True, destroyed_at=None).first() or _made()
    return keys.key_for(row.uid, about=place)


def _made() -> DataKey:
    """The installation's key, made at first need; two who need it first at the same moment get the same one."""
    with transaction.atomic():
        make_key(now=timezone.now(), of_installation=True)
    return DataKey.objects.get(of_installation=True, destroyed_at=None)
