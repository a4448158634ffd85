"""A job's state, for whoever asked for the work."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from practice.jobs.models import Job
from practice.people.roles import Permission
from practice.web.api import Endpoint, Out, found


class JobOut(Out):
    id = serializers.UUIDField(source="uid")
    kind = serializers.CharField()
    state = serializers.ChoiceField(choices=Job.State.choices)
    progress = serializers.IntegerField(min_value=0, max_value=100)
    step = serializers.CharField()
    problem = serializers.CharField()
    subject = serializers.UUIDField(source="subject_uid")
    asked_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class OneJob(Endpoint):
    permissions = {"GET": Permission.READ_JOBS}
    scope = "jobs"
    serializer_class = JobOut

    @extend_schema(responses=JobOut, operation_id="read_job")
    def get(self, request: Request, uid: UUID) -> Response:
        return Response(JobOut(found(Job.objects.visible_to(self.member), uid)).data)
