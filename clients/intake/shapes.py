"""What programs receive about a client's questions, and send to answer those that are in no questionnaire."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from clients.instruments import Item
from clients.intake.actions.telling import MOST_LETTERS
from clients.intake.screens import SheetTask, Told, known_to_the_record
from clients.intake.sections import Ask
from clients.screening.models import Screening
from clients.screening.screens.portal import MyScreening, Part, Question
from clients.screening.shapes import AnswerField
from practice.web.api import In, Out

STAGES = [(stage, stage) for stage in ("start", "check", "done", "closed")]
KINDS = [(kind, kind) for kind in ("choice", "count", "words", "line", "phone", "date")]
LONGEST_KEY = 40


class TaskLine(Out):
    key = serializers.CharField()
    title = serializers.CharField()
    status = serializers.CharField(help_text="In words.")
    answered = serializers.IntegerField()
    total = serializers.IntegerField(
        help_text="How many are asked; it changes where an answer asks for more."
    )
    is_done = serializers.BooleanField()


class PlaceOut(Out):
    """Where it goes on. All empty where nothing waits: what may stay empty waits for nobody, and is offered all the same."""

    task = serializers.CharField(allow_blank=True)
    section = serializers.CharField(allow_blank=True)
    instrument = serializers.CharField(allow_blank=True)
    key = serializers.CharField(allow_blank=True)


class TasksOut(Out):
    """The whole form as a list of tasks. `reader` is who reads the answers, `response_words` by when."""

    id = serializers.UUIDField()
    purpose = serializers.ChoiceField(choices=Screening.Purpose.choices)
    stage = serializers.ChoiceField(
        choices=STAGES, help_text="check: everything is answered and can be handed in."
    )
    total = serializers.IntegerField()
    answered = serializers.IntegerField()
    minutes = serializers.IntegerField(help_text="About how long it takes as a whole.")
    reader = serializers.CharField(allow_blank=True)
    response_words = serializers.CharField(allow_blank=True)
    waits_until = serializers.DateField(allow_null=True, help_text="An unfinished form is erased then.")
    erased_on = serializers.DateField(allow_null=True, help_text="When an unfinished form was erased.")
    tasks = TaskLine(many=True)
    next = PlaceOut()


class QuestionOption(Out):
    value = AnswerField()
    label = serializers.CharField()  # type: ignore[assignment] # declared fields leave the class


class QuestionOut(Out):
    """One question: of a section (answer it at `sections/`) or of a questionnaire (at `answers/`)."""

    section = serializers.CharField(allow_blank=True)
    instrument = serializers.CharField(allow_blank=True)
    key = serializers.CharField()
    why = serializers.CharField(allow_blank=True, help_text="What it is for, at the first of its kind.")
    stem = serializers.CharField(allow_blank=True)
    text = serializers.CharField()
    help = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(choices=KINDS)
    options = QuestionOption(many=True)
    least = serializers.IntegerField(allow_null=True)
    most = serializers.IntegerField(allow_null=True)
    unit = serializers.CharField(allow_blank=True)
    is_required = serializers.BooleanField()
    may_wait = serializers.BooleanField(
        help_text="`not_said` is an answer: I’d rather talk about this in person."
    )
    is_asked = serializers.BooleanField(
        help_text="A follow-up is asked only after an answer that calls for it."
    )
    is_answered = serializers.BooleanField()
    answer = AnswerField(allow_null=True)
    words = serializers.CharField(allow_blank=True, help_text="The answer in words.")
    known = serializers.CharField(allow_blank=True, help_text="What the record says already, to begin with.")
    attribution = serializers.CharField(allow_blank=True, help_text="To be shown with the question.")
    licence = serializers.CharField(allow_blank=True)
    licence_note = serializers.CharField(allow_blank=True)


class TaskOut(TaskLine):
    questions = QuestionOut(many=True)
    next = PlaceOut()


class LineOut(Out):
    question = serializers.CharField()
    words = serializers.CharField(allow_blank=True, help_text="Empty for nothing.")


class CheckTask(Out):
    key = serializers.CharField()
    title = serializers.CharField()
    lines = LineOut(many=True)


class CheckOut(Out):
    """Every answer as it would be handed in."""

    stage = serializers.ChoiceField(choices=STAGES)
    tasks = CheckTask(many=True)


class TellIn(In):
    section = serializers.SlugField(max_length=LONGEST_KEY)
    ask = serializers.SlugField(max_length=LONGEST_KEY)
    value = serializers.CharField(
        max_length=MOST_LETTERS,
        allow_blank=True,
        help_text="A date as 1988-03-27; `not_said` for a talk in person; empty where it may stay empty.",
    )


class KeptAnswerOut(Out):
    section = serializers.CharField()
    ask = serializers.CharField()
    value = serializers.CharField(allow_blank=True)
    is_done = serializers.BooleanField(help_text="Nothing of this section waits for an answer.")
    next = PlaceOut()


class ToldSectionOut(Out):
    key = serializers.CharField()
    title = serializers.CharField()
    at = serializers.DateTimeField(help_text="When it was last changed.")
    is_draft = serializers.BooleanField(help_text="Not handed in yet.")
    lines = LineOut(many=True)


class ClientToldOut(Out):
    """What a client told about themself. The desk reads how to reach them, the care team all of it."""

    client = serializers.UUIDField()
    sections = ToldSectionOut(many=True)


def task_line(task: SheetTask | Part) -> dict[str, Any]:
    total = len(task.told) if isinstance(task, SheetTask) else len(task.asked)
    names = ("key", "title", "status", "answered", "is_done")
    return {"total": total, **{name: getattr(task, name) for name in names}}


def questions_of(task: SheetTask | Part) -> list[dict[str, Any]]:
    if isinstance(task, SheetTask):
        return [_told(one) for one in task.told]
    return [_question(one) for one in task.questions]


def lines_of(task: SheetTask | Part) -> list[dict[str, str]]:
    """What was asked, with the answers in words."""
    if isinstance(task, SheetTask):
        return [{"question": one.ask.text, "words": one.words} for one in task.told]
    return [{"question": one.item.text, "words": one.words} for one in task.asked]


def next_of(tasks: Sequence[SheetTask | Part]) -> dict[str, str]:
    """The first question of the first task with one that waits for an answer."""
    nowhere = {"task": "", "section": "", "instrument": "", "key": ""}
    for task in tasks:
        for one in [] if task.is_done else questions_of(task):
            if not one["is_answered"]:
                return (
                    nowhere | {"task": task.key} | {key: one[key] for key in ("section", "instrument", "key")}
                )
    return nowhere


def tasks_out(page: MyScreening, *, reader: str, response_words: str) -> dict[str, Any]:
    end = page.end
    return {
        "id": page.screening.uid,
        "purpose": page.screening.purpose,
        "reader": reader,
        "response_words": response_words,
        "waits_until": end.until if end else None,
        "erased_on": end.erased_on if end else None,
        "tasks": [task_line(task) for task in page.tasks],
        "next": next_of(page.tasks),
        **{name: getattr(page, name) for name in ("stage", "total", "answered", "minutes")},
    }


def _told(one: Told) -> dict[str, Any]:
    ask: Ask = one.ask
    return {
        "section": one.section.key,
        "instrument": "",
        "key": ask.key,
        "why": one.section.why if one.is_first else "",
        "stem": "",
        "text": ask.text,
        "help": ask.help,
        "kind": ask.kind,
        "options": [{"value": value, "label": label} for value, label in ask.options],
        "is_required": ask.is_required,
        "may_wait": ask.is_required or ask.kind == "choice",
        "is_asked": True,
        "is_answered": one.answer is not None,
        "answer": one.answer,
        "words": one.words,
        "known": known_to_the_record(one.screening.client, one),
        **_counted(None),
        "attribution": "",
        "licence": "",
        "licence_note": "",
    }


def _question(one: Question) -> dict[str, Any]:
    item, instrument = one.item, one.instrument
    return {
        "section": "",
        "instrument": one.response.instrument,
        "key": item.key,
        "why": instrument.why if one.is_first else "",
        "stem": one.stem,
        "text": item.text,
        "help": item.help,
        "kind": item.kind,
        "options": [{"value": option.value, "label": option.label} for option in item.options],
        "is_required": item.is_required,
        "may_wait": item.kind != "words",
        "is_asked": one.is_asked,
        "is_answered": one.is_answered,
        "answer": one.answer,
        "words": one.words,
        "known": "",
        **_counted(item),
        **{name: getattr(instrument, name) for name in ("attribution", "licence", "licence_note")},
    }


def _counted(item: Item | None) -> dict[str, Any]:
    """From where to where a number goes; null for what is no number."""
    if item is None or item.kind != "count":
        return {"least": None, "most": None, "unit": ""}
    return {"least": item.least, "most": item.most, "unit": item.unit}
