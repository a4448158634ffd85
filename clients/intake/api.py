"""A client's own questions for programs, task by task; and what a client told about themself, for those who may read it."""

from typing import ClassVar
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from clients.instruments import NOT_SAID
from clients.intake import actions, shapes
from clients.intake.forms import SectionForm
from clients.intake.screens import SheetTask, told_by
from clients.intake.sections import Ask
from clients.record.actions import note_reading
from clients.record.models import Client
from clients.screening import screens
from clients.screening.api import problems
from clients.screening.models import Screening
from clients.screening.screens.portal import Part
from practice.house.screens import response_words
from practice.people.roles import Permission
from practice.web.api import Endpoint, Out, found, held_to


class IntakeEndpoint(Endpoint):
    scope = "screenings"
    serializer_class: type[Out] = shapes.TasksOut

    def own(self, uid: UUID) -> Screening:
        """The questions that the client who asks answers themself, or Http404."""
        return found(Screening.objects.visible_to(self.member).own_of(self.member), uid)

    def opened(self, uid: UUID) -> screens.MyScreening:
        """The form as it stands, with a line in the trail."""
        screening = self.own(uid)
        note_reading(client=screening.client, part="own", by=self.member, now=timezone.now())
        return screens.my_screening(screening)


class Tasks(IntakeEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.ANSWER_SCREENING}

    @extend_schema(
        operation_id="list_tasks",
        description="The client’s own form as a list of tasks: how far each is, where it goes on, who reads it.",
        responses={200: shapes.TasksOut, **problems(404)},
    )
    def get(self, request: Request, uid: UUID) -> Response:
        page = self.opened(uid)
        reader = screens.reader_of(page.screening.client)
        said = shapes.tasks_out(page, reader=reader, response_words=response_words())
        return Response(shapes.TasksOut(said).data)


class OneTask(IntakeEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.ANSWER_SCREENING}
    serializer_class = shapes.TaskOut

    @extend_schema(
        operation_id="read_task",
        description="The questions of one task as they are worded for this form, each with what was said and whose it is.",
        responses={200: shapes.TaskOut, **problems(404)},
    )
    def get(self, request: Request, uid: UUID, task: str) -> Response:
        page = self.opened(uid)
        one = _named(page, task)
        said = {**shapes.task_line(one), "questions": shapes.questions_of(one), "next": shapes.next_of([one])}
        return Response(shapes.TaskOut(said).data)


class CheckAnswers(IntakeEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.ANSWER_SCREENING}
    serializer_class = shapes.CheckOut

    @extend_schema(
        operation_id="check_answers",
        description="Every answer in words, before all of it is handed in.",
        responses={200: shapes.CheckOut, **problems(404)},
    )
    def get(self, request: Request, uid: UUID) -> Response:
        page = self.opened(uid)
        tasks = [
            {"key": task.key, "title": task.title, "lines": shapes.lines_of(task)} for task in page.tasks
        ]
        return Response(shapes.CheckOut({"stage": page.stage, "tasks": tasks}).data)


class Tell(IntakeEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.ANSWER_SCREENING}
    serializer_class = shapes.KeptAnswerOut

    @extend_schema(
        operation_id="tell_about_oneself",
        description="Keep one answer to a question that is in no questionnaire. It may change until all is handed in.",
        request=shapes.TellIn,
        responses={200: shapes.KeptAnswerOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        screening, sent = self.own(uid), self.read(shapes.TellIn, request)
        section, ask = sent["section"], sent["ask"]
        answer = _answer(_ask(screens.my_screening(screening), section, ask), sent["value"])
        actions.tell(
            screening=screening, section=section, ask=ask, answer=answer, by=self.member, now=timezone.now()
        )
        page = screens.my_screening(self.own(uid))
        said = {"section": section, "ask": ask, "value": answer, "is_done": _named(page, section).is_done}
        return Response(shapes.KeptAnswerOut({**said, "next": shapes.next_of(page.tasks)}).data)


class ClientTold(IntakeEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.READ_CONTACTS}
    serializer_class = shapes.ClientToldOut

    @extend_schema(
        operation_id="read_what_a_client_told",
        description="What a client told beside the questionnaires, the newest of each section; drafts say so.",
        responses={200: shapes.ClientToldOut, **problems(404)},
    )
    def get(self, request: Request, uid: UUID) -> Response:
        client = found(Client.objects.visible_to(self.member), uid)
        note_reading(client=client, part="told", by=self.member, now=timezone.now())
        sections = [
            {
                "key": one.key,
                "title": one.title,
                "at": one.at,
                "is_draft": one.is_draft,
                "lines": [{"question": question, "words": words} for question, words in one.lines],
            }
            for one in told_by(client, self.member)
        ]
        return Response(shapes.ClientToldOut({"client": client.uid, "sections": sections}).data)


def _named(page: screens.MyScreening, key: str) -> SheetTask | Part:
    """The task with this key, or Http404."""
    task = next((one for one in page.tasks if one.key == key), None)
    if task is None:
        raise Http404
    return task


def _ask(page: screens.MyScreening, section: str, key: str) -> Ask:
    """The question as it stands in this form. Raises NoSuchQuestion."""
    task = next((one for one in page.sections if one.key == section), None)
    told = next((one for one in task.told if one.ask.key == key), None) if task else None
    if told is None:
        raise actions.NoSuchQuestion
    return told.ask


def _answer(ask: Ask, value: str) -> str:
    """Held to what the page's form holds it to; a date is looked at by the action. Raises ValidationError."""
    if value == NOT_SAID or ask.kind == "date":
        return value
    form = SectionForm(ask, {"value": value})
    held_to(form)
    return form.answer
