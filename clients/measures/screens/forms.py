"""One form that came in, as a measure: scored and worded as on that day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from clients import instruments
from clients.instruments import Answer, Instrument
from clients.instruments.shapes import Points
from clients.screening.models import Response


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form that came in. `total` is None when more is missing than the questionnaire's own rule lets."""

    on: date
    total: Points | None
    instrument: Instrument
    answers: Mapping[str, Answer]
    prorated: bool = False

    @property
    def partial(self) -> int:
        """What the answered questions add up to: a floor, drawn hollow and called incomplete."""
        given = ((item, self.answers.get(item.key)) for item in self.instrument.scored)
        return sum(item.counts(value) for item, value in given if isinstance(value, int))


def form_of(response: Response) -> Form:
    """The questionnaire comes from the snapshot of that day, not from today's file."""
    submitted = response.submitted_at
    if submitted is None:
        raise ValueError("only forms that came in are measures")
    return Form(
        on=timezone.localdate(submitted),
        total=response.result.get("total"),
        instrument=instruments.read(response.snapshot),
        answers=response.answers,
        prorated=bool(response.result.get("prorated")),
    )
