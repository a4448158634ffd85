"""Say who reads what clients answer, and by when; say where "Exit quickly" leads."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practice.audit import record
from practice.house import rules
from practice.house.screens import are_numbers_confirmed, response_words
from practice.people.models import Member, Practice
from practice.resources.publishing import publish
from practice.web.refusals import Refused


class NeedsResponseWords(Refused):
    """Whoever answers a question about their safety has to know who reads it and when."""

    code, field = "needs_response_words", "response_words"
    message = _("Say who reads the answers, and by when.")


class NotReadyForClients(Refused):
    """The practice is not open to clients yet."""

    code = "not_ready_for_clients"
    message = _(
        "Before the first client is invited, an owner says who reads answers and by when: on the page “Practice”."
    )


class NumbersNotConfirmed(NotReadyForClients):
    """What a client calls at night has been called once by somebody of the practice."""

    code = "numbers_not_confirmed"
    message = _(
        "Before a client is invited, somebody calls the emergency and crisis numbers that clients are shown, and confirms "
        "them: on the page “Resources”. Every 180 days again."
    )


class NoWayOut(Refused):
    """Whoever leaves in a hurry must end up on a page that says nothing about where they were."""

    code, field = "no_way_out", "exit_to"
    message = _(
        "Write the whole https address of an everyday page, such as that of a weather service, and none of your own."
    )


@transaction.atomic
def set_response_words(*, words: str, by: Member, now: datetime) -> Practice:
    """From now on every client reads this sentence where they answer. Raises NeedsResponseWords for none."""
    if not words.strip():
        raise NeedsResponseWords
    practice = Practice.objects.select_for_update().get()
    practice.response_words = words.strip()
    practice.save(update_fields=["response_words"])
    record("response_words_set", on=None, by=by, at=now)
    return practice


@transaction.atomic
def set_exit(*, to: str, own_host: str = "", by: Member, now: datetime) -> Practice:
    """Show "Exit quickly" on every page of the clients, leading to this address; "" shows it nowhere. Raises NoWayOut."""
    address = to.strip()
    if address and not rules.leads_away(address, own_host=own_host):
        raise NoWayOut
    practice = Practice.objects.select_for_update().get()
    practice.exit_to, practice.exit_is_decided = address, True
    practice.save(update_fields=["exit_to", "exit_is_decided"])
    record("exit_switched_on" if address else "exit_switched_off", on=None, by=by, at=now)
    transaction.on_commit(publish)
    return practice


def check_ready_for_clients(*, now: datetime) -> None:
    """Raises NotReadyForClients, NumbersNotConfirmed."""
    if not response_words():
        raise NotReadyForClients
    if not are_numbers_confirmed(timezone.localdate(now)):
        raise NumbersNotConfirmed
