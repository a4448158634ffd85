"""Clients through the API: the same actions, permissions and refusals as the pages."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from clients.record import actions
from clients.record.models import Client, EmergencyContact
from clients.record.querysets import ClientQuerySet
from clients.record.reach import check_contacts_kept_by, writes_focus
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.api import Endpoint, In, Out, Problem, found
from practice.web.forms import plain_address
from practice.web.pages import NewestFirst


class ByName(NewestFirst):
    """Pages in the order of names."""

    ordering = ("name", "pk")  # type: ignore[assignment]


CONTACT = ("name", "phone", "relation")


class ContactShape(serializers.Serializer[Any]):
    """Whom to call."""

    name = serializers.CharField(max_length=120)
    phone = serializers.CharField(max_length=32)
    relation = serializers.CharField(max_length=60, allow_blank=True, default="")


class ContactsIn(In):
    """What those who keep names and contacts may write."""

    name = serializers.CharField(max_length=120)
    pronouns = serializers.CharField(max_length=40, allow_blank=True, required=False)
    email = serializers.EmailField(
        max_length=254, allow_blank=True, required=False, validators=[plain_address]
    )
    phone = serializers.CharField(max_length=32, allow_blank=True, required=False)
    born_on = serializers.DateField(allow_null=True, required=False)
    emergency_contact = ContactShape(allow_null=True, required=False)


class RegisterByReceptionIn(ContactsIn):
    """Reception names who will treat the client. `id` is made by the caller: sending it twice is harmless."""

    id = serializers.UUIDField(required=False)
    clinician = serializers.UUIDField()


class DetailsIn(ContactsIn):
    """What the care team may write besides."""

    focus = serializers.CharField(max_length=4000, allow_blank=True, required=False)


class RegisterIn(DetailsIn):
    """A clinician registers for themself, or names a colleague."""

    id = serializers.UUIDField(required=False)
    clinician = serializers.UUIDField(required=False)


class ClientOut(Out):
    """A client; `focus` and `status` are there only for the client's care team."""

    id = serializers.UUIDField(source="uid")
    reference = serializers.CharField()
    name = serializers.CharField()
    pronouns = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    born_on = serializers.DateField(allow_null=True)
    has_portal = serializers.SerializerMethodField()
    registered_at = serializers.DateTimeField()
    emergency_contact = serializers.SerializerMethodField()
    status = serializers.CharField(required=False)
    focus = serializers.CharField(required=False)

    def __init__(self, *args: Any, member: Member | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reader = member

    @cached_property
    def clinical(self) -> set[int]:
        """Keys of the clients among these rows whose record the reader may open."""
        if self.reader is None or not self.reader.may(Permission.READ_RECORD):
            return set()
        rows: Any = self.parent.instance if self.parent else [self.instance]
        keys = [row.pk for row in rows]
        in_care = Client.objects.visible_to(self.reader).in_care_of(self.reader)
        return set(in_care.filter(pk__in=keys).values_list("pk", flat=True))

    def to_representation(self, instance: Client) -> dict[str, Any]:
        shown = super().to_representation(instance)
        if instance.pk not in self.clinical:
            del shown["status"], shown["focus"]
        return shown

    def get_has_portal(self, client: Client) -> bool:
        return client.member_id is not None

    @extend_schema_field(ContactShape(allow_null=True))
    def get_emergency_contact(self, client: Client) -> dict[str, str] | None:
        contact = getattr(client, "emergency_contact", None)
        return (
            {"name": contact.name, "phone": contact.phone, "relation": contact.relation} if contact else None
        )


class Clients(Endpoint):
    """The caseload."""

    permissions = {"GET": Permission.READ_CONTACTS, "POST": Permission.REGISTER_CLIENT}
    scope = "clients"
    serializer_class = ClientOut
    pagination_class = ByName

    @extend_schema(
        responses=ClientOut(many=True),
        operation_id="list_clients",
        parameters=[OpenApiParameter("q", OpenApiTypes.STR, description="In the name or the reference.")],
    )
    def get(self, request: Request) -> Response:
        """The clients one may see, by name."""
        words = request.query_params.get("q", "").replace("\0", "")[:120]
        rows = self.paginate_queryset(_clients(self.member).matching(words))
        return self.get_paginated_response(ClientOut(rows, many=True, member=self.member).data)

    @extend_schema(
        request=RegisterIn,
        responses={201: ClientOut, 400: Problem, 409: Problem},
        operation_id="register_client",
    )
    def post(self, request: Request) -> Response:
        """Begin a record; the same `id` again answers with the same client."""
        shape = RegisterIn if self.member.may(Permission.CHANGE_RECORD) else RegisterByReceptionIn
        values = _details(self.read(shape, request))
        clinician, uid = values.pop("clinician", None), values.pop("id", None)
        client = actions.register_client(
            uid=uid,
            clinician=found(Member.objects.visible_to(self.member), clinician) if clinician else None,
            by=self.member,
            now=timezone.now(),
            **values,
        )
        fresh = found(_clients(self.member), client.uid)
        return Response(ClientOut(fresh, member=self.member).data, status=status.HTTP_201_CREATED)


class OneClient(Endpoint):
    """One client."""

    permissions = {"GET": Permission.READ_CONTACTS, "PATCH": Permission.REGISTER_CLIENT}
    scope = "clients"
    serializer_class = ClientOut

    @extend_schema(responses={200: ClientOut, 404: Problem}, operation_id="read_client")
    def get(self, request: Request, uid: UUID) -> Response:
        """The details. Reading them leaves a line in the trail."""
        client = found(_clients(self.member), uid)
        actions.note_reading(client=client, part="details", by=self.member, now=timezone.now())
        return Response(ClientOut(client, member=self.member).data)

    @extend_schema(
        request=DetailsIn,
        responses={200: ClientOut, 400: Problem, 404: Problem, 409: Problem},
        operation_id="edit_client",
    )
    def patch(self, request: Request, uid: UUID) -> Response:
        """Correct what is named; the rest stays."""
        client = found(_clients(self.member), uid)
        check_contacts_kept_by(self.member, client)
        shape = DetailsIn if writes_focus(self.member, client) else ContactsIn
        body = shape(data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        details = _details(dict(body.validated_data), getattr(client, "emergency_contact", None))
        actions.edit_client(client=client, by=self.member, now=timezone.now(), **details)
        return Response(ClientOut(found(_clients(self.member), uid), member=self.member).data)


def _clients(member: Member) -> ClientQuerySet:
    return Client.objects.visible_to(member).select_related("emergency_contact")


def _details(values: dict[str, Any], standing: EmergencyContact | None = None) -> dict[str, Any]:
    """What was sent, in the words of the action; of whom to call, what was not sent stays. Raises ValidationError."""
    contact = values.get("emergency_contact")
    if contact is not None:
        words = ({name: getattr(standing, name) for name in CONTACT} if standing else {}) | contact
        if missing := [name for name in CONTACT if not (words.get(name) or name == "relation")]:
            raise serializers.ValidationError(
                {"emergency_contact": {name: [_("This field is required.")] for name in missing}}
            )
        values["emergency_contact"] = actions.EmergencyContactWords(**words)
    return values
