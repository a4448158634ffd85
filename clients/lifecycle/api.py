"""Copies of records, for programs. A key needs the scope `export` on top, as a browser needs a fresh sign-in."""

from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from clients.lifecycle import actions
from clients.lifecycle.models import Export
from clients.lifecycle.views.exporting import download
from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, check_reach
from practice.jobs.api import JobOut
from practice.people.roles import Permission
from practice.web.api import Endpoint, In, Out, Problem, found
from practice.web.renderers import AsKept


class ExportIn(In):
    client = serializers.UUIDField()


class ExportOut(Out):
    id = serializers.UUIDField(source="uid")
    kind = serializers.ChoiceField(choices=Export.Kind.choices)
    client = serializers.UUIDField(source="client.uid", allow_null=True)
    asked_at = serializers.DateTimeField()
    made_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)
    taken_at = serializers.DateTimeField(allow_null=True)
    size = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField()


class AskedExportOut(ExportOut):
    """With the job that makes it."""

    job = JobOut()


class ZipRenderer(AsKept):
    media_type = "application/zip"
    format = "zip"


class Exports(Endpoint):
    permissions = {"POST": Permission.EXPORT_RECORD}
    fresh = {"POST": "export"}
    scope = "clients"
    serializer_class = AskedExportOut

    @extend_schema(
        request=ExportIn,
        responses={202: AskedExportOut, 404: Problem, 409: Problem},
        operation_id="ask_export",
    )
    def post(self, request: Request) -> Response:
        uid = self.read(ExportIn, request)["client"]
        client = found(Client.objects.visible_to(self.member).in_care_of(self.member), uid)
        check_reach(self.member, client.pk, Reach.HAND_OUT)
        export, job = actions.ask_export(client=client, by=self.member, now=timezone.now())
        body = {**ExportOut(export).data, "job": JobOut(job).data}
        location = request.build_absolute_uri(reverse("api_job", args=[job.uid]))
        return Response(body, status=status.HTTP_202_ACCEPTED, headers={"Location": location})


class OneExport(Endpoint):
    permissions = {"GET": Permission.EXPORT_RECORD}
    scope = "clients"
    serializer_class = ExportOut

    @extend_schema(responses=ExportOut, operation_id="read_export")
    def get(self, request: Request, uid: UUID) -> Response:
        rows = Export.objects.visible_to(self.member).light().filter(asked_by=self.member)
        export = found(rows, uid)
        if export.client is not None:
            note_reading(client=export.client, part="copies", by=self.member, now=timezone.now())
        return Response(ExportOut(export).data)


class TakeExport(Endpoint):
    permissions = {"POST": Permission.EXPORT_RECORD}
    fresh = {"POST": "export"}
    scope = "clients"
    renderer_classes = [JSONRenderer, ZipRenderer]

    @extend_schema(
        request=None,
        responses={
            (200, "application/zip"): OpenApiResponse(OpenApiTypes.BINARY),
            (404, "application/problem+json"): Problem,
            (409, "application/problem+json"): Problem,
        },
        operation_id="take_export",
    )
    def post(self, request: Request, uid: UUID) -> HttpResponseBase:
        """The ZIP, once; then nothing of it is left."""
        rows = Export.objects.visible_to(self.member).light().filter(kind=Export.Kind.RECORD)
        export = found(rows, uid)
        content = actions.take_export(export=export, by=self.member, now=timezone.now())
        return download(request._request, export, content)
