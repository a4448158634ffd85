"""How plans stand on a day: what was asked or came in last, what waits, what is due."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from clients.measures.models import MeasureOccasion, MeasurePlan
from clients.measures.rules import SESSIONS, is_due, next_day, sessions_left
from clients.screening.models import Response
from clients.screening.querysets import ResponseQuerySet
from practice.contributions import sessions_held

Key = tuple[int, str]
"""(key of the client, questionnaire)."""


@dataclass(frozen=True, kw_only=True)
class PlanStanding:
    """A plan on one day. `last`: when it was last asked or came in; `held`: sessions since; `waiting`: the set in
    which it waits with the client, None where none does."""

    plan: MeasurePlan
    on: date
    last: datetime | None
    held: int
    waiting: Response | None

    @property
    def is_due(self) -> bool:
        return is_due(self.plan.rhythm, on=self.on, last=self._last_day, held=self.held)

    @property
    def next_on(self) -> date | None:
        """The day on which a plan by weeks asks again; None where only sessions or a person can say."""
        return next_day(self.plan.rhythm, self._last_day)

    @property
    def sessions_left(self) -> int | None:
        """How many sessions a plan by sessions still waits for; None for weeks, and before its first day."""
        if self.plan.unit != SESSIONS or self.last is None:
            return None
        return sessions_left(self.plan.rhythm, self.held)

    @property
    def _last_day(self) -> date | None:
        return None if self.last is None else timezone.localdate(self.last)


def standings_of(plans: Iterable[MeasurePlan], on: date) -> list[PlanStanding]:
    """Each plan as it stands that day, in the same order. As many queries for one plan as for hundreds."""
    plans = list(plans)
    if not plans:
        return []
    last, waiting = _last_of(plans), _waiting_of(plans)
    held = _held_since(plans, last)
    return [
        PlanStanding(
            plan=plan,
            on=on,
            last=last.get(plan.pk),
            held=held.get(plan.pk, 0),
            waiting=waiting.get((plan.client_id, plan.instrument)),
        )
        for plan in plans
    ]


def _last_of(plans: Sequence[MeasurePlan]) -> dict[int, datetime]:
    """By plan, when its measure was last asked by the plan or came in by whatever way."""
    asked = dict(
        MeasureOccasion.objects.filter(plan__in=plans)
        .order_by()
        .values_list("plan_id")
        .annotate(Max("noted_at"))
    )
    forms = _forms_of(plans).submitted().order_by().values_list("screening__client_id", "instrument")
    came = {(client, key): at for client, key, at in forms.annotate(Max("submitted_at"))}
    found = {plan.pk: [asked.get(plan.pk), came.get((plan.client_id, plan.instrument))] for plan in plans}
    return {key: max(times) for key, both in found.items() if (times := [at for at in both if at])}


def _waiting_of(plans: Sequence[MeasurePlan]) -> dict[Key, Response]:
    """The forms of these measures that wait with their clients."""
    rows = _forms_of(plans).filter(
        submitted_at=None,
        asked_by_clinician=False,
        screening__submitted_at=None,
        screening__cancelled_at=None,
    )
    rows = rows.select_related("screening").defer("snapshot", "answers", "result")
    return {(row.screening.client_id, row.instrument): row for row in rows}


def _forms_of(plans: Sequence[MeasurePlan]) -> ResponseQuerySet:
    return Response.objects.filter(
        screening__client__in={plan.client_id for plan in plans},
        instrument__in={plan.instrument for plan in plans},
    )


def _held_since(plans: Sequence[MeasurePlan], last: dict[int, datetime]) -> dict[int, int]:
    """By plan of sessions, how many took place since it was last asked or came in."""
    counted = [plan for plan in plans if plan.unit == SESSIONS and plan.pk in last]
    if not counted:
        return {}
    clients = list({plan.client_id for plan in counted})
    held = defaultdict(list)
    for client_id, at in sessions_held(clients, min(last[plan.pk] for plan in counted)):
        held[client_id].append(at)
    return {plan.pk: sum(at > last[plan.pk] for at in held[plan.client_id]) for plan in counted}
