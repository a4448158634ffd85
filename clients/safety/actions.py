"""What clinician and client do with a safety plan: write a version, go through it again."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.safety import rules
from clients.safety.models import FirstAidNote, SafetyPlan
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused, refusing


class PlanSaysNothing(Refused):
    """Six empty steps are no plan."""

    code = "plan_says_nothing"
    message = _("Write down one step at least. The others can follow another day.")
    field = "signs"


class PlanChanged(Refused):
    """Somebody wrote a version since this one was opened."""

    code = "plan_changed"
    message = _("There is a newer version by now. Have a look at it, then save again.")


class NotADayToLookAgain(Refused):
    """A plan that nobody looks at again helps nobody."""

    code = "not_a_day_to_look_again"
    message = _("Choose a day after today, within a year.")
    field = "look_again_on"


@dataclass(frozen=True, kw_only=True)
class PlanWords:
    """The six steps, in the client's words."""

    signs: str = ""
    on_my_own: str = ""
    distraction: str = ""
    people: str = ""
    professionals: str = ""
    surroundings: str = ""


@transaction.atomic
def write_plan(
    *,
    client: Client,
    words: PlanWords,
    is_agreed: bool,
    look_again_on: date,
    seen_version: int,
    by: Member,
    now: datetime,
) -> SafetyPlan:
    """Keep a new version; those before stay. `seen_version` is the one the writer started from, 0 for none.

    Raises PlanChanged, NotADayToLookAgain, PlanSaysNothing.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    newest = SafetyPlan.objects.of(client).first()
    if seen_version != (newest.version if newest else 0):
        raise PlanChanged
    _check_day(look_again_on, now)
    plan = SafetyPlan(
        client=client,
        version=seen_version + 1,
        **asdict(words),
        is_agreed=is_agreed,
        written_by=by,
        written_at=now,
        look_again_on=look_again_on,
    )
    with refusing(safety_plan_says_something=PlanSaysNothing):
        plan.save()
    record("safety_plan_written", on=plan, by=by, at=now, client=client, version=plan.version)
    return plan


@transaction.atomic
def look_at_plan(
    *, client: Client, seen_version: int, look_again_on: date, by: Member, now: datetime
) -> SafetyPlan:
    """Say that both went through it and it still holds. Raises PlanChanged, NotADayToLookAgain."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    plan = SafetyPlan.objects.of(client).first()
    if plan is None or plan.version != seen_version:
        raise PlanChanged
    _check_day(look_again_on, now)
    plan.looked_by, plan.looked_at, plan.look_again_on = by, now, look_again_on
    plan.save(update_fields=["looked_by", "looked_at", "look_again_on"])
    record("safety_plan_looked_at", on=plan, by=by, at=now, client=client, version=plan.version)
    return plan


@transaction.atomic
def note_first_aid(*, client: Client, words: str, by: Member, now: datetime) -> None:
    """Write down what helpers should know, in place of what stood; nothing takes it away."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    note = FirstAidNote.objects.filter(client=client).first()
    if not words.strip():
        if note is not None:
            note.delete()
            record("first_aid_noted", on=client, by=by, at=now, client=client, says="nothing")
        return
    note = note or FirstAidNote(client=client)
    note.words, note.written_by, note.written_at = words, by, now
    note.save()
    record("first_aid_noted", on=note, by=by, at=now, client=client)


def _check_day(day: date, now: datetime) -> None:
    if not rules.is_a_day_to_look_again(day, timezone.localdate(now)):
        raise NotADayToLookAgain
