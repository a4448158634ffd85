"""Ask a client a set of questionnaires, or take the asking back."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.instruments import Instrument, offered, written
from clients.record.models import Client
from clients.screening.models import Response, Screening
from clients.screening.rules import GATE, REVIEWED
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused, refusing

SETS = {
    Screening.Purpose.INTAKE: GATE,
    Screening.Purpose.REVIEW: (*REVIEWED[:2], "core10", *REVIEWED[2:]),
    Screening.Purpose.MEASURE: ("phq9", "gad7"),
}
"""What each purpose asks unless somebody chooses otherwise."""


class AlreadyAsked(Refused):
    """One open set of a purpose at a time."""

    code, field = "already_asked", "purpose"
    message = _("These questions are waiting for this client already.")


class UnknownQuestionnaire(Refused):
    """Only the questionnaires that this practice uses."""

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
    Response.objects.bulk_create(
        _blank(screening, order, instrument) for order, instrument in enumerate(chosen)
    )
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


def _chosen(purpose: str, instruments: Sequence[str] | None) -> list[Instrument]:
    """Those that are wanted, in the order in which they are asked. One query."""
    wanted = SETS[Screening.Purpose(purpose)] if instruments is None else tuple(instruments)
    here = {instrument.key: instrument for instrument in offered()}
    if unknown := set(wanted) - set(here):
        raise UnknownQuestionnaire(_("We do not have this questionnaire: %s.") % ", ".join(sorted(unknown)))
    if not wanted:
        raise NothingToAsk
    order = wanted if instruments is None else [key for key in here if key in wanted]
    return [here[key] for key in order]


def _blank(screening: Screening, order: int, instrument: Instrument) -> Response:
    return Response(
        screening=screening,
        order=order,
        instrument=instrument.key,
        version=instrument.version,
        asked_by_clinician=instrument.asked_by == "clinician",
        snapshot=written(instrument),
    )
