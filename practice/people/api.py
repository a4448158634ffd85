"""Who am I to this API?"""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from practice.people.roles import Permission
from practice.web.api import Endpoint, Out


class MeOut(Out):
    id = serializers.UUIDField(source="uid")
    name = serializers.CharField()
    email = serializers.EmailField(source="user.email")
    roles = serializers.ListField(child=serializers.CharField())


class Me(Endpoint):
    permissions = {"GET": Permission.READ_ME}
    scope = "me"
    serializer_class = MeOut

    @extend_schema(responses=MeOut, operation_id="read_me")
    def get(self, request: Request) -> Response:
        return Response(MeOut(self.member).data)
