"""Before anything is served: can every record be opened? Better no page than half a record."""

import logging

from django.db import DatabaseError, connection
from django.db.models import Count

from practice.encryption import keys
from practice.encryption.models import DataKey

log = logging.getLogger(__name__)
WHAT_TO_DO = (
    "{count} of the keys to the records are wrapped with the key {kek}, which is neither in TOWPATH_KEY nor in "
    "TOWPATH_OLD_KEYS. Put that key back: in TOWPATH_KEY if another one has taken its place by mistake, in "
    "TOWPATH_OLD_KEYS if it was taken out too early. It may go when `manage.py keys rotate` has said so. Without it "
    "these records cannot be opened by anybody."
)


class RecordsStayShut(SystemExit):
    """Some records could not be opened with the keys we were given, so nothing starts."""

    def __init__(self, why: str) -> None:
        super().__init__(f"towpath: {why}")


def keys_by_kek() -> dict[str, int]:
    """How many data keys each key-encryption key wraps, by its fingerprint."""
    rows = DataKey.objects.filter(destroyed_at=None).values_list("kek").annotate(Count("pk")).order_by("kek")
    return dict(rows)


def why_records_stay_shut() -> str:
    """What is missing and what to do about it; "" when every record has its key."""
    ours = keys.keyring().fingerprints
    missing = {kek: count for kek, count in keys_by_kek().items() if kek not in ours}
    return " ".join(WHAT_TO_DO.format(kek=kek, count=count) for kek, count in missing.items())


def refuse_to_start_without_keys() -> None:
    """Raises RecordsStayShut. Says nothing where the database does not answer yet: then nothing is served either.

    The connection is given back whole, so that the caller may fork.
    """
    try:
        why = why_records_stay_shut()
    except DatabaseError as problem:
        log.warning("The keys to the records could not be looked at: %s", type(problem).__name__)
        why = ""
    finally:
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined] # PostgreSQL's connection has it
    if why:
        raise RecordsStayShut(why)
