"""The one way to ask for a new look, whatever noticed that it is needed."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.rescreening import rules
from clients.rescreening.models import Kind, Rescreen
from clients.rescreening.team import responsible_for
from clients.screening.actions.holding import hold_moving
from clients.screening.models import Clearance
from clients.screening.rules import MOVING_MODES
from practice import contributions
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused


class NotToldThisWay(Refused):
    """Some triggers are noticed, not told: a rise of a score, a date that passes."""

    code, field = "not_told_this_way", "kind"
    status: ClassVar[int] = 400
    message = _("Choose what has changed.")


def tell_change(*, client: Client, kind: str, words: str = "", by: Member, now: datetime) -> Rescreen:
    """A clinician notes, or a client tells, that something has changed. Moving waits until somebody has decided."""
    told = rules.TOLD_BY_CLIENT if by.is_client else rules.TOLD_BY_STAFF
    if kind not in told:
        raise NotToldThisWay
    task = trigger(client=client, kind=kind, why=words.strip(), by=by, now=now)
    if task is None:
        raise NotToldThisWay(_("The work with this client has ended, so there is nothing to look at again."))
    return task


@transaction.atomic
def trigger(
    *,
    client: Client,
    kind: str,
    why: str,
    now: datetime,
    by: Member | None = None,
    evidence: Mapping[str, Any] | None = None,
    modes: Collection[str] = MOVING_MODES,
    stopped: Collection[str] = (),
) -> Rescreen | None:
    """Ask a named clinician for a new look, and hold moving where domain.md §2.5 says so. One open task of a kind.

    `why` is a sentence for the care team; `modes` are those that it concerns, `stopped` those that were open and are
    on hold for this already. None where there is nothing to look at again: the work has ended, or what Towpath noticed
    by itself comes before any decision.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    if client.status == Client.Status.ENDED or not _is_for_a_new_look(client, kind):
        return None
    allowed = sorted({*(mode for mode in _allowed(client) if mode in modes), *stopped})
    task = Rescreen.objects.select_for_update().filter(client=client, kind=kind).still_open().first()
    if task is None:
        task = _ask(client, kind, why, allowed, dict(evidence or {}), by, now)
    else:
        _add(task, why, allowed, evidence, by, now)
    if kind in rules.HOLDS:
        hold_moving(
            client=client, screening=None, code=rules.CODES[kind], because=_because(kind, why), now=now,
            modes=modes,
        )  # fmt: skip
    return task


def _is_for_a_new_look(client: Client, kind: str) -> bool:
    if kind not in rules.AFTER_A_DECISION:
        return True
    decided = Clearance.objects.filter(client=client, mode__in=MOVING_MODES, decided_by__isnull=False)
    return decided.exists()


def _allowed(client: Client) -> list[str]:
    newest = Clearance.objects.filter(client=client, mode__in=MOVING_MODES).current()
    return sorted(row.mode for row in newest if row.allows)


def _ask(
    client: Client,
    kind: str,
    why: str,
    allowed: list[str],
    evidence: dict[str, Any],
    by: Member | None,
    now: datetime,
) -> Rescreen:
    task = Rescreen.objects.create(
        client=client,
        kind=Kind(kind),
        why=why,
        evidence=evidence,
        waits_for=allowed,
        assigned_to=responsible_for(client, timezone.localdate(now)),
        raised_by=by,
        raised_at=now,
    )
    if task.assigned_to is None:
        contributions.must_be_heard(now)
    record("rescreen_asked", on=task, by=by, at=now, client=client, rule=rules.CODES[kind])
    return task


def _add(
    task: Rescreen,
    why: str,
    allowed: list[str],
    evidence: Mapping[str, Any] | None,
    by: Member | None,
    now: datetime,
) -> None:
    """The same again while it is open: new words are kept below the old ones, nothing is asked twice."""
    is_new = why and why not in task.why.split("\n")
    task.why = "\n".join(filter(None, [task.why, why])) if is_new else task.why
    task.waits_for = sorted({*task.waits_for, *allowed})
    task.evidence = {**task.evidence, **(evidence or {})}
    task.save(update_fields=["why", "waits_for", "evidence"])
    if is_new:
        record("rescreen_added_to", on=task, by=by, at=now, client=task.client)


def _because(kind: str, why: str) -> str:
    """The reason that the hold carries, in words."""
    known = now_("On hold until somebody has talked with the client: %s.") % Kind(kind).label
    return f"{known} {why}".strip()
