"""Ask what is due: once a day each, by the plan and not by a person."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from clients.measures import letters
from clients.measures.models import MeasureOccasion, MeasurePlan
from clients.measures.querysets import measures
from clients.measures.standing import PlanStanding, standings_of
from clients.record.models import CareTeamMember, Client
from clients.record.querysets import TREATING_PARTS
from clients.screening.actions import ask_screening
from clients.screening.models import Screening
from practice.audit import record
from practice.people.acting import acting_as
from practice.people.models import Member
from practice.people.roles import Role

log = logging.getLogger(__name__)
ASKED = (Client.Status.PROSPECT, Client.Status.SCREENING, Client.Status.ACTIVE)
"""Nobody is asked while the work rests, or once it has ended."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What came of asking everybody: how many clients had something due, how many were asked, how many went wrong."""

    due: int = 0
    asked: int = 0
    failed: int = 0

    def __add__(self, other: "Sent") -> "Sent":
        return Sent(
            due=self.due + other.due, asked=self.asked + other.asked, failed=self.failed + other.failed
        )


def send_everything_due(*, now: datetime, dry_run: bool = False) -> Sent:
    """Ask every client what is due, each as the clinician who treats them: primary first, then who covers.

    A client for whom something breaks is told in the log and does not keep the others from being asked.
    """
    total, seen = Sent(), set[int]()
    for part in TREATING_PARTS:
        for member in Member.objects.filter(is_active=True, roles__contains=[Role.CLINICIAN]).order_by("pk"):
            with acting_as(member, now=now):
                waiting = [client for client in _due_with(member, part, now) if client.pk not in seen]
            seen |= {client.pk for client in waiting}
            for client in waiting:
                total += Sent(due=1) if dry_run else _send_one(client, member, now)
    return total


@transaction.atomic
def send_due(*, client: Client, by: Member, now: datetime) -> Screening | None:
    """Ask this client what is due today, all of it in one set. None where nothing new is asked.

    A measure that still waits is not sent again: the day is noted, so that the time before shows as a gap. While another
    check-in waits, nothing is added to it; what is due is asked once that one is in.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    if client.status not in ASKED:
        return None
    due = _due(standings_of(_plans_of(client), timezone.localdate(now)))
    _note([one for one in due if one.waiting], None, now)
    fresh = [one for one in due if not one.waiting]
    if not fresh or _waits(client):
        return None
    screening = ask_screening(
        client=client,
        purpose=Screening.Purpose.MEASURE,
        instruments=[one.plan.instrument for one in fresh],
        by=by,
        now=now,
    )
    _note(fresh, screening, now)
    record("measures_sent", on=screening, by=None, at=now, client=client)
    transaction.on_commit(partial(letters.tell, client), robust=True)
    return screening


def _send_one(client: Client, member: Member, now: datetime) -> Sent:
    try:
        with acting_as(member, now=now):
            asked = send_due(client=client, by=member, now=now)
    except Exception:  # one record that will not open keeps nobody else waiting
        log.exception("measures of client %s could not be sent", client.uid)
        return Sent(due=1, failed=1)
    return Sent(due=1, asked=int(asked is not None))


def _due_with(member: Member, part: str, now: datetime) -> list[Client]:
    """The clients whom the member treats in this part, and for whom something is due."""
    today = timezone.localdate(now)
    plans = MeasurePlan.objects.standing().filter(
        client__in=_treated(member, part, now), client__status__in=ASKED
    )
    standing = standings_of(plans.select_related("client"), today)
    return list({one.plan.client_id: one.plan.client for one in _due(standing)}.values())


def _treated(member: Member, part: str, now: datetime) -> Iterable[int]:
    team = CareTeamMember.objects.on(timezone.localdate(now)).filter(member=member, part=part)
    return team.values_list("client_id", flat=True)


def _plans_of(client: Client) -> Iterable[MeasurePlan]:
    return MeasurePlan.objects.standing().filter(client=client)


def _due(standings: Iterable[PlanStanding]) -> list[PlanStanding]:
    """Those to be asked, of questionnaires that this practice still uses."""
    used = measures()
    return [one for one in standings if one.is_due and one.plan.instrument in used]


def _waits(client: Client) -> bool:
    return Screening.objects.filter(client=client, purpose="measure").still_open().exists()


def _note(standings: Sequence[PlanStanding], screening: Screening | None, now: datetime) -> None:
    """Write the day down, once: for what was asked now, or for what waited already."""
    MeasureOccasion.objects.bulk_create(
        MeasureOccasion(
            plan=one.plan,
            due_on=timezone.localdate(now),
            noted_at=now,
            screening=one.waiting.screening if one.waiting else screening,
        )
        for one in standings
    )
