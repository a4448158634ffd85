"""What a client sees of the questions asked of them. Never a score."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.instruments import NOT_SAID, Answer, Instrument, Item, is_asked, read
from clients.intake.screens import DraftEnd, SheetTask, draft_end, status_words, tasks_of
from clients.intake.sections import AFTER, BEFORE, TASKS, heading
from clients.record.models import CareTeamMember, Client
from clients.screening.models import Response, Screening

QUESTIONS_A_MINUTE = 4


class Placed(NamedTuple):
    """A question of a questionnaire under its task."""

    task: tuple[int, str]
    response: Response
    instrument: Instrument
    item: Item


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question among all of them. `number` counts through the whole form, `place` within its questionnaire.

    `is_first`: the first of its questionnaire under this task, where it is said what it is about. `is_hidden`: it was
    answered before whoever looks came by a link, so that it is answered and no more.
    """

    number: int
    title: str
    response: Response
    instrument: Instrument
    item: Item
    place: str
    is_first: bool
    is_hidden: bool = False

    @property
    def name(self) -> str:
        """What the form calls it: it stays the same wherever the question stands."""
        return f"{self.response.instrument}.{self.item.key}"

    @property
    def stem(self) -> str:
        return self.item.stem or self.instrument.stem

    @property
    def answer(self) -> Answer | None:
        given: Answer | None = self.response.answers.get(self.item.key)
        return given

    @property
    def is_asked(self) -> bool:
        """A follow-up is asked only after an answer that calls for it."""
        return is_asked(self.instrument, self.item, self.response.answers)

    @property
    def is_answered(self) -> bool:
        return self.answer is not None or not self.item.is_required or not self.is_asked

    @property
    def words(self) -> str:
        """The answer as the client gave it."""
        if self.is_hidden:
            return _("Answered")
        if self.answer == NOT_SAID:
            return _("I’d rather talk about this in person")
        return self.item.label_of(self.answer)


@dataclass(frozen=True, kw_only=True)
class Part:
    """Questions of one task: what it is about, how far it is, where it continues."""

    title: str
    screening: Screening
    questions: tuple[Question, ...]

    @property
    def key(self) -> str:
        """What programs call the task."""
        first = self.questions[0]
        return TASKS[heading(first.response.instrument, first.item.key)[0]]

    @property
    def number(self) -> int:
        return self.questions[0].number

    @property
    def asked(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.is_asked)

    @property
    def answered(self) -> int:
        return sum(1 for question in self.asked if question.answer is not None)

    @property
    def is_done(self) -> bool:
        return all(question.is_answered for question in self.questions)

    @property
    def status(self) -> str:
        return _("Done") if self.is_done and self.answered else status_words(self.answered, len(self.asked))

    @property
    def url(self) -> str:
        """Where it goes on: its first question without an answer."""
        number = next((one.number for one in self.questions if not one.is_answered), self.number)
        return reverse("my_question", args=[self.screening.uid, number])


@dataclass(frozen=True, kw_only=True)
class MyScreening:
    """The whole form as a list of tasks: sections before, questions, sections after."""

    screening: Screening
    before: Sequence[SheetTask]
    parts: tuple[Part, ...]
    after: Sequence[SheetTask]
    questions: tuple[Question, ...]

    @property
    def tasks(self) -> list[SheetTask | Part]:
        return [*self.before, *self.parts, *self.after]

    @property
    def sections(self) -> list[SheetTask]:
        return [*self.before, *self.after]

    @property
    def total(self) -> int:
        return sum(len(part.asked) for part in self.parts) + sum(len(task.told) for task in self.sections)

    @property
    def answered(self) -> int:
        return sum(task.answered for task in self.tasks)

    @property
    def hides(self) -> bool:
        """Whether there are answers that are not shown to who came by a link."""
        told = (one.is_hidden for task in self.sections for one in task.told)
        return any(one.is_hidden for one in self.questions) or any(told)

    @property
    def is_open(self) -> bool:
        return self.screening.is_open

    @property
    def stage(self) -> str:
        """Where it stands: closed by the clinician, done, ready to check, or at its start."""
        if self.screening.cancelled_at:
            return "closed"
        if self.screening.submitted_at:
            return "done"
        return "check" if self.is_complete else "start"

    @property
    def is_started(self) -> bool:
        return self.answered > 0

    @property
    def is_complete(self) -> bool:
        return all(task.is_done for task in self.tasks)

    @property
    def next_url(self) -> str:
        """The first page that waits for an answer; the list where there is none."""
        undone = (task.url for task in self.tasks if not task.is_done)
        return next(undone, reverse("my_screening", args=[self.screening.uid]))

    @property
    def end(self) -> DraftEnd | None:
        """What is to be said about the end of an unfinished form."""
        return draft_end(self.screening)

    @property
    def minutes(self) -> int:
        return max(1, ceil(self.total / QUESTIONS_A_MINUTE))

    def asked_as(self, name: str, number: int) -> Question | None:
        """The question that a form names; for a form that names none, the one at this number."""
        if name:
            return next((one for one in self.questions if one.name == name), None)
        return self.questions[number - 1] if 1 <= number <= len(self.questions) else None

    def number_before(self, number: int) -> int:
        """The question before this one that is asked, 0 for the list."""
        return next((one.number for one in reversed(self.questions[: number - 1]) if one.is_asked), 0)

    def number_after(self, number: int, answer: Answer) -> int:
        """The question that follows once this one has the answer, 0 after the last."""
        here = self.questions[number - 1]
        given = {**here.response.answers, here.item.key: answer}
        return next((one.number for one in self.questions[number:] if _follows(one, here, given)), 0)


def my_screening(screening: Screening, said: frozenset[str] | None = None) -> MyScreening:
    """The questions of a screening that the client answers themself.

    `said` names the questions whose answers may be shown; None shows all.
    """
    tasks = tasks_of(screening, said)
    questions = tuple(_hidden(one, said) for one in _numbered(sorted(_placed(screening), key=_turn)))
    parts = tuple(
        Part(title=title, screening=screening, questions=tuple(same))
        for title, same in groupby(questions, key=lambda question: question.title)
    )
    return MyScreening(
        screening=screening,
        before=[task for task in tasks if task.key in BEFORE],
        parts=parts,
        after=[task for task in tasks if task.key in AFTER],
        questions=questions,
    )


def reader_of(client: Client) -> str:
    """The name of the clinician who reads the answers, "" where nobody treats the client now."""
    treating = CareTeamMember.objects.treating_on(timezone.localdate()).filter(client=client)
    primary_first = treating.select_related("member").order_by("-part", "-since", "-pk")
    return next((row.member.name for row in primary_first), "")


def _placed(screening: Screening) -> list[Placed]:
    return [
        Placed(heading(response.instrument, item.key), response, instrument, item)
        for response in screening.responses.filter(asked_by_clinician=False)
        for instrument in [read(response.snapshot)]
        for item in instrument.items
    ]


def _turn(one: Placed) -> tuple[int, int]:
    """By task; within it by questionnaire; items as the questionnaire has them (sorting keeps their order)."""
    return one.task[0], one.response.order


def _numbered(placed: Sequence[Placed]) -> list[Question]:
    """Counted through, with the place of each within its questionnaire under its task."""
    together = [list(same) for _key, same in groupby(placed, key=lambda one: (one.task, one.response.pk))]
    return [
        Question(
            number=number,
            title=one.task[1],
            response=one.response,
            instrument=one.instrument,
            item=one.item,
            place=_("Question %(number)d of %(total)d") % {"number": index, "total": len(same)},
            is_first=index == 1,
        )
        for number, (index, one, same) in enumerate(
            ((index, one, same) for same in together for index, one in enumerate(same, start=1)), start=1
        )
    ]


def _hidden(question: Question, said: frozenset[str] | None) -> Question:
    is_open = said is None or question.answer is None or question.name in said
    return question if is_open else replace(question, is_hidden=True)


def _follows(one: Question, here: Question, given: dict[str, Answer]) -> bool:
    """Whether a later question is asked, with the answer that was just given."""
    same = one.response is here.response
    return is_asked(one.instrument, one.item, given) if same else one.is_asked
