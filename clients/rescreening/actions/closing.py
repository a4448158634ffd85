"""A decision of a person closes what waited for it."""

from datetime import datetime

from clients.rescreening.models import Rescreen
from clients.screening.models import Clearance
from clients.screening.rules import MOVING_MODES
from practice.audit import record
from practice.people.models import Member


def close_what_waited(*, decision: Clearance, by: Member | None, now: datetime) -> list[Rescreen]:
    """Close the client's tasks that wait for this decision alone. A hold by a rule closes nothing.

    The client's row is locked by the caller.
    """
    if by is None or decision.mode not in MOVING_MODES:
        return []
    waiting = Rescreen.objects.select_for_update().filter(client=decision.client_id).still_open()
    return [task for task in waiting.order_by("pk") if _close(task, decision, by, now)]


def _close(task: Rescreen, decision: Clearance, by: Member, now: datetime) -> bool:
    task.waits_for = [mode for mode in task.waits_for if mode != decision.mode]
    if not task.waits_for:
        task.closed_at, task.closed_by, task.decision = now, by, decision
        record("rescreen_closed", on=task, by=by, at=now, client=decision.client)
    task.save(update_fields=["waits_for", "closed_at", "closed_by", "decision"])
    return not task.is_open
