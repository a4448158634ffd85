"""Changes for programs: the same action as the pages."""

from typing import ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.record.models import Client
from clients.record.reach import Reach, check_reach
from clients.rescreening import actions, rules
from clients.rescreening.forms import MOST_LETTERS
from clients.rescreening.models import Kind, Rescreen
from clients.screening.api import problems
from practice.people.roles import Permission
from practice.web.api import Endpoint, In, Out, found
from practice.web.pages import NewestFirst


class ChangeIn(In):
    """A client may tell fewer kinds than a clinician: no stop rule, no motive."""

    kind = serializers.ChoiceField(choices=[(kind, kind) for kind in rules.TOLD_BY_STAFF])
    words = serializers.CharField(max_length=MOST_LETTERS, required=False, allow_blank=True, default="")


class ChangeOut(Out):
    """A reason for a new look. It is open until a decision closes it."""

    id = serializers.UUIDField(source="uid")
    kind = serializers.ChoiceField(choices=Kind.choices)
    words = serializers.CharField(source="why")
    waits_for = serializers.ListField(child=serializers.CharField())
    raised_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)


class NewestChanges(NewestFirst):
    ordering = ("-raised_at", "-pk")  # type: ignore[assignment] # DRF takes several


class Changes(Endpoint):
    scope = "screenings"
    permissions: ClassVar[dict[str, Permission]] = {
        "GET": Permission.TELL_CHANGE,
        "POST": Permission.TELL_CHANGE,
    }
    pagination_class = NewestChanges
    serializer_class = ChangeOut

    @extend_schema(operation_id="list_changes", responses={200: ChangeOut(many=True), **problems(404)})
    def get(self, request: Request, uid: UUID) -> Response:
        """What called for a new look, newest first. A client reads what they told themself."""
        client = self.client(uid)
        rows = Rescreen.objects.visible_to(self.member).filter(client=client)
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(ChangeOut(page, many=True).data)

    @extend_schema(
        operation_id="tell_change",
        request=ChangeIn,
        responses={201: ChangeOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that something has changed. Walking and running wait until a clinician has decided, but for a wish to run."""
        client = self.client(uid)
        check_reach(self.member, client.pk, Reach.KEEP)
        sent = self.read(ChangeIn, request)
        task = actions.tell_change(client=client, **sent, by=self.member, now=timezone.now())
        return Response(ChangeOut(task).data, status=201)

    def client(self, uid: UUID) -> Client:
        return found(Client.objects.visible_to(self.member).in_care_of(self.member), uid)
