"""Hand an intake in as a whole, and give the record what it does not have yet."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from clients.instruments import NOT_SAID
from clients.intake.screens import tasks_of
from clients.record.models import Client, EmergencyContact
from clients.screening.actions.answering import submit_screening
from clients.screening.models import Screening
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused

LONGEST = {"phone": 32, "pronouns": 40}
LEFT_OPEN = {"", NOT_SAID}


class SectionsMissing(Refused):
    """Every question was looked at: answered, left open where it may be, or kept for a talk."""

    code = "sections_missing"
    message = _("Some questions have no answer yet.")


@transaction.atomic
def hand_in(*, screening: Screening, by: Member, now: datetime) -> Screening:
    """Hand in everything. Telephone, pronouns and emergency contact go where the record has none; nothing is overwritten.

    Raises SectionsMissing and the refusals of `submit_screening`.
    """
    client = Client.objects.select_for_update().get(pk=screening.client_id)
    screening = Screening.objects.select_for_update().get(pk=screening.pk)
    if not screening.is_open:
        return submit_screening(screening=screening, by=by, now=now)
    tasks = tasks_of(screening)
    if missing := [task.title for task in tasks if not task.is_done]:
        raise SectionsMissing(now_("Still without an answer: %s.") % "; ".join(missing))
    screening = submit_screening(screening=screening, by=by, now=now)
    _give_to_the_record(client, {task.key: task.answers for task in tasks}, by, now)
    return screening


def _give_to_the_record(client: Client, said: dict[str, dict[str, str]], by: Member, now: datetime) -> None:
    """Only what was said, and only into what is empty."""
    given = {
        "phone": said.get("reaching", {}).get("phone", ""),
        "pronouns": said.get("about", {}).get("pronouns", ""),
    }
    fresh = {
        field: words
        for field, words in given.items()
        if words not in LEFT_OPEN and not getattr(client, field) and len(words) <= LONGEST[field]
    }
    for field, words in fresh.items():
        setattr(client, field, words)
    client.save(update_fields=list(fresh))
    if _begin_contact(client, said.get("contact", {})) or fresh:
        record("client_edited", on=client, by=by, at=now, client=client)


def _begin_contact(client: Client, said: dict[str, str]) -> bool:
    name, phone = said.get("name", ""), said.get("phone", "")
    if {name, phone} & LEFT_OPEN or EmergencyContact.objects.filter(client=client).exists():
        return False
    relation = said.get("relation", "")
    EmergencyContact.objects.create(
        client=client, name=name, phone=phone, relation="" if relation == NOT_SAID else relation
    )
    return True
