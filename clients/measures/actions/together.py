"""Fill a form in together with the client: the clinician asks, and keeps what is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.instruments import Answer, read, unanswered
from clients.measures.actions.planning import NotAMeasure
from clients.measures.querysets import measures
from clients.record.models import Client
from clients.screening.actions import AskedByClinician, answer, ask_screening, submit_screening
from clients.screening.models import Response, SafetyAlert, Screening
from clients.screening.querysets import ResponseQuerySet
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused


class OtherQuestionsWait(Refused):
    """A set of questions that lies with a client never grows under their hands."""

    code, field = "other_questions_wait", "instrument"
    message = _("Another check-in waits for this client. Fill that one in first, or take it back.")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What came of keeping answers: the alert of a safety answer, the questions still open, the form to go on with.

    `handed_in`: nothing is open any more, and the whole set is in.
    """

    alert: SafetyAlert | None
    missing: tuple[str, ...]
    onward: Response | None
    handed_in: bool


@transaction.atomic
def begin_together(*, client: Client, instrument: str, by: Member, now: datetime) -> Response:
    """The form to fill in: the one that waits with the client already, else a new one."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    if instrument not in measures():
        raise NotAMeasure(field="instrument")
    waiting = _open_forms(client).filter(instrument=instrument).first()
    if waiting is not None:
        return waiting
    if Screening.objects.filter(client=client, purpose="measure").still_open().exists():
        raise OtherQuestionsWait
    screening = ask_screening(
        client=client, purpose=Screening.Purpose.MEASURE, instruments=[instrument], by=by, now=now
    )
    return screening.responses.get()


@transaction.atomic
def keep_together(
    *, response: Response, answers: Mapping[str, Answer], by: Member, now: datetime, hand_in: bool = True
) -> Kept:
    """Keep what the client says, question by question, and (with `hand_in`) hand the set in once nothing is open.

    A safety answer acts as on the client's own page: alert and hold at once, whatever else is still without an answer.
    """
    if response.asked_by_clinician:
        raise AskedByClinician
    client = Client.objects.select_for_update().get(screenings__responses=response.pk)
    kept = Response.objects.get(pk=response.pk)
    alert = _answer_all(kept, answers, by, now)
    record("measure_filled_in_together", on=response, by=by, at=now, client=client)
    forms = list(_forms_of_the_set(response))
    left = {form.pk: unanswered(read(form.snapshot), form.answers) for form in forms}
    onward = next((form for form in forms if left[form.pk] and form.pk != response.pk), None)
    is_whole = hand_in and not any(left.values())
    if is_whole:
        submit_screening(screening=response.screening, by=by, now=now)
    return Kept(alert=alert, missing=left[response.pk], onward=onward, handed_in=is_whole)


def _answer_all(
    kept: Response, answers: Mapping[str, Answer], by: Member, now: datetime
) -> SafetyAlert | None:
    """Each answer that is new, in the order of the questions. The last alert, if one was raised."""
    alert = None
    order = {key: place for place, key in enumerate(read(kept.snapshot).item_keys)}
    for item in sorted(answers, key=lambda key: order.get(key, len(order))):
        if kept.answers.get(item) != answers[item]:
            raised = answer(response=kept, item=item, value=answers[item], by=by, now=now)
            alert = raised or alert
    return alert


def _forms_of_the_set(response: Response) -> ResponseQuerySet:
    return response.screening.responses.filter(asked_by_clinician=False)


def _open_forms(client: Client) -> ResponseQuerySet:
    return Response.objects.filter(
        screening__client=client,
        asked_by_clinician=False,
        submitted_at=None,
        screening__submitted_at=None,
        screening__cancelled_at=None,
    )
