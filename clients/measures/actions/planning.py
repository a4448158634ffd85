"""Plan how often a measure is asked; change the plan, let it rest, take it up again, end it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.measures.models import MeasurePlan
from clients.measures.querysets import measures
from clients.record.models import Client
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused, refusing


class NotAMeasure(Refused):
    """Only questionnaires that this practice uses and that can show a change."""

    code, field = "not_a_measure", "instruments"
    status: ClassVar[int] = 400
    message = _("This questionnaire is not one that is asked again and again here.")


class NothingToPlan(Refused):
    code, field = "nothing_to_plan", "instruments"
    status: ClassVar[int] = 400
    message = _("Choose at least one questionnaire.")


class AlreadyPlanned(Refused):
    """One plan of a measure at a time, so that nobody is asked by two."""

    code, field = "already_planned", "instruments"
    message = _("There is a plan for this questionnaire already. Change that one.")


class NoRhythm(Refused):
    code, field = "no_rhythm", "every"
    status: ClassVar[int] = 400
    message = _("Choose a number from 1 to 52.")


class EndsBeforeItBegins(Refused):
    code, field = "ends_before_it_begins", "until"
    message = _("The last day is before the first.")


class WorkHasEnded(Refused):
    """Nobody is asked once the work together is over."""

    code = "work_has_ended"
    message = _("The work with this client has ended.")


class PlanEnded(Refused):
    code = "plan_ended"
    message = _("This plan has ended. Make a new one.")


class PausedAlready(Refused):
    code = "paused_already"
    message = _("This plan rests already.")


class NotPaused(Refused):
    code = "not_paused"
    message = _("This plan does not rest.")


class ResumesTooEarly(Refused):
    code, field = "resumes_too_early", "resumes_on"
    message = _("Choose a day after today, or none.")


@dataclass(frozen=True, kw_only=True)
class PlanWords:
    """What a plan says: every so many sessions or weeks, from a first to a last day, and whether the client reads it."""

    every: int
    unit: str
    starts_on: date
    until: date | None = None
    shared: bool = False


@transaction.atomic
def plan_measures(
    *, client: Client, instruments: Sequence[str], words: PlanWords, by: Member, now: datetime
) -> list[MeasurePlan]:
    """Plan these measures in one rhythm: all of them, or none."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    if client.status == Client.Status.ENDED:
        raise WorkHasEnded
    if not instruments:
        raise NothingToPlan
    used = measures()
    if set(instruments) - set(used):
        raise NotAMeasure
    return [_plan(client, key, words, by, now) for key in used if key in instruments]


@transaction.atomic
def change_plan(*, plan: MeasurePlan, words: PlanWords, by: Member, now: datetime) -> MeasurePlan:
    """Another rhythm or other days. What was due before stays as it was."""
    plan, client = _standing(plan)
    _write(plan, words)
    record("measure_plan_changed", on=plan, by=by, at=now, client=client, every=plan.every, unit=plan.unit)
    return plan


@transaction.atomic
def pause_plan(*, plan: MeasurePlan, resumes_on: date | None, by: Member, now: datetime) -> MeasurePlan:
    """Ask no more from today on: until a day, or until somebody says so. What waits with the client stays there."""
    plan, client = _standing(plan)
    today = timezone.localdate(now)
    if plan.rhythm.rests_on(today):
        raise PausedAlready
    if resumes_on is not None and resumes_on <= today:
        raise ResumesTooEarly
    plan.paused_on, plan.resumes_on = today, resumes_on
    plan.save(update_fields=["paused_on", "resumes_on"])
    record("measure_plan_paused", on=plan, by=by, at=now, client=client)
    return plan


@transaction.atomic
def resume_plan(*, plan: MeasurePlan, by: Member, now: datetime) -> MeasurePlan:
    """Ask again from today on."""
    plan, client = _standing(plan)
    if not plan.rhythm.rests_on(timezone.localdate(now)):
        raise NotPaused
    plan.paused_on = plan.resumes_on = None
    plan.save(update_fields=["paused_on", "resumes_on"])
    record("measure_plan_resumed", on=plan, by=by, at=now, client=client)
    return plan


@transaction.atomic
def end_plan(*, plan: MeasurePlan, by: Member, now: datetime) -> MeasurePlan:
    """Ask no more. What waits with the client stays there until it is handed in or taken back."""
    plan, client = _standing(plan)
    plan.ended_at, plan.ended_by = now, by
    plan.save(update_fields=["ended_at", "ended_by"])
    record("measure_plan_ended", on=plan, by=by, at=now, client=client)
    return plan


def _plan(client: Client, key: str, words: PlanWords, by: Member, now: datetime) -> MeasurePlan:
    plan = MeasurePlan(client=client, instrument=key, set_by=by, set_at=now)
    _write(plan, words)
    record("measure_planned", on=plan, by=by, at=now, client=client, every=plan.every, unit=plan.unit)
    return plan


def _write(plan: MeasurePlan, words: PlanWords) -> None:
    plan.every, plan.unit, plan.shared = words.every, words.unit, words.shared
    plan.starts_on, plan.until = words.starts_on, words.until
    with refusing(
        one_plan_per_measure=AlreadyPlanned,
        measure_plan_has_a_rhythm=NoRhythm,
        measure_plan_ends_after_it_begins=EndsBeforeItBegins,
    ):
        plan.save()


def _standing(plan: MeasurePlan) -> tuple[MeasurePlan, Client]:
    """Under the client's lock, as it stands now. Raises PlanEnded."""
    client = Client.objects.select_for_update().get(pk=plan.client_id)
    plan = MeasurePlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.ended_at:
        raise PlanEnded
    return plan, client
