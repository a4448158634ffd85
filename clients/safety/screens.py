"""A safety plan in words: for the care team with its versions, for the client as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.record.reach import Reach, reaches
from clients.safety import rules
from clients.safety.models import STEPS, FirstAidNote, SafetyPlan
from clients.screening.models import Response
from practice.encryption import Unreadable
from practice.people.models import Member
from practice.people.roles import Permission
from practice.resources.screens import for_country
from practice.web.helplines import Country
from practice.web.refusals import Words

TITLES: dict[str, Words] = {
    "signs": _("Signs I notice when it gets hard"),
    "on_my_own": _("What helps me on my own"),
    "distraction": _("Places and people that take my mind off it"),
    "people": _("People I can ask for help"),
    "professionals": _("Professionals and services"),
    "surroundings": _("Making my surroundings safer"),
}
HEALTH_QUESTIONS, IN_OWN_WORDS = "readiness", "anything_else"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step with what was written; `key` names it."""

    key: str
    title: Words
    text: str


@dataclass(frozen=True, kw_only=True)
class PlanVersion:
    """One version in the list of versions."""

    version: int
    written_by: str
    written_at: datetime
    is_agreed: bool


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """What the care team sees. `plan` is None before the first version; `is_old` when another one stands by now."""

    plan: SafetyPlan | None
    steps: Sequence[Step]
    versions: Sequence[PlanVersion]
    is_old: bool
    is_due: bool
    may_write: bool
    usual_day: date
    help: Country


@dataclass(frozen=True, kw_only=True)
class MyPlan:
    """What the client reads: the newest version that they agreed to, and the numbers that are always there."""

    plan: SafetyPlan | None
    steps: Sequence[Step]
    help: Country


@dataclass(frozen=True, kw_only=True)
class MedicalNeeds:
    """What helpers should know, and since when; `from_answers` when the client wrote it in a questionnaire."""

    words: str
    said_on: date | None
    from_answers: bool = False


def plan_page(
    client: Client, member: Member, now: datetime, *, version: int | None = None
) -> PlanPage | None:
    """The version asked for, else the newest; None for a version that there is not."""
    today, plans = timezone.localdate(now), list(SafetyPlan.objects.visible_to(member).of(client))
    plan = next((one for one in plans if version in {None, one.version}), None)
    if plan is None and version is not None:
        return None
    newest = plans[0] if plans else None
    return PlanPage(
        plan=plan,
        steps=steps_of(plan),
        versions=[_version(one) for one in plans],
        is_old=plan is not newest,
        is_due=newest is not None and plan is newest and rules.is_due(newest.look_again_on, today),
        may_write=member.may(Permission.CHANGE_RECORD) and reaches(member, client.pk, Reach.KEEP),
        usual_day=today + rules.USUALLY_AFTER,
        help=for_country(),
    )


def my_plan(client: Client, member: Member) -> MyPlan:
    plan = SafetyPlan.objects.visible_to(member).of(client).first()
    return MyPlan(plan=plan, steps=steps_of(plan), help=for_country())


def steps_of(plan: SafetyPlan | None) -> list[Step]:
    """The steps in their order; those with nothing written are left out."""
    said = {key: str(getattr(plan, key)) for key in STEPS} if plan else {}
    return [Step(key=key, title=TITLES[key], text=text) for key, text in said.items() if text]


def medical_needs(client: Client, member: Member) -> MedicalNeeds | None:
    """What the care team wrote down for helpers, else what the client last wrote about their health themself."""
    note = FirstAidNote.objects.visible_to(member).filter(client=client).first()
    if note is not None:
        return MedicalNeeds(words=note.words, said_on=timezone.localdate(note.written_at))
    return _from_answers(client, member)


def _from_answers(client: Client, member: Member) -> MedicalNeeds | None:
    rows = Response.objects.visible_to(member).filter(
        screening__client=client, instrument=HEALTH_QUESTIONS, submitted_at__isnull=False
    )
    last = rows.order_by("-submitted_at", "-pk").first()
    if last is None or last.submitted_at is None:
        return None
    try:
        words = str(last.answers.get(IN_OWN_WORDS, "")).strip()
    except Unreadable:
        return None
    on = timezone.localdate(last.submitted_at)
    return MedicalNeeds(words=words, said_on=on, from_answers=True) if words else None


def _version(plan: SafetyPlan) -> PlanVersion:
    return PlanVersion(
        version=plan.version,
        written_by=plan.written_by.name,
        written_at=plan.written_at,
        is_agreed=plan.is_agreed,
    )
