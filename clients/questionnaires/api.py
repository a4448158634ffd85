"""The questionnaires of the practice, for programs: what is in use, by whose word, and how that changes."""

from typing import ClassVar

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from clients.questionnaires import actions, screens
from clients.questionnaires.forms import STATEMENTS, FileForm
from clients.questionnaires.licences import PACKS, RESULTS_ONLY
from clients.screening.api import problems
from practice.people.roles import Permission
from practice.web.api import Endpoint, In, Out, held_to

WHY = [(value, value) for value, _label in STATEMENTS]


class QuestionnaireLine(Out):
    """`statement`, `proof`, `by` and `since` are empty for one that needs nobody's word."""

    key = serializers.CharField()
    name = serializers.CharField()
    version = serializers.CharField()
    licence = serializers.CharField()
    licence_note = serializers.CharField(source="note", help_text="What to know before it is used.")
    is_in_use = serializers.BooleanField(source="is_on")
    statement = serializers.CharField(help_text="What somebody stood up for when they took it into use.")
    proof = serializers.CharField(help_text="Where that can be looked up.")
    by = serializers.CharField()
    since = serializers.DateTimeField(allow_null=True)


class ElsewhereOut(Out):
    key = serializers.CharField()
    name = serializers.CharField()
    says = serializers.CharField(help_text="What its owners say about using it.")


class QuestionnairesOut(Out):
    core = QuestionnaireLine(many=True, help_text="In use everywhere.")
    switchable = QuestionnaireLine(many=True, help_text="Ours to switch on, by somebody who answers for it.")
    own = QuestionnaireLine(many=True, help_text="Files that the practice brought.")
    packs = ElsewhereOut(many=True, help_text="Not in the box: they come as a file of your own.")
    results_only = serializers.ListField(
        child=serializers.CharField(), help_text="Licensed: their results may be entered, never their text."
    )


class QuestionLineOut(Out):
    text = serializers.CharField()
    stem = serializers.CharField()
    answers = serializers.CharField(help_text="In a line, with what each counts.")
    marks = serializers.ListField(child=serializers.CharField(), help_text="What its answers set off.")


class QuestionnaireOut(Out):
    """One in full, as whoever answers for it should see it before it is used."""

    key = serializers.CharField(source="instrument.key")
    name = serializers.CharField(source="instrument.name")
    version = serializers.CharField(source="instrument.version")
    tier = serializers.CharField(source="instrument.tier")
    licence = serializers.CharField(source="instrument.licence")
    licence_note = serializers.CharField(source="instrument.licence_note")
    attribution = serializers.CharField(source="instrument.attribution")
    published_in = serializers.CharField(source="instrument.source")
    stem = serializers.CharField(source="instrument.stem")
    questions = QuestionLineOut(many=True)
    scoring = serializers.CharField()
    bands = serializers.CharField()
    is_core = serializers.BooleanField()
    is_switchable = serializers.BooleanField()
    is_in_use = serializers.BooleanField()
    taken = QuestionnaireLine(source="row", allow_null=True, help_text="Null where it needs nobody’s word.")


class SwitchOnIn(In):
    understood = serializers.BooleanField(
        default=False, help_text="I have read what is known about its licence, and answer for using it here."
    )


class QuestionnaireFileIn(In):
    file = serializers.FileField(help_text="TOML or JSON in Towpath’s format, 64 KB at most.")
    statement = serializers.ChoiceField(choices=WHY, help_text="Why it may be used.")
    proof = serializers.CharField(
        max_length=200, allow_blank=True, default="", help_text="Where that can be looked up."
    )


class QuestionnaireEndpoint(Endpoint):
    scope = "questionnaires"
    serializer_class: type[Out] = QuestionnaireOut

    def answer(self, key: str, status: int = 200) -> Response:
        """The questionnaire in full, or Http404."""
        page = screens.instrument_page(key)
        if page is None:
            raise Http404
        return Response(QuestionnaireOut(page).data, status=status)


class Questionnaires(QuestionnaireEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {
        "GET": Permission.KEEP_INSTRUMENTS,
        "POST": Permission.KEEP_INSTRUMENTS,
    }
    fresh: ClassVar[dict[str, str]] = {"POST": "sign"}
    parser_classes = [MultiPartParser]
    serializer_class = QuestionnairesOut

    @extend_schema(
        operation_id="list_questionnaires",
        description="What is in use, what can be switched on, what the practice brought, and what is not in the box.",
        responses={200: QuestionnairesOut, **problems()},
    )
    def get(self, request: Request) -> Response:
        page = screens.library_page()
        said = {"core": page.core, "switchable": page.switchable, "own": page.own}
        return Response(QuestionnairesOut({**said, "packs": PACKS, "results_only": RESULTS_ONLY}).data)

    @extend_schema(
        operation_id="add_questionnaire",
        description="Bring a file of one’s own, or a newer version of it. It is checked before anything is kept.",
        request={"multipart/form-data": QuestionnaireFileIn},
        responses={201: QuestionnaireOut, **problems(400, 409, 413)},
    )
    def post(self, request: Request) -> Response:
        form = _sent(request)
        row = actions.add_file(
            raw=form.raw,
            statement=form.cleaned_data["statement"],
            proof=form.cleaned_data["proof"],
            by=self.member,
            now=timezone.now(),
        )
        return self.answer(row.key, 201)


class OneQuestionnaire(QuestionnaireEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.KEEP_INSTRUMENTS}

    @extend_schema(operation_id="read_questionnaire", responses={200: QuestionnaireOut, **problems(404)})
    def get(self, request: Request, which: str) -> Response:
        return self.answer(which)


class SwitchOn(QuestionnaireEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.KEEP_INSTRUMENTS}
    fresh: ClassVar[dict[str, str]] = {"POST": "sign"}

    @extend_schema(
        operation_id="switch_questionnaire_on",
        description="Take one of ours into use. Whoever does has read its licence note and answers for it.",
        request=SwitchOnIn,
        responses={200: QuestionnaireOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request, which: str) -> Response:
        sent = self.read(SwitchOnIn, request)
        actions.switch_on(key=which, understood=sent["understood"], by=self.member, now=timezone.now())
        return self.answer(which)


class PutAway(QuestionnaireEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.KEEP_INSTRUMENTS}
    fresh: ClassVar[dict[str, str]] = {"POST": "sign"}

    @extend_schema(
        operation_id="put_questionnaire_away",
        description="Ask it no more. What was answered stays as it is, and open questions can still be answered.",
        request=None,
        responses={200: QuestionnaireOut, **problems(404, 409)},
    )
    def post(self, request: Request, which: str) -> Response:
        actions.put_away(key=which, by=self.member, now=timezone.now())
        return self.answer(which)


def _sent(request: Request) -> FileForm:
    """The form of the page with what was sent. Raises ValidationError with its sentences."""
    if unknown := sorted(set(request.data) - set(FileForm.base_fields)):
        raise serializers.ValidationError({name[:60]: ["Unknown field."] for name in unknown})
    form = FileForm(request.data, request.FILES)
    held_to(form)
    return form
