"""Where to turn, for programs: everybody is given what stands; who keeps the table adds, corrects and confirms."""

from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from practice.people.roles import Permission
from practice.resources import actions, screens
from practice.resources.forms import FindForm, ResourceForm
from practice.resources.models import Resource
from practice.resources.querysets import ResourceQuerySet
from practice.web.api import Endpoint, In, Out, Problem, found, held_to
from practice.web.pages import ByKey

LARGEST_VERSION = 2**31 - 1
PROBLEM_JSON = "application/problem+json"
ASKED = [
    OpenApiParameter("q", str, description="Words in its name, its numbers or what is said about it."),
    OpenApiParameter("need", str, enum=Resource.Need.values),
    OpenApiParameter("country", str, description="An ISO code, EU, or `any` for what serves everywhere."),
    OpenApiParameter("due", bool, description="Only what has to be confirmed around the practice’s country."),
    OpenApiParameter("archived", bool, description="What was put away; for those who look after the table."),
]


def problems(*codes: int) -> dict[tuple[int, str], type[Problem]]:
    """The refusals that an endpoint may answer with, for its description."""
    return dict.fromkeys([(code, PROBLEM_JSON) for code in (*codes, 401, 403)], Problem)


class OldestFirst(ByKey):
    """In the order in which they were written down. A link onward takes along what was asked for, and nothing else."""

    ordering = "pk"

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        page: list[Any] | None = super().paginate_queryset(queryset, request, view)
        known = {*(one.name for one in ASKED), self.page_size_query_param}
        asked = {name: value for name, value in request.query_params.items() if name in known}
        self.base_url = f"{request.build_absolute_uri(request.path)}?{urlencode(asked)}"
        return page


class ResourceOut(Out):
    id = serializers.UUIDField(source="uid")
    need = serializers.ChoiceField(choices=Resource.Need.choices)
    country = serializers.CharField(help_text="An ISO code; EU; empty for anywhere.")
    name = serializers.CharField()
    phone = serializers.CharField()
    sms = serializers.CharField()
    sms_word = serializers.CharField(help_text="To be texted first.")
    link = serializers.CharField()
    words = serializers.CharField()
    hours = serializers.CharField()
    who_for = serializers.CharField()
    version = serializers.IntegerField()
    verified_on = serializers.DateField(
        allow_null=True, help_text="When somebody last made sure of it; null where nobody has yet."
    )
    verified_by = serializers.SerializerMethodField(help_text="Who did; for those who look at the table.")
    is_due = serializers.SerializerMethodField(help_text="Nobody has confirmed it within 180 days.")
    archived_at = serializers.DateTimeField(allow_null=True)

    def get_verified_by(self, row: Resource) -> str:
        return row.verified_by.name if row.verified_by and self.context["names_staff"] else ""

    def get_is_due(self, row: Resource) -> bool:
        return row.is_due(timezone.localdate())


class ResourceIn(In):
    """What is left out is empty. At least one way to reach it is needed: a number, a website or a sentence."""

    need = serializers.ChoiceField(choices=Resource.Need.choices)
    name = serializers.CharField(max_length=120)
    country = serializers.CharField(
        max_length=2, allow_blank=True, default="", help_text="An ISO code; EU; empty for anywhere."
    )
    phone = serializers.CharField(max_length=40, allow_blank=True, default="")
    sms = serializers.CharField(max_length=40, allow_blank=True, default="")
    sms_word = serializers.CharField(max_length=40, allow_blank=True, default="")
    link = serializers.CharField(max_length=200, allow_blank=True, default="")
    words = serializers.CharField(max_length=300, allow_blank=True, default="")
    hours = serializers.CharField(max_length=120, allow_blank=True, default="")
    who_for = serializers.CharField(max_length=120, allow_blank=True, default="")


class ResourceVersionIn(In):
    version = serializers.IntegerField(
        min_value=1, max_value=LARGEST_VERSION, help_text="The one that was looked at."
    )


class ResourceChangeIn(ResourceIn, ResourceVersionIn):
    """The whole of it anew."""


class ResourceEndpoint(Endpoint):
    scope = "resources"
    serializer_class: type[Out] = ResourceOut

    def rows(self) -> ResourceQuerySet:
        return Resource.objects.visible_to(self.member).select_related("verified_by")

    def told(self, shown: Any, *, many: bool = False) -> Any:
        names_staff = self.member.may(Permission.READ_RESOURCES)
        return ResourceOut(shown, many=many, context={"names_staff": names_staff}).data

    def answer(self, row: Resource, status: int = 200) -> Response:
        return Response(self.told(row), status=status)


class Resources(ResourceEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {
        "GET": Permission.SEE_RESOURCES,
        "POST": Permission.KEEP_RESOURCES,
    }
    pagination_class = OldestFirst

    @extend_schema(
        operation_id="list_resources",
        description="Numbers and services that clients are given, without those that were put away.",
        parameters=ASKED,
        responses={200: ResourceOut(many=True), **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        named = {one.name: request.query_params.get(one.name, "") for one in ASKED}
        asked = {name: value for name, value in held_to(FindForm(named)).items() if value}
        rows = self.rows().asked_for(asked, home=screens.home_country(), today=timezone.localdate())
        return self.get_paginated_response(self.told(self.paginate_queryset(rows) or [], many=True))

    @extend_schema(
        operation_id="add_resource",
        description="Nobody has confirmed it yet: call it once, then say that it answers.",
        request=ResourceIn,
        responses={201: ResourceOut, **problems(400, 409)},
    )
    def post(self, request: Request) -> Response:
        words = _words(self.read(ResourceIn, request))
        return self.answer(actions.add_resource(words=words, by=self.member, now=timezone.now()), 201)


class OneResource(ResourceEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {
        "GET": Permission.SEE_RESOURCES,
        "PUT": Permission.KEEP_RESOURCES,
    }

    @extend_schema(operation_id="read_resource", responses={200: ResourceOut, **problems(404)})
    def get(self, request: Request, uid: UUID) -> Response:
        return self.answer(found(self.rows(), uid))

    @extend_schema(
        operation_id="edit_resource",
        description="Another number or address has to be confirmed anew. 409 `resource_changed` for an older version.",
        request=ResourceChangeIn,
        responses={200: ResourceOut, **problems(400, 404, 409)},
    )
    def put(self, request: Request, uid: UUID) -> Response:
        row, sent = found(self.rows(), uid), self.read(ResourceChangeIn, request)
        version = sent.pop("version")
        row = actions.edit_resource(
            resource=row, words=_words(sent), version=version, by=self.member, now=timezone.now()
        )
        return self.answer(row)


class ConfirmResource(ResourceEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.KEEP_RESOURCES}

    @extend_schema(
        operation_id="confirm_resource",
        description="Say that it answers today as it is written.",
        request=ResourceVersionIn,
        responses={200: ResourceOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        row, sent = found(self.rows(), uid), self.read(ResourceVersionIn, request)
        return self.answer(
            actions.confirm_resource(
                resource=row, version=sent["version"], by=self.member, now=timezone.now()
            )
        )


class ArchiveResource(ResourceEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.KEEP_RESOURCES}

    @extend_schema(
        operation_id="archive_resource",
        description="Give it to nobody any more. Twice does no harm.",
        request=None,
        responses={200: ResourceOut, **problems(404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        row = found(self.rows(), uid)
        return self.answer(actions.archive_resource(resource=row, by=self.member, now=timezone.now()))


class RestoreResource(ResourceEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.KEEP_RESOURCES}

    @extend_schema(
        operation_id="restore_resource",
        description="Bring it back; it has to be confirmed anew.",
        request=None,
        responses={200: ResourceOut, **problems(404)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        row = found(self.rows(), uid)
        return self.answer(actions.restore_resource(resource=row, by=self.member, now=timezone.now()))


def _words(sent: dict[str, Any]) -> actions.ResourceWords:
    form = ResourceForm(sent)
    held_to(form)
    return form.typed
