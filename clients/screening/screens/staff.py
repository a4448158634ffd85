"""One screening, one alert: what a clinician sees."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from clients.instruments import Instrument, read
from clients.record.models import Client
from clients.screening.evidence import age_of
from clients.screening.models import Response, SafetyAlert, Screening
from clients.screening.screens.evidence import Evidence, evidence_of
from practice.encryption import reading


@dataclass(frozen=True, kw_only=True)
class ToAsk:
    """A questionnaire that a clinician still has to ask in person."""

    response: Response
    instrument: Instrument


@dataclass(frozen=True, kw_only=True)
class ScreeningPage:
    """One screening: how far it is, what the answers say, and what is still to be asked in person."""

    screening: Screening
    client: Client
    title: str
    state: str
    state_badge: str
    evidence: Evidence
    to_ask: tuple[ToAsk, ...]
    is_open: bool
    is_in_person: bool


@dataclass(frozen=True, kw_only=True)
class AlertPage:
    """A safety answer: which question, what was said, what the client says about right now."""

    alert: SafetyAlert
    client: Client
    question: str
    answer: str
    instrument: str
    raised_at: datetime
    safe_now: str
    is_closed: bool
    by: str

    @property
    def title(self) -> str:
        if self.alert.would_rather_talk:
            return _("Would rather talk about it")
        return _("Safety answer")


def screening_page(screening: Screening, on: date) -> ScreeningPage:
    """What stands in one screening; `client` and `asked_by` come with it."""
    responses = list(screening.responses.all())
    badge, state = _state(screening, responses)
    return ScreeningPage(
        screening=screening,
        client=screening.client,
        title=str(Screening.Purpose(screening.purpose).label),
        state=state,
        state_badge=badge,
        evidence=evidence_of(responses, age=age_of(screening.client, on)),
        to_ask=tuple(
            ToAsk(response=response, instrument=read(response.snapshot))
            for response in responses
            if response.asked_by_clinician and not response.submitted_at and not screening.cancelled_at
        ),
        is_open=screening.is_open,
        is_in_person=all(response.asked_by_clinician for response in responses),
    )


def alert_page(alert: SafetyAlert) -> AlertPage:
    """One alert; its response, client and closer come with it."""
    instrument = read(alert.response.snapshot)
    item = instrument.item(alert.item)
    return AlertPage(
        alert=alert,
        client=alert.client,
        question=item.text,
        answer=alert.said or item.label_of(reading.part(alert.response, "answers", {}).get(alert.item)),
        instrument=instrument.name,
        raised_at=alert.raised_at,
        safe_now=safe_words(alert.safe_now),
        is_closed=alert.seen_at is not None,
        by=alert.seen_by.name if alert.seen_by else "",
    )


def safe_words(safe_now: str) -> str:
    """What the client said about right now."""
    return {
        "yes": _("Says they are safe right now."),
        "no": _("Says they are not safe right now."),
        "unsure": _("Is not sure whether they are safe right now."),
    }.get(safe_now, _("Has not said whether they are safe right now."))


def progress_words(responses: list[Response]) -> str:
    """How many of the client's own questions have an answer."""
    own = [response for response in responses if not response.asked_by_clinician]
    answered = sum(len(reading.part(response, "answers", {})) for response in own)
    total = sum(len(response.snapshot["items"]) for response in own)
    return _("%(answered)d of %(total)d questions answered") % {"answered": answered, "total": total}


def _state(screening: Screening, responses: list[Response]) -> tuple[str, str]:
    if screening.cancelled_at:
        return "plain", _("Taken back")
    if screening.submitted_at:
        return "info", _("Handed in")
    if all(response.asked_by_clinician for response in responses):
        return "due", _("To be asked in person")
    return "due", _("With the client: %s") % progress_words(responses)
