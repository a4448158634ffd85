"""Answer, one question at a time; hand in; answer a clinician's questions in person."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from clients.instruments import (
    Answer,
    Instrument,
    OutOfRange,
    check_answer,
    is_asked,
    read,
    score,
    unanswered,
)
from clients.intake.touching import touch
from clients.record.models import Client
from clients.screening.actions.holding import hold_for, raise_alert
from clients.screening.evidence import hits_in
from clients.screening.models import Response, SafetyAlert, Screening
from practice import contributions
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused


class ScreeningClosed(Refused):
    """Handed in, or taken back by the clinician."""

    code = "screening_closed"
    message = _("These questions are closed. Nothing more needs to be answered.")


class AlreadySubmitted(Refused):
    code = "already_submitted"
    message = _("These answers are handed in already.")


class AskedByClinician(Refused):
    """A clinician asks these in person; they are no form."""

    code = "asked_by_clinician"
    message = _("Your clinician asks these questions in person.")


class AskedOfTheClient(Refused):
    code = "asked_of_the_client"
    message = _("The client answers these questions themself.")


class NotAnAnswer(Refused):
    """The question does not exist, or does not offer this answer."""

    code, field = "not_an_answer", "value"
    status: ClassVar[int] = 400
    message = _("Please choose one of the answers.")


class QuestionsMissing(Refused):
    """Every question has an answer, or is marked as one to talk about."""

    code = "questions_missing"
    message = _("Some questions have no answer yet.")


@transaction.atomic
def answer(*, response: Response, item: str, value: Answer, by: Member, now: datetime) -> SafetyAlert | None:
    """Keep one answer. A safety answer, or the wish to talk instead, raises an alert and holds moving, at once.

    An answer may change until the screening is handed in; the alert stays. A safety answer that comes too late changes
    nothing that was handed in, and raises its alert all the same: what was said stands in the alert.
    """
    response, client = _locked(response)
    if response.asked_by_clinician:
        raise AskedByClinician
    instrument = read(response.snapshot)
    _check(instrument, item, value)
    is_grave = instrument.item(item).concerns_safety(value)
    is_closed = not response.screening.is_open or response.submitted_at is not None
    if is_closed and not is_grave:
        raise ScreeningClosed
    before = response.answers.get(item)
    response.answers[item] = value
    if not is_closed:
        response.save(update_fields=["answers"])
        touch(screening=response.screening, now=now)
    record("question_answered", on=response, by=by, at=now, client=client, item=item)
    if not is_grave:
        return None
    return _raise(response, item, client, by, now, is_new=before != value)


@transaction.atomic
def submit_screening(*, screening: Screening, by: Member, now: datetime) -> Screening:
    """Hand the answers in: scored, closed for good, and read by the rules. What a clinician asks stays open."""
    client = Client.objects.select_for_update().get(pk=screening.client_id)
    screening = Screening.objects.select_for_update().get(pk=screening.pk)
    if screening.submitted_at:
        raise AlreadySubmitted
    if screening.cancelled_at:
        raise ScreeningClosed
    responses = list(screening.responses.filter(asked_by_clinician=False))
    if not responses:
        raise AskedByClinician
    _expect_answers(responses)
    for response in responses:
        _close(response, now)
    screening.submitted_at = now
    screening.save(update_fields=["submitted_at"])
    record("screening_submitted", on=screening, by=by, at=now, client=client)
    hold_for(
        hits=hits_in(responses, client, timezone.localdate(now)), screening=screening, client=client, now=now
    )
    contributions.answers_handed_in(screening, by, now)
    return screening


@transaction.atomic
def answer_in_person(
    *, response: Response, answers: Mapping[str, Answer], by: Member, now: datetime
) -> Response:
    """Keep what the client said when a clinician asked. Any yes holds; thoughts right now are a crisis."""
    response, client = _locked(response)
    if not response.asked_by_clinician:
        raise AskedOfTheClient
    if response.submitted_at:
        raise AlreadySubmitted
    if response.screening.cancelled_at:
        raise ScreeningClosed
    instrument = read(response.snapshot)
    for item, value in answers.items():
        _check(instrument, item, value)
    response.answers = _asked_only(instrument, answers)
    if missing := unanswered(instrument, response.answers):
        raise QuestionsMissing(field=missing[0])
    _close(response, now)
    record("asked_in_person", on=response, by=by, at=now, client=client, instrument=response.instrument)
    _follow_up(response, instrument, client, by, now)
    _hand_in_what_nobody_else_answers(response.screening, client, by, now)
    return response


def _locked(response: Response) -> tuple[Response, Client]:
    client = Client.objects.select_for_update().get(screenings__responses=response.pk)
    response = (
        Response.objects.select_for_update(of=("self",)).select_related("screening").get(pk=response.pk)
    )
    return response, client


def _check(instrument: Instrument, item: str, value: Answer) -> None:
    try:
        check_answer(instrument, item, value)
    except OutOfRange as error:
        raise NotAnAnswer(field="value" if item in instrument.item_keys else "item") from error


def _raise(
    response: Response, item: str, client: Client, by: Member, now: datetime, *, is_new: bool
) -> SafetyAlert | None:
    """Alert and hold; the same answer sent again after its alert was closed says nothing new."""
    alert = response.alerts.filter(item=item).order_by("-pk").first()
    if is_new or alert is None:
        alert = raise_alert(response=response, item=item, client=client, by=by, now=now)
        hits = hits_in([response], client, timezone.localdate(now))
        hold_for(hits=hits, screening=response.screening, client=client, now=now)
    return alert


def _asked_only(instrument: Instrument, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Without answers to follow-ups that were not to be asked."""
    return {
        key: value for key, value in answers.items() if is_asked(instrument, instrument.item(key), answers)
    }


def _expect_answers(responses: list[Response]) -> None:
    missing = [
        now_("%(part)s, question %(number)d")
        % {"part": instrument.purpose, "number": instrument.item_keys.index(key) + 1}
        for response in responses
        for instrument in [read(response.snapshot)]
        for key in unanswered(instrument, response.answers)
    ]
    if missing:
        raise QuestionsMissing(now_("Still without an answer: %s.") % "; ".join(missing))


def _close(response: Response, now: datetime) -> None:
    result = score(read(response.snapshot), response.answers)
    response.result = {
        "total": result.total,
        "band": result.band,
        "missing": list(result.missing),
        "flags": list(result.flags),
    }
    response.has_total, response.submitted_at = result.total is not None, now
    response.save(update_fields=["answers", "result", "has_total", "submitted_at"])


def _hand_in_what_nobody_else_answers(
    screening: Screening, client: Client, by: Member, now: datetime
) -> None:
    """A set that is asked in person alone is in with its last answers: the client has nothing to hand in."""
    if screening.submitted_at or screening.responses.exclude(
        asked_by_clinician=True, submitted_at__isnull=False
    ):
        return
    screening.submitted_at = now
    screening.save(update_fields=["submitted_at"])
    record("screening_submitted", on=screening, by=by, at=now, client=client)
    contributions.answers_handed_in(screening, by, now)


def _follow_up(response: Response, instrument: Instrument, client: Client, by: Member, now: datetime) -> None:
    """Alert on the gravest yes, else on what they did not want to say, and hold."""
    unsaid = [item.key for item in instrument.items if item.concerns_safety(response.answers.get(item.key))]
    if grave := response.result["flags"] or unsaid:
        raise_alert(response=response, item=grave[-1], client=client, by=by, now=now)
    hits = hits_in([response], client, timezone.localdate(now))
    hold_for(hits=hits, screening=response.screening, client=client, now=now)
