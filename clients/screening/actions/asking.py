"""Ask a client a set of questionnaires, or take the asking back."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.instruments import keys, load, written
from clients.record.models import Client
from clients.screening.models import Response, Screening
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused, refusing

SETS = {
    Screening.Purpose.INTAKE: keys(),
    Screening.Purpose.REVIEW: tuple(key for key in keys() if key != "asq"),
    Screening.Purpose.MEASURE: ("phq9", "gad7"),
}
"""What each purpose asks unless somebody chooses otherwise."""


class AlreadyAsked(Refused):
    """One open set of a purpose at a time."""

    code, field = "already_asked", "purpose"
    message = _("These questions are waiting for this client already.")


class UnknownQuestionnaire(Refused):
    """Only the questionnaires that we ship."""

    code, field = "unknown_questionnaire", "instruments"
    status: ClassVar[int] = 400
    message = _("We do not have this questionnaire.")


class NothingToAsk(Refused):
    code, field = "nothing_to_ask", "instruments"
    status: ClassVar[int] = 400
    message = _("Choose at least one questionnaire.")


class NotOpen(Refused):
    """Only what is not handed in can be taken back."""

    code = "not_open"
    message = _("These questions are not open any more.")


@transaction.atomic
def ask_screening(
    *, client: Client, purpose: str, by: Member, now: datetime, instruments: Sequence[str] | None = None
) -> Screening:
    """Ask the client a set of questionnaires; without `instruments`, the set of the purpose.

    Each is kept with its wording and scoring of today.
    """
    chosen = _chosen(purpose, instruments)
    client = Client.objects.select_for_update().get(pk=client.pk)
    with refusing(one_open_screening_of_a_purpose=AlreadyAsked):
        screening = Screening.objects.create(client=client, purpose=purpose, asked_by=by, asked_at=now)
    Response.objects.bulk_create(_blank(screening, key) for key in chosen)
    record("screening_asked", on=screening, by=by, at=now, client=client, purpose=purpose)
    return screening


@transaction.atomic
def cancel_screening(*, screening: Screening, by: Member, now: datetime) -> Screening:
    """Take open questions back. What was answered stays in the record; nobody is asked any more."""
    client = Client.objects.select_for_update().get(pk=screening.client_id)
    screening = Screening.objects.select_for_update().get(pk=screening.pk)
    if not screening.is_open:
        raise NotOpen
    screening.cancelled_at = now
    screening.save(update_fields=["cancelled_at"])
    record("screening_cancelled", on=screening, by=by, at=now, client=client)
    return screening


def _chosen(purpose: str, instruments: Sequence[str] | None) -> tuple[str, ...]:
    if instruments is None:
        return SETS[Screening.Purpose(purpose)]
    if unknown := set(instruments) - set(keys()):
        raise UnknownQuestionnaire(_("We do not have this questionnaire: %s.") % ", ".join(sorted(unknown)))
    if not instruments:
        raise NothingToAsk
    return tuple(key for key in keys() if key in instruments)


def _blank(screening: Screening, key: str) -> Response:
    instrument = load(key)
    return Response(
        screening=screening,
        order=keys().index(key),
        instrument=key,
        version=instrument.version,
        asked_by_clinician=instrument.asked_by == "clinician",
        snapshot=written(instrument),
    )
