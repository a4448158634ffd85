"""The log, for programs: a phone that sends when it has signal again, and a reader of what was shared."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db.models import F
from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.pagination import Cursor
from rest_framework.request import Request
from rest_framework.response import Response

from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.querysets import ClientQuerySet
from clients.record.reach import Reach, check_reach
from clients.runs import actions
from clients.runs.models import RunLog
from clients.runs.querysets import RunLogQuerySet
from clients.runs.shapes import CHANGE_IN, RUN_IN, EntryIn, RunIn, RunOut, entry_in, run_out
from practice.database.compiled import CompiledOnce
from practice.people.models import Member
from practice.people.roles import Permission, Role
from practice.web.api import Endpoint, In, Problem, found
from practice.web.pages import NewestFirst

PROBLEM_JSON = "application/problem+json"


def problems(*codes: int) -> dict[tuple[int, str], type[Problem]]:
    """The refusals that an endpoint may answer with, for its description."""
    return dict.fromkeys([(code, PROBLEM_JSON) for code in (*codes, 401, 403)], Problem)


def told(shape: In, request: Request) -> dict[str, Any]:
    """What the body says, in one of the shapes that serve all calls; raises ValidationError naming each field."""
    if request.data is None:
        raise serializers.ValidationError({"non_field_errors": [_("Send an object.")]})
    values: dict[str, Any] = shape.run_validation(request.data)
    return values


def _oneself(member: int) -> ClientQuerySet:
    """The record of the client who is this member."""
    who = Member(pk=member, roles=[Role.CLIENT], is_active=True)
    return Client.objects.visible_to(who).select_related("data_key")


_ONESELF = CompiledOnce(_oneself, mark=-1)


class NewestRuns(NewestFirst):
    ordering = ("-started_at", "-pk")  # type: ignore[assignment] # DRF takes several

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Where the caller had come to; a cursor that we did not write is no page (404)."""
        cursor = super().decode_cursor(request)
        if cursor is not None and cursor.position is not None and not _is_moment(str(cursor.position)):
            raise exceptions.NotFound
        return cursor


def _is_moment(text: str) -> bool:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return False
    return moment is not None and moment.tzinfo is not None


class RunsEndpoint(Endpoint):
    scope = "runs"
    serializer_class = RunOut

    def rows(self) -> RunLogQuerySet:
        """What the member may read, with what an answer says about the client."""
        rows = RunLog.objects.visible_to(self.member)
        return rows.annotate(
            client_uid=F("client__uid"),
            client_reference=F("client__reference"),
            client_member_id=F("client__member"),
        )

    def shown(self, run: Any) -> dict[str, Any]:
        return run_out(run, run.client_uid, run.client_member_id)

    def client(self, uid: UUID | None) -> Client:
        """The client whose log it is: the named one in the member's care, or the member themself; else 404."""
        if self.member.is_client:
            client = _ONESELF.first(self.member.pk)
        elif uid is None:
            raise serializers.ValidationError({"client": [_("Say whose log it is.")]})
        else:
            client = self._in_care(uid)
        if client is None or uid not in {None, client.uid}:
            raise Http404
        return client

    def _in_care(self, uid: UUID) -> Client | None:
        rows = Client.objects.visible_to(self.member).in_care_of(self.member)
        return rows.filter(uid=uid).select_related("data_key").first()


class Runs(RunsEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.READ_RUNS, "POST": Permission.LOG_RUN}
    pagination_class = NewestRuns

    @extend_schema(
        operation_id="list_runs",
        description="The entries one may read, newest first; staff read what clients share.",
        parameters=[
            OpenApiParameter("client", UUID, description="Only this client's."),
            OpenApiParameter("cursor", str, description="From `next` or `previous`."),
            OpenApiParameter("page_size", int, description="Up to 100."),
        ],
        responses={200: RunOut(many=True), **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        rows = self.rows()
        asked = self._asked_client(request) if "client" in request.query_params else None
        page = self.paginate_queryset(rows.filter(client__uid=asked) if asked else rows) or []
        if asked and not page:
            self.client(asked)
        return self.get_paginated_response([self.shown(run) for run in page])

    @extend_schema(
        operation_id="log_run",
        description="Keep an entry. The same `id` with the same words changes nothing and answers 200; "
        "with other words it is refused with 409.",
        request=RunIn,
        responses={201: RunOut, 200: RunOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request) -> Response:
        sent = told(RUN_IN, request)
        client = self.client(sent.get("client"))
        check_reach(self.member, client.pk, Reach.KEEP)
        run, is_new = actions.log_run(
            client=client,
            uid=sent.get("id") or uuid4(),
            entry=entry_in(sent),
            by=self.member,
            now=timezone.now(),
        )
        return Response(run_out(run, client.uid, client.member_id), status=201 if is_new else 200)

    def _asked_client(self, request: Request) -> UUID:
        try:
            return UUID(request.query_params["client"])
        except ValueError:
            raise serializers.ValidationError({"client": [_("This is not an id.")]}) from None


class OneRun(RunsEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {
        "GET": Permission.READ_RUNS,
        "PATCH": Permission.LOG_RUN,
        "DELETE": Permission.LOG_RUN,
    }

    @extend_schema(operation_id="read_run", responses={200: RunOut, **problems(404)})
    def get(self, request: Request, uid: UUID) -> Response:
        run = found(self.rows().select_related("client"), uid)
        note_reading(client=run.client, part="runs", by=self.member, now=timezone.now())
        return Response(self.shown(run))

    @extend_schema(
        operation_id="change_run",
        description="Let an entry say something else; what is not sent stays. Only its writer may.",
        request=EntryIn,
        responses={200: RunOut, **problems(400, 404, 409)},
    )
    def patch(self, request: Request, uid: UUID) -> Response:
        sent = told(CHANGE_IN, request)
        run = found(self.rows(), uid)
        check_reach(self.member, run.client_id, Reach.KEEP)
        entry = entry_in(sent, run.entry)
        changed = actions.change_run(run=run, entry=entry, by=self.member, now=timezone.now())
        return Response(run_out(changed, changed.client.uid, changed.client.member_id))

    @extend_schema(
        operation_id="remove_run",
        description="Take an entry back. Only its writer may.",
        request=None,
        responses={204: None, **problems(404)},
    )
    def delete(self, request: Request, uid: UUID) -> Response:
        run = found(RunLog.objects.visible_to(self.member), uid)
        check_reach(self.member, run.client_id, Reach.KEEP)
        actions.remove_run(run=run, by=self.member, now=timezone.now())
        return Response(status=204)
