"""Say who reads what clients answer, and by when: no client is invited before."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practice.audit import record
from practice.house.screens import are_numbers_confirmed, response_words
from practice.people.models import Member, Practice
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


def check_ready_for_clients(*, now: datetime) -> None:
    """Raises NotReadyForClients, NumbersNotConfirmed."""
    if not response_words():
        raise NotReadyForClients
    if not are_numbers_confirmed(timezone.localdate(now)):
        raise NumbersNotConfirmed
