"""Routes for programs."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from practice.people.roles import Permission
from practice.web.api import Endpoint, In, Out, Problem, found
from practice.web.pages import NewestFirst
from sessions.routes import actions
from sessions.routes.forms import LONGEST_DESCRIPTION, LONGEST_NAME, LONGEST_PLACE
from sessions.routes.models import OWN_KINDS, Route
from sessions.routes.querysets import RouteQuerySet
from sessions.routes.screens import pace_rows
from sessions.routes.uploads import content_of

KINDS = [(kind, str(kind)) for kind in OWN_KINDS]


class ByName(NewestFirst):
    ordering = ("name", "pk")  # type: ignore[assignment] # the stubs know one field only


class MinutesOut(Out):
    """Minutes on the move at a talking pace."""

    mode = serializers.CharField(source="pace.mode")
    pace = serializers.CharField(source="pace.key")
    minutes = serializers.IntegerField(source="estimate.minutes")
    least = serializers.IntegerField(source="estimate.least")
    most = serializers.IntegerField(source="estimate.most")


class RouteOut(Out):
    id = serializers.UUIDField(source="uid")
    name = serializers.CharField()
    meeting_place = serializers.CharField()
    description = serializers.CharField()
    distance_m = serializers.IntegerField()
    ascent_m = serializers.IntegerField(allow_null=True)
    descent_m = serializers.IntegerField(allow_null=True)
    is_loop = serializers.BooleanField()
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=KINDS))
    version = serializers.IntegerField()
    added_at = serializers.DateTimeField()
    archived_at = serializers.DateTimeField(allow_null=True)
    minutes = serializers.SerializerMethodField()

    @extend_schema_field(MinutesOut(many=True))
    def get_minutes(self, route: Route) -> Any:
        return MinutesOut(pace_rows(route), many=True).data


class WholeRouteOut(RouteOut):
    points = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(allow_null=True)),
        help_text="latitude, longitude, height in metres or null, metres from the start",
    )
    profile = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField()),
        help_text="metres from the start, height in metres; empty without heights",
    )


class RouteIn(In):
    file = serializers.FileField(help_text="GPX or FIT, 20 MB at most", allow_empty_file=True)
    name = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True, default="")
    meeting_place = serializers.CharField(max_length=LONGEST_PLACE, allow_blank=True, default="")
    description = serializers.CharField(max_length=LONGEST_DESCRIPTION, allow_blank=True, default="")
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=KINDS), default=list)


class RouteChangeIn(In):
    name = serializers.CharField(max_length=LONGEST_NAME, required=False)
    meeting_place = serializers.CharField(max_length=LONGEST_PLACE, allow_blank=True, required=False)
    description = serializers.CharField(max_length=LONGEST_DESCRIPTION, allow_blank=True, required=False)
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=KINDS), required=False)
    version = serializers.IntegerField(
        min_value=1, required=False, help_text="refused with 409 if it no longer stands"
    )


class RouteEndpoint(Endpoint):
    scope = "routes"

    def get_queryset(self) -> RouteQuerySet:
        return Route.objects.visible_to(self.member)


class Routes(RouteEndpoint):
    """The library, without what is archived."""

    permissions = {"GET": Permission.READ_ROUTES, "POST": Permission.KEEP_ROUTES}
    parser_classes = [MultiPartParser]
    pagination_class = ByName
    serializer_class = RouteOut

    @extend_schema(responses=RouteOut(many=True), operation_id="list_routes")
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset().in_use()) or []
        return self.get_paginated_response(RouteOut(page, many=True).data)

    @extend_schema(
        request={"multipart/form-data": RouteIn},
        responses={201: WholeRouteOut, 400: Problem, 409: Problem, 413: Problem, 422: Problem, 429: Problem},
        operation_id="import_route",
    )
    def post(self, request: Request) -> Response:
        values = self.read(RouteIn, request)
        upload = values.pop("file")
        route = actions.import_route(
            **values,
            file_name=upload.name,
            content=content_of(upload),
            by=self.member,
            now=timezone.now(),
        )
        return Response(WholeRouteOut(route).data, status=201)


class OneRoute(RouteEndpoint):
    permissions = {"GET": Permission.READ_ROUTES, "PATCH": Permission.KEEP_ROUTES}
    serializer_class = WholeRouteOut

    @extend_schema(responses={200: WholeRouteOut, 404: Problem}, operation_id="read_route")
    def get(self, request: Request, uid: UUID) -> Response:
        return Response(WholeRouteOut(found(self.get_queryset(), uid)).data)

    @extend_schema(
        request=RouteChangeIn,
        responses={200: WholeRouteOut, 400: Problem, 404: Problem, 409: Problem},
        operation_id="edit_route",
    )
    def patch(self, request: Request, uid: UUID) -> Response:
        route = found(self.get_queryset(), uid)
        values = self.read(RouteChangeIn, request)
        edited = actions.edit_route(route=route, **values, by=self.member, now=timezone.now())
        return Response(WholeRouteOut(edited).data)


class ArchiveRoute(RouteEndpoint):
    permissions = {"POST": Permission.KEEP_ROUTES}
    serializer_class = WholeRouteOut

    @extend_schema(request=None, responses={200: WholeRouteOut, 404: Problem}, operation_id="archive_route")
    def post(self, request: Request, uid: UUID) -> Response:
        route = found(self.get_queryset(), uid)
        archived = actions.archive_route(route=route, by=self.member, now=timezone.now())
        return Response(WholeRouteOut(archived).data)


class RestoreRoute(RouteEndpoint):
    permissions = {"POST": Permission.KEEP_ROUTES}
    serializer_class = WholeRouteOut

    @extend_schema(
        request=None,
        responses={200: WholeRouteOut, 404: Problem, 409: Problem},
        operation_id="restore_route",
    )
    def post(self, request: Request, uid: UUID) -> Response:
        route = found(self.get_queryset(), uid)
        restored = actions.restore_route(route=route, by=self.member, now=timezone.now())
        return Response(WholeRouteOut(restored).data)
