"""Letters about decisions, for programs: the care team reads what was sent; the client reads their own and says so."""

from typing import ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.letters import actions
from clients.letters.models import Letter
from clients.letters.querysets import LetterQuerySet
from clients.screening.api import OF_CLIENT, ScreeningEndpoint, problems
from practice.people.roles import Permission
from practice.web.api import Out, found


class SentLetterLine(Out):
    """A letter in a list: without its words, which are read one letter at a time."""

    id = serializers.UUIDField(source="uid")
    client = serializers.UUIDField(source="client.uid")
    kind = serializers.ChoiceField(choices=Letter.Kind.choices)
    title = serializers.CharField(source="get_kind_display")
    way = serializers.ChoiceField(choices=Letter.Way.choices)
    written_by = serializers.CharField(source="written_by.name")
    sent_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(
        allow_null=True, help_text="When the client said that they had read it; opening it says nothing."
    )


class SentLetterOut(SentLetterLine):
    text = serializers.CharField(help_text="Paragraphs with a blank line between them.")


class LettersEndpoint(ScreeningEndpoint):
    scope = "letters"
    serializer_class: type[Out] = SentLetterOut

    def letters(self) -> LetterQuerySet:
        """A client's own are those on their pages; what they were given on paper is not among them."""
        return Letter.objects.visible_to(self.member).select_related("client", "written_by")


class Letters(LettersEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.READ_LETTERS}
    serializer_class = SentLetterLine

    @extend_schema(
        operation_id="list_letters",
        description="What was sent about decisions, newest first. A client finds those on their own pages.",
        parameters=[OF_CLIENT],
        responses={200: SentLetterLine(many=True), **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.of_client(self.letters(), request)) or []
        return self.get_paginated_response(SentLetterLine(page, many=True).data)


class OneLetter(LettersEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.READ_LETTERS}

    @extend_schema(
        operation_id="read_letter",
        description="The letter as it was signed. Reading it here does not mark it as read.",
        responses={200: SentLetterOut, **problems(404)},
    )
    def get(self, request: Request, uid: UUID) -> Response:
        letter = found(self.letters(), uid)
        actions.open_letter(letter=letter, by=self.member, now=timezone.now())
        return Response(SentLetterOut(letter).data)


class ReadLetter(LettersEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.USE_PORTAL}
    serializer_class = SentLetterLine

    @extend_schema(
        operation_id="say_letter_read",
        description="The client says that they have read it. Said once: the first time stays.",
        request=None,
        responses={200: SentLetterLine, **problems(404)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        letter = found(self.letters(), uid)
        letter.read_at = actions.mark_read(letter=letter, by=self.member, now=timezone.now()).read_at
        return Response(SentLetterLine(letter).data)
