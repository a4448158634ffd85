"""What a client sees of their check-ins: what waits, what they handed in, how often it is asked. Never a score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from clients.instruments import NOT_SAID, Instrument, load, read
from clients.measures import words
from clients.measures.comparing import comparable
from clients.measures.models import MeasurePlan
from clients.measures.rules import reliable_change
from clients.measures.screens.forms import Form, form_of
from clients.measures.screens.plans import rhythm_words
from clients.record.models import Client
from clients.screening.models import Response, Screening
from practice.web.charts import Reliable

MOST_SETS = 24


@dataclass(frozen=True, kw_only=True)
class OwnAnswer:
    """A question and what the client said, in the words that were chosen."""

    question: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class OwnForm:
    """One questionnaire as it was handed in."""

    purpose: str
    attribution: str
    answers: Sequence[OwnAnswer]


@dataclass(frozen=True, kw_only=True)
class OwnSet:
    """What was handed in at one time."""

    at: datetime
    forms: Sequence[OwnForm]


@dataclass(frozen=True, kw_only=True)
class OwnPage:
    """`waiting` are open sets; `rhythms` says how often each is asked; `shared` what the clinician shares in words."""

    waiting: Sequence[Screening]
    handed_in: Sequence[OwnSet]
    rhythms: Sequence[str]
    shared: Sequence[str]

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.handed_in or self.rhythms)


def own_page(client: Client, now: datetime) -> OwnPage:
    """The newest sets of answers, and the plans that run. As many queries for one as for many."""
    today = timezone.localdate(now)
    mine = Screening.objects.filter(client=client, purpose="measure")
    sets = list(mine.filter(submitted_at__isnull=False).order_by("-submitted_at", "-pk")[:MOST_SETS])
    responses = _responses_of(client)
    plans = [plan for plan in MeasurePlan.objects.standing().filter(client=client) if _runs(plan, today)]
    return OwnPage(
        waiting=list(mine.still_open().for_the_client().order_by("asked_at", "pk")),
        handed_in=[_set(one, responses) for one in sets],
        rhythms=[_rhythm(plan) for plan in plans if _is_known(plan.instrument)],
        shared=[_shared(plan, responses) for plan in plans if plan.shared and _is_known(plan.instrument)],
    )


def _responses_of(client: Client) -> list[Response]:
    """Every form that the client handed in, oldest first."""
    rows = Response.objects.submitted().filter(screening__client=client, asked_by_clinician=False)
    return list(rows.order_by("submitted_at", "pk"))


def _set(screening: Screening, responses: Sequence[Response]) -> OwnSet:
    forms = [_form(response) for response in responses if response.screening_id == screening.pk]
    return OwnSet(at=screening.submitted_at or screening.asked_at, forms=forms)


def _form(response: Response) -> OwnForm:
    instrument = read(response.snapshot)
    answers = [
        OwnAnswer(question=item.text, answer=_answer_words(instrument, item.key, response.answers))
        for item in instrument.items
        if item.key in response.answers
    ]
    return OwnForm(purpose=instrument.purpose, attribution=instrument.attribution, answers=answers)


def _answer_words(instrument: Instrument, key: str, answers: Mapping[str, int | str]) -> str:
    answer = answers.get(key)
    return _("Rather talk about it") if answer == NOT_SAID else instrument.item(key).label_of(answer)


def _rhythm(plan: MeasurePlan) -> str:
    return _("%(purpose)s: %(rhythm)s") % {
        "purpose": load(plan.instrument).purpose,
        "rhythm": rhythm_words(plan.every, plan.unit),
    }


def _runs(plan: MeasurePlan, today: date) -> bool:
    return not plan.rhythm.is_over_on(today) and not plan.rhythm.rests_on(today)


def _is_known(key: str) -> bool:
    try:
        load(key)
    except KeyError:
        return False
    return True


def _shared(plan: MeasurePlan, responses: Sequence[Response]) -> str:
    """Which way it went since the first complete form on the same scale; no number."""
    forms = [form_of(response) for response in responses if response.instrument == plan.instrument]
    complete = [
        form for form in forms if form.total is not None and comparable(form.instrument, forms[-1].instrument)
    ]
    return words.shared_words(load(plan.instrument).purpose, _change(complete), forms=len(complete))


def _change(complete: Sequence[Form]) -> Reliable:
    if not complete or complete[0].total is None or complete[-1].total is None:
        return Reliable.NO
    return reliable_change(complete[0].total, complete[-1].total, complete[-1].instrument.reliable_change)
