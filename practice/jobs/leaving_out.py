"""Work that goes through everybody: one record that fails is left out, told, and keeps nobody behind it waiting."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from practice.audit import record
from practice.audit.models import AuditEvent
from practice.audit.trail import HasUid

log = logging.getLogger(__name__)
ACTION = "work_left_out"
TOLD_FOR = timedelta(days=1)


@dataclass
class Left:
    """Whether this one was left out."""

    out: bool = False


@contextmanager
def going_on(work: str, *, client: HasUid, now: datetime) -> Iterator[Left]:
    """Do `work`, a code, for this client; what fails is rolled back by the caller's own transaction within.

    The log and the trail say which record and what kind of error, once a day for each work; never a word of the record.
    """
    left = Left()
    try:
        yield left
    except Exception as broken:  # noqa: BLE001 - whatever broke, the next one's turn comes
        left.out = True
        log.error("%s: client %s was left out (%s)", work, client.uid, type(broken).__name__)  # noqa: TRY400 - a traceback may hold words
        _tell(work, client, now)


@transaction.atomic
def _tell(work: str, client: HasUid, now: datetime) -> None:
    lines = AuditEvent.objects.acts().filter(action=ACTION, at__gt=now - TOLD_FOR)
    if not lines.filter(client_uid=client.uid, reason=work).exists():
        record(ACTION, on=None, by=None, at=now, client=client, outcome="failed", reason=work)
