"""Keep what a client tells about themself, one answer at a time."""

from datetime import date, datetime
from typing import ClassVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.instruments import NOT_SAID
from clients.intake.models import IntakeSheet
from clients.intake.sections import Ask, Section, read_section, section_now, written
from clients.intake.touching import touch
from clients.record.models import Client
from clients.record.rules import could_be_born_on
from clients.screening.actions.answering import ScreeningClosed
from clients.screening.models import Screening
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused

MOST_LETTERS = 4_000


class NoSuchQuestion(Refused):
    """Only an intake asks these, and only what stood in it when it was begun."""

    code = "no_such_question"
    status: ClassVar[int] = 404
    message = _("This question is not asked here.")


class NotAnAnswer(Refused):
    code, field = "nothing_told", "value"
    status: ClassVar[int] = 400
    message = _("Please fill this in, or choose to talk about it in person.")


class NotThatDay(Refused):
    """Nobody was born on such a day who comes here now."""

    code, field = "not_that_day", "value"
    message = _("Something looks off with the date. Try 27 3 1988.")


@transaction.atomic
def tell(
    *, screening: Screening, section: str, ask: str, answer: str, by: Member, now: datetime
) -> IntakeSheet:
    """Keep one answer; "" leaves open what may stay empty, NOT_SAID is for a talk. It may change until it is handed in.

    A date of birth goes into a record that has none. Raises ScreeningClosed, NoSuchQuestion, NotAnAnswer, NotThatDay.
    """
    client = Client.objects.select_for_update().get(pk=screening.client_id)
    screening = Screening.objects.select_for_update().get(pk=screening.pk)
    if not screening.is_open:
        raise ScreeningClosed
    sheet = _sheet(screening, client, section)
    asked = read_section(sheet.asked).ask(ask)
    if asked is None:
        raise NoSuchQuestion
    _check(asked, answer, now)
    before = sheet.answers.get(ask)
    sheet.answers, sheet.changed_at = {**sheet.answers, ask: answer}, now
    sheet.save()
    if asked.kind == "date" and answer not in {"", NOT_SAID}:
        _keep_birth_date(client, before, answer, by, now)
    touch(screening=screening, now=now)
    record("intake_told", on=sheet, by=by, at=now, client=client, section=section, item=ask)
    return sheet


def _sheet(screening: Screening, client: Client, key: str) -> IntakeSheet:
    """The section as it was begun, or a new one in today's words. Raises NoSuchQuestion."""
    sheet = IntakeSheet.objects.select_for_update().filter(screening=screening, section=key).first()
    if sheet is not None:
        return sheet
    section: Section | None = section_now(key, knows_birth_date=client.born_on is not None)
    if section is None or screening.purpose != Screening.Purpose.INTAKE:
        raise NoSuchQuestion
    return IntakeSheet(
        client=client, screening=screening, section=key, version=section.version, asked=written(section)
    )


def _check(asked: Ask, answer: str, now: datetime) -> None:
    """Raises NotAnAnswer, NotThatDay."""
    if answer == NOT_SAID or (answer == "" and not asked.is_required):
        return
    if not answer.strip() or len(answer) > MOST_LETTERS:
        raise NotAnAnswer
    if asked.kind == "choice" and answer not in dict(asked.options):
        raise NotAnAnswer
    if asked.kind == "date" and not _could_be(answer, timezone.localdate(now)):
        raise NotThatDay


def _could_be(answer: str, today: date) -> bool:
    try:
        return could_be_born_on(date.fromisoformat(answer), today)
    except ValueError:
        return False


def _keep_birth_date(client: Client, before: str | None, answer: str, by: Member, now: datetime) -> None:
    """Into the record where it has none, or has the one that the client themself has just put right."""
    if client.born_on is None or client.born_on.isoformat() == before:
        client.born_on = date.fromisoformat(answer)
        client.save(update_fields=["born_on"])
        record("client_edited", on=client, by=by, at=now, client=client)
