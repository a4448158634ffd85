"""Seal the trail, look at it as a whole, say that it may begin anew after a restore."""

import time
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from practice.audit import heads
from practice.audit.faults import Fault
from practice.audit.models import TrailCheck
from practice.audit.rules import check_is_due
from practice.audit.sealing import Sealed, seal
from practice.audit.trail import record
from practice.audit.verifying import Finding, verify
from practice.people.models import Member

MOST_SAID = 20
"""Of lines that are missing at once: the next look at the whole trail says how it stands."""


def keep_trail(*, now: datetime) -> None:
    """What the beat does every few seconds: seal, note the head each hour, look at everything once a night."""
    sealed = seal(now=now)
    if sealed.missing:
        _note_missing(sealed, now)
    heads.append_if_due(now=now)
    last = TrailCheck.objects.newest_first().first()
    if check_is_due(timezone.localtime(last.at) if last else None, timezone.localtime(now)):
        check_trail(by=None, now=now)


def check_trail(*, by: Member | None, now: datetime) -> tuple[TrailCheck, Finding]:
    """Seal what is written, look at everything, keep what was found; an intact chain leaves its head outside."""
    seal(now=now)
    began = time.monotonic()
    finding = verify()
    took = time.monotonic() - began
    check = _keep(finding, took, now)
    record(
        "trail_checked",
        on=check,
        by=by,
        at=now,
        outcome="done" if finding.is_intact else "failed",
        reason=check.fault,
        sealed=finding.sealed,
    )
    if finding.is_intact:
        heads.append(now=now)
    return check, finding


def accept_trail(*, by: Member | None, now: datetime) -> heads.Head:
    """Count the chain as it stands from here on, after a backup was put back on purpose. It stays told in the trail."""
    record("trail_accepted", on=None, by=by, at=now)
    seal(now=now)
    return heads.append(now=now, accepted=True)


@transaction.atomic
def _keep(finding: Finding, took: float, now: datetime) -> TrailCheck:
    first = finding.faults[0] if finding.faults else Fault(code="")
    return TrailCheck.objects.create(
        at=now,
        sealed=finding.sealed,
        unsealed=finding.unsealed,
        milliseconds=round(took * 1000),
        fault=first.code,
        where=first.where,
    )


def _note_missing(sealed: Sealed, now: datetime) -> None:
    """Somebody took lines away before they were sealed: each is said at once, and once, whatever was wrong before."""
    for missing in sealed.missing[:MOST_SAID]:
        fault = Fault(code="number_gone", where=missing._asdict())
        if not TrailCheck.objects.filter(fault=fault.code, where=fault.where).exists():
            _keep(Finding(sealed=sealed.count, unsealed=0, faults=(fault,)), 0.0, now)
