"""What the care team sees of a client's agreements: what stands, what is missing, what they said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from clients.consents import texts
from clients.consents.choices import About, Step
from clients.consents.models import Consent
from clients.consents.rules import is_adult
from clients.consents.screens.ledger import KindRow, Line, kind_rows, lines_of, own_words
from clients.consents.standing import Agreed, is_needed, standing_of
from clients.record.models import Client


@dataclass(frozen=True, kw_only=True)
class ClientAgreements:
    """`missing` are sentences about what does not stand; `own_words` (heading, words) of the signature that does."""

    agreed: Agreed
    copy: Consent | None
    number: int
    is_needed: bool
    is_minor: bool
    missing: Sequence[str]
    talk: str
    own_words: Sequence[tuple[str, str]]
    kinds: Sequence[KindRow]
    lines: Sequence[Line]


def client_agreements(client: Client, now: datetime) -> ClientAgreements:
    """In the same number of questions, however much was said."""
    last = Consent.objects.filter(client=client).spoken().last_words().select_related("by")
    said = {row.about: row for row in last}
    number, row = texts.current_number(), said.get(About.MOVEMENT)
    today, kinds = timezone.localdate(now), kind_rows(said)
    agreed = standing_of(row, today, born_on=client.born_on, current=number)
    return ClientAgreements(
        agreed=agreed,
        copy=row if row and row.step == Step.GIVEN else None,
        number=number,
        is_needed=is_needed(),
        is_minor=not is_adult(client.born_on, today),
        missing=_missing(agreed, kinds),
        talk=_wish_to_talk(client),
        own_words=own_words(row),
        kinds=kinds,
        lines=lines_of(client),
    )


def _missing(agreed: Agreed, kinds: Sequence[KindRow]) -> list[str]:
    found = [] if agreed.stands else [agreed.words]
    kept = [str(row.kind.staff) for row in kinds if row.said == Step.WITHDRAWN]
    if kept:
        found.append(_("The client keeps to themself: %s. It is shown nowhere here.") % ", ".join(kept))
    return found


def _wish_to_talk(client: Client) -> str:
    """The heading of the point that the client would like to talk about, while that is their newest line."""
    newest = Consent.objects.filter(client=client, about=About.MOVEMENT).newest_first().first()
    return newest.words if newest and newest.step == Step.TALK else ""
