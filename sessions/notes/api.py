"""The notes of a session, for programs."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from clients.record.querysets import under_care_of
from clients.record.reach import Reach, check_reach
from practice.people.roles import Permission
from practice.web.api import Endpoint, In, Out, Problem, found
from sessions.booking.models import TherapySession
from sessions.notes import actions
from sessions.notes.formats import MOST_TEXT, SECTIONS, WALK_FIELDS
from sessions.notes.models import Addendum, Note


class BodyIn(In):
    """A text for each section of the note."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {
            key: serializers.CharField(required=False, allow_blank=True, max_length=MOST_TEXT)
            for key in SECTIONS
        }


class WalkIn(In):
    """The walk-and-talk block: facts about how the session was held, each as text."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {
            key: serializers.CharField(required=False, allow_blank=True, max_length=2_000)
            for key in WALK_FIELDS
        }


class DraftIn(In):
    format = serializers.ChoiceField(choices=Note.Format.choices)
    body = BodyIn()
    walk = WalkIn(required=False)
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 2, default=0)


class SignIn(In):
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 2, required=False)


class AddendumIn(In):
    text = serializers.CharField(max_length=MOST_TEXT)


class AddendumOut(Out):
    id = serializers.UUIDField(source="uid")
    author = serializers.CharField(source="author.name")
    text = serializers.CharField()
    added_at = serializers.DateTimeField()


class NoteOut(Out):
    id = serializers.UUIDField(source="uid")
    session = serializers.UUIDField(source="session.uid")
    client = serializers.UUIDField(source="session.client.uid")
    author = serializers.CharField(source="author.name")
    format = serializers.ChoiceField(choices=Note.Format.choices)
    body = serializers.DictField(child=serializers.CharField())
    walk = serializers.DictField(child=serializers.CharField())
    version = serializers.IntegerField()
    changed_at = serializers.DateTimeField()
    signed_at = serializers.DateTimeField(allow_null=True)
    signed_by = serializers.CharField(source="signed_by.name", allow_null=True)
    seal = serializers.CharField()
    cosigned_at = serializers.DateTimeField(allow_null=True)
    cosigned_by = serializers.CharField(source="cosigned_by.name", allow_null=True, default=None)
    addenda = AddendumOut(many=True)


class NotesOut(Out):
    """A page of notes; a session has one at most, so there is never a next page."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = NoteOut(many=True)


class NotesEndpoint(Endpoint):
    scope = "notes"

    def notes(self) -> Any:
        """The notes that the member may read, with all that an answer shows."""
        rows = Note.objects.visible_to(self.member)
        return rows.select_related("session__client", "author", "signed_by", "cosigned_by").prefetch_related(
            "addenda__author"
        )


class SessionNotes(NotesEndpoint):
    permissions = {
        "GET": Permission.READ_NOTES,
        "PUT": Permission.WRITE_NOTE,
        "POST": Permission.WRITE_NOTE,
    }
    serializer_class = NoteOut

    def _session(self, uid: UUID) -> TherapySession:
        rows = TherapySession.objects.visible_to(self.member).filter(under_care_of(self.member))
        return found(rows.select_related("client"), uid)

    @extend_schema(responses=NotesOut, operation_id="list_session_notes")
    def get(self, request: Request, uid: UUID) -> Response:
        rows = list(self.notes().filter(session=self._session(uid)))
        for row in rows:
            actions.open_note(note=row, by=self.member, now=timezone.now())
        return Response({"next": None, "previous": None, "results": NoteOut(rows, many=True).data})

    @extend_schema(
        request=DraftIn,
        responses={200: NoteOut, 201: NoteOut, 409: Problem, 422: Problem},
        operation_id="save_note_draft",
    )
    def put(self, request: Request, uid: UUID) -> Response:
        return self._save(request, uid)

    @extend_schema(
        request=DraftIn,
        responses={200: NoteOut, 201: NoteOut, 409: Problem, 422: Problem},
        operation_id="begin_note",
    )
    def post(self, request: Request, uid: UUID) -> Response:
        return self._save(request, uid)

    def _save(self, request: Request, uid: UUID) -> Response:
        session = self._session(uid)
        check_reach(self.member, session.client_id, Reach.CARE)
        sent = self.read(DraftIn, request)
        note = actions.save_draft(
            session=session,
            format=sent["format"],
            body=sent["body"],
            walk=sent.get("walk", {}),
            version=sent["version"],
            by=self.member,
            now=timezone.now(),
        )
        is_new = note.version == 1 and sent["version"] == 0
        shown = NoteOut(self.notes().get(pk=note.pk)).data
        return Response(shown, status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)


class OneNote(NotesEndpoint):
    permissions = {"GET": Permission.READ_NOTES}
    serializer_class = NoteOut

    @extend_schema(responses=NoteOut, operation_id="read_note")
    def get(self, request: Request, uid: UUID) -> Response:
        note = found(self.notes(), uid)
        actions.open_note(note=note, by=self.member, now=timezone.now())
        return Response(NoteOut(note).data)


class Sign(NotesEndpoint):
    permissions = {"POST": Permission.SIGN_NOTE}
    fresh = {"POST": "sign"}
    serializer_class = NoteOut

    @extend_schema(request=SignIn, responses={200: NoteOut, 409: Problem}, operation_id="sign_note")
    def post(self, request: Request, uid: UUID) -> Response:
        note = found(self.notes(), uid)
        check_reach(self.member, note.session.client_id, Reach.CARE)
        note.version = self.read(SignIn, request).get("version", note.version)
        actions.sign_note(note=note, by=self.member, now=timezone.now())
        return Response(NoteOut(found(self.notes(), uid)).data)


class Cosign(NotesEndpoint):
    permissions = {"POST": Permission.COSIGN_NOTE}
    fresh = {"POST": "sign"}
    serializer_class = NoteOut

    @extend_schema(
        request=None, responses={200: NoteOut, 403: Problem, 409: Problem}, operation_id="cosign_note"
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """A supervisor of the care team says that they have read what was signed."""
        note = found(self.notes(), uid)
        actions.cosign_note(note=note, by=self.member, now=timezone.now())
        return Response(NoteOut(found(self.notes(), uid)).data)


class Addenda(NotesEndpoint):
    permissions = {"POST": Permission.WRITE_NOTE}
    serializer_class = AddendumOut

    @extend_schema(
        request=AddendumIn, responses={201: AddendumOut, 409: Problem}, operation_id="add_addendum"
    )
    def post(self, request: Request, uid: UUID) -> Response:
        note = found(self.notes(), uid)
        check_reach(self.member, note.session.client_id, Reach.CARE)
        text = self.read(AddendumIn, request)["text"]
        addendum: Addendum = actions.add_addendum(note=note, text=text, by=self.member, now=timezone.now())
        return Response(AddendumOut(addendum).data, status=status.HTTP_201_CREATED)
