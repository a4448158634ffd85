"""Sessions on hold for programs: the same actions as the pages, and the same letter."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, check_reach
from practice.people.roles import Permission
from practice.web.api import Endpoint, In, found
from sessions.booking.api import REFUSED, SessionEndpoint, SessionOut
from sessions.booking.models import TherapySession
from sessions.onhold import actions
from sessions.onhold.forms import PLACES
from sessions.onhold.letters import tell_client
from sessions.onhold.models import HoldChoice


class HoldChoiceIn(In):
    """Without `sessions` it is about all that are on hold. `place` is where to sit instead."""

    choice = serializers.ChoiceField(choices=HoldChoice.Choice.choices)
    place = serializers.ChoiceField(choices=PLACES, default=TherapySession.Place.OFFICE)
    sessions = serializers.ListField(
        child=serializers.UUIDField(), required=False, min_length=1, max_length=200
    )


class OnHold(Endpoint):
    """What is on hold for one client, and the choice about it."""

    scope = "sessions"
    permissions = {"GET": Permission.CLOSE_SESSION, "POST": Permission.CLOSE_SESSION}
    serializer_class = SessionOut
    pagination_class = None  # one client's sessions on hold are few

    @extend_schema(operation_id="list_sessions_on_hold", responses={200: SessionOut(many=True), **REFUSED})
    def get(self, request: Request, uid: UUID) -> Response:
        """The client's sessions on hold, the earliest first."""
        client = self.client(uid)
        rows = TherapySession.objects.visible_to(self.member).filter(client=client).on_hold().with_people()
        return Response(SessionOut(rows, many=True, reader=self.member).data)

    @extend_schema(
        operation_id="choose_for_sessions_on_hold",
        request=HoldChoiceIn,
        responses={200: SessionOut(many=True), **REFUSED},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Sit instead, keep on hold, cancel, or let go ahead. The answer is what has changed; the client is told once."""
        client, sent, now = self.client(uid), self.read(HoldChoiceIn, request), timezone.now()
        changed = actions.choose(client=client, by=self.member, now=now, **sent)
        url = request.build_absolute_uri(reverse("portal_home"))
        tell_client(client=client, changed=changed, url=url, by=self.member, now=now)
        return Response(SessionOut(changed, many=True, reader=self.member).data)

    def client(self, uid: UUID) -> Client:
        """A client whom the member treats: 403 for who only reads the record."""
        rows = Client.objects.visible_to(self.member).in_care_of(self.member)
        client = found(rows.select_related("member__user"), uid)
        check_reach(self.member, client.pk, Reach.KEEP)
        note_reading(client=client, part="sessions", by=self.member, now=timezone.now())
        return client


class UndoChoice(SessionEndpoint):
    permissions = {"POST": Permission.CLOSE_SESSION}

    @extend_schema(operation_id="undo_hold_choice", request=None, responses={200: SessionOut, **REFUSED})
    def post(self, request: Request, uid: UUID) -> Response:
        """Take the last choice back: the session is on hold again."""
        session, now = self.closed_by_care(uid), timezone.now()
        session = actions.undo(session=session, by=self.member, now=now)
        url = request.build_absolute_uri(reverse("portal_home"))
        tell_client(client=session.client, changed=[session], url=url, by=self.member, now=now)
        return self.answer(session)
