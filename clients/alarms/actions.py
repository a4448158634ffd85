"""Call whoever treats the client, at any hour; where nobody does, the owners, who appoint somebody."""

import logging
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from clients.alarms import letters
from clients.record.models import CareTeamMember
from clients.rescreening.models import Rescreen
from clients.screening.models import SafetyAlert
from practice.audit import record
from practice.people.acting import beyond_the_wall
from practice.people.models import Member
from practice.people.roles import Role

log = logging.getLogger(__name__)
WHY = "nobody asks: a letter that waits calls those who must hear"
LOCK = 7_412_031
"""The lock of PostgreSQL under which letters leave: two workers never send the same one."""

Waiting = SafetyAlert | Rescreen


def ring_once_it_is_kept() -> None:
    """Let a worker send what waits as soon as this transaction is through."""
    transaction.on_commit(_ring, robust=True)


def call_whoever_must_hear(*, now: datetime) -> int:
    """Send a letter for each open alert nobody was called for, and each task without a name; how many were called for.

    Each is a transaction of its own. What could not be sent waits for the next time.
    """
    with beyond_the_wall(WHY):
        alerts = list(SafetyAlert.objects.to_call_for().values_list("pk", flat=True))
        tasks = list(Rescreen.objects.to_call_for().values_list("pk", flat=True))
    told = [_called(SafetyAlert, key, now) for key in alerts] + [_called(Rescreen, key, now) for key in tasks]
    return sum(told)


def _called(model: type[Waiting], key: int, now: datetime) -> bool:
    try:
        with beyond_the_wall(WHY):
            return _is_free() and _call(model, key, now)
    except Exception as broken:  # noqa: BLE001 - a record or a server that fails keeps nobody else from being called
        log.error("nobody could be called for %s %s: %s", model.__name__, key, type(broken).__name__)  # noqa: TRY400 - the traceback may hold an address
        return False


def _is_free() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        (free,) = cursor.fetchone()
        return bool(free)


def _call(model: type[Waiting], key: int, now: datetime) -> bool:
    """The row itself is not locked while letters leave: the client's next page would wait for them."""
    one = model._default_manager.to_call_for().select_related("client").filter(pk=key).first()
    if one is None:
        return False
    treating = _treating(one.client_id, now)
    left = letters.call(treating) if treating else letters.call_owners(_owners())
    if not left:
        return False
    model._default_manager.filter(pk=key, raised_at=one.raised_at).update(called_at=now)
    record("called_for", on=one, by=None, at=now, client=one.client, people=left, owners=not treating)
    return True


def _treating(client: int, now: datetime) -> list[Member]:
    """Primary and covering alike: whoever of them is there tonight."""
    team = CareTeamMember.objects.treating_on(timezone.localdate(now)).filter(client=client)
    rows = Member.objects.filter(pk__in=team.values("member")).select_related("user")
    return list(rows.order_by("pk"))


def _owners() -> list[Member]:
    rows = Member.objects.filter(is_active=True, roles__contains=[Role.OWNER])
    return list(rows.select_related("user").order_by("pk"))


def _ring() -> None:
    from clients.alarms.tasks import call_somebody  # noqa: PLC0415 - the task calls back into this module

    try:
        call_somebody.delay()
    except Exception:  # noqa: BLE001 - a dead broker loses a doorbell, never a row: the beat sends what waits
        log.warning("doorbell unanswered for an alarm")
