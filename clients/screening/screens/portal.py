"""What a client sees of the questions asked of them. Never a score."""

from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _

from clients.instruments import NOT_SAID, Answer, Instrument, Item, read
from clients.record.models import CareTeamMember, Client
from clients.screening.models import Response, Screening

QUESTIONS_A_MINUTE = 3


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question among all of them. `number` counts through the whole form, `place` within its part."""

    number: int
    response: Response
    instrument: Instrument
    item: Item
    place: str

    @property
    def answer(self) -> Answer | None:
        given: Answer | None = self.response.answers.get(self.item.key)
        return given

    @property
    def is_answered(self) -> bool:
        return self.answer is not None or not self.item.is_required

    @property
    def words(self) -> str:
        """The answer as the client gave it."""
        if self.answer == NOT_SAID:
            return _("I’d rather talk about this in person")
        return self.item.label_of(self.answer)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One questionnaire as a task: what it is about, how far it is, where it continues."""

    purpose: str
    number: int
    questions: tuple[Question, ...]

    @property
    def answered(self) -> int:
        return sum(1 for question in self.questions if question.answer is not None)

    @property
    def is_done(self) -> bool:
        return all(question.is_answered for question in self.questions)

    @property
    def status(self) -> str:
        if self.is_done and self.answered:
            return _("Done")
        if not self.answered:
            return _("Not started")
        return _("%(answered)d of %(total)d") % {"answered": self.answered, "total": len(self.questions)}


@dataclass(frozen=True, kw_only=True)
class MyScreening:
    """The whole form as a list of tasks."""

    screening: Screening
    parts: tuple[Part, ...]
    questions: tuple[Question, ...]

    @property
    def total(self) -> int:
        return len(self.questions)

    @property
    def answered(self) -> int:
        return sum(part.answered for part in self.parts)

    @property
    def is_started(self) -> bool:
        return self.answered > 0

    @property
    def is_complete(self) -> bool:
        return all(part.is_done for part in self.parts)

    @property
    def next_number(self) -> int:
        """The first question without an answer, 1 where there is none."""
        return next((one.number for one in self.questions if not one.is_answered), 1)

    @property
    def minutes(self) -> int:
        return max(1, ceil(self.total / QUESTIONS_A_MINUTE))

    def question(self, number: int) -> Question | None:
        return self.questions[number - 1] if 1 <= number <= self.total else None


def my_screening(screening: Screening) -> MyScreening:
    """The questions of a screening that the client answers themself."""
    parts: list[Part] = []
    first = 1
    for response in screening.responses.filter(asked_by_clinician=False):
        part = _part(response, first)
        parts.append(part)
        first += len(part.questions)
    questions = tuple(question for part in parts for question in part.questions)
    return MyScreening(screening=screening, parts=tuple(parts), questions=questions)


def reader_of(client: Client) -> str:
    """The name of the clinician who reads the answers, "" where nobody treats the client now."""
    primary = CareTeamMember.objects.filter(client=client, part="primary", until=None).select_related(
        "member"
    )
    return next((row.member.name for row in primary), "")


def _part(response: Response, first: int) -> Part:
    instrument = read(response.snapshot)
    total = len(instrument.items)
    questions = tuple(
        Question(
            number=first + index,
            response=response,
            instrument=instrument,
            item=item,
            place=_("Question %(number)d of %(total)d") % {"number": index + 1, "total": total},
        )
        for index, item in enumerate(instrument.items)
    )
    return Part(purpose=instrument.purpose, number=first, questions=questions)
