"""Progress summaries, for programs."""

from typing import ClassVar
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

from clients.record.models import Client
from clients.record.reach import Reach, check_reach
from practice.jobs.api import JobOut
from practice.people.roles import Permission
from practice.web.api import Endpoint, In, Out, Problem, found
from practice.web.renderers import AsKept
from sessions.summaries import actions
from sessions.summaries.forms import MOST_LETTERS
from sessions.summaries.models import Summary
from sessions.summaries.views import pdf_answer


class SummaryIn(In):
    client = serializers.UUIDField()
    since = serializers.DateField()
    until = serializers.DateField()
    audience = serializers.ChoiceField(choices=Summary.Audience.choices)
    plan = serializers.CharField(max_length=MOST_LETTERS, allow_blank=True, default="")
    questions = serializers.CharField(max_length=MOST_LETTERS, allow_blank=True, default="")


class SummaryOut(Out):
    id = serializers.UUIDField(source="uid")
    client = serializers.UUIDField(source="client.uid")
    version = serializers.IntegerField()
    since = serializers.DateField()
    until = serializers.DateField()
    audience = serializers.ChoiceField(choices=Summary.Audience.choices)
    asked_by = serializers.CharField(source="asked_by.name")
    asked_at = serializers.DateTimeField()
    made_at = serializers.DateTimeField(allow_null=True)
    pages = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField()


class WholeSummaryOut(SummaryOut):
    """With what it says; `document` is null while it is being made."""

    document = serializers.JSONField(source="snapshot", allow_null=True)


class AskedOut(SummaryOut):
    """With the job that makes it."""

    job = JobOut()


class PdfRenderer(AsKept):
    media_type = "application/pdf"
    format = "pdf"


class Summaries(Endpoint):
    permissions = {"GET": Permission.EXPORT_SUMMARY, "POST": Permission.EXPORT_SUMMARY}
    scope = "summaries"
    fresh: ClassVar[dict[str, str]] = {"POST": "export"}
    serializer_class = SummaryOut

    @extend_schema(responses=SummaryOut(many=True), operation_id="list_summaries")
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(Summary.objects.visible_to(self.member).light())
        return self.get_paginated_response(SummaryOut(page, many=True).data)

    @extend_schema(
        request=SummaryIn, responses={202: AskedOut, 404: Problem, 409: Problem}, operation_id="ask_summary"
    )
    def post(self, request: Request) -> Response:
        sent = self.read(SummaryIn, request)
        client = found(Client.objects.visible_to(self.member).in_care_of(self.member), sent.pop("client"))
        check_reach(self.member, client.pk, Reach.HAND_OUT)
        summary, job = actions.ask_summary(client=client, **sent, by=self.member, now=timezone.now())
        body = {**SummaryOut(summary).data, "job": JobOut(job).data}
        location = request.build_absolute_uri(reverse("api_job", args=[job.uid]))
        return Response(body, status=status.HTTP_202_ACCEPTED, headers={"Location": location})


class OneSummary(Endpoint):
    permissions = {"GET": Permission.EXPORT_SUMMARY}
    scope = "summaries"
    serializer_class = WholeSummaryOut

    @extend_schema(responses=WholeSummaryOut, operation_id="read_summary")
    def get(self, request: Request, uid: UUID) -> Response:
        rows = Summary.objects.visible_to(self.member).select_related("client", "asked_by").defer("pdf")
        summary = found(rows, uid)
        actions.open_summary(summary=summary, by=self.member, now=timezone.now())
        return Response(WholeSummaryOut(summary).data)


class SummaryPdf(Endpoint):
    permissions = {"GET": Permission.EXPORT_SUMMARY}
    scope = "summaries"
    fresh: ClassVar[dict[str, str]] = {"GET": "export"}
    renderer_classes = [JSONRenderer, PdfRenderer]

    @extend_schema(
        responses={
            (200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY),
            (409, "application/problem+json"): Problem,
        },
        operation_id="download_summary",
    )
    def get(self, request: Request, uid: UUID) -> HttpResponseBase:
        rows = Summary.objects.visible_to(self.member).select_related("client").defer("pdf", "snapshot")
        summary = found(rows, uid)
        content = actions.hand_out(summary=summary, by=self.member, now=timezone.now())
        return pdf_answer(request._request, summary, content)
