"""What a client has agreed to, for programs: the care team reads it, the client also says it."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.consents import actions, rules, texts
from clients.consents.choices import AGREEMENTS, KINDS, About, Step
from clients.consents.models import Consent
from clients.consents.standing import KIND_OF_BADGE, covers, last_words, standing_of
from clients.record.actions import note_reading
from clients.record.models import Client
from clients.runs.api import problems, told
from clients.runs.shapes import NO_CONTROL_CHARACTERS
from practice.people.roles import Permission
from practice.web.api import Endpoint, In, Out, found
from practice.web.pages import ByKey

LONGEST_NAME = 120


class ChoiceOut(Out):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment] # declared fields leave the class


class PointOut(Out):
    key = serializers.CharField()
    heading = serializers.CharField()
    words = serializers.CharField()
    asks = serializers.CharField(
        allow_blank=True, help_text="words, script (a choice and words), or nothing."
    )
    question = serializers.CharField(allow_blank=True)
    choices = ChoiceOut(many=True)


class AgreementOut(Out):
    """A text as it is signed today."""

    agreement = serializers.ChoiceField(choices=[(one.value, one.label) for one in AGREEMENTS])
    version = serializers.IntegerField()
    title = serializers.CharField()
    opening = serializers.CharField()
    notice = serializers.CharField(allow_blank=True)
    review_months = serializers.IntegerField()
    points = PointOut(many=True)


DATA_KINDS = [(kind.value, kind.label) for kind in KINDS]


class ConsentOut(Out):
    """One line of the ledger."""

    id = serializers.UUIDField(source="uid")
    client = serializers.UUIDField(source="client.uid")
    about = serializers.ChoiceField(choices=About.choices)
    step = serializers.ChoiceField(choices=Step.choices)
    version = serializers.IntegerField(allow_null=True)
    answers = serializers.JSONField()
    signature = serializers.CharField(allow_blank=True)
    guardian_name = serializers.CharField(allow_blank=True, help_text="Who signed beside a client below 18.")
    guardian_relation = serializers.CharField(allow_blank=True)
    guardian_signature = serializers.CharField(allow_blank=True)
    words = serializers.CharField(allow_blank=True)
    review_on = serializers.DateField(allow_null=True)
    in_person = serializers.BooleanField()
    by_client = serializers.BooleanField(source="by.is_client")
    at = serializers.DateTimeField()


class KindOut(Out):
    about = serializers.ChoiceField(choices=DATA_KINDS)
    covers = serializers.BooleanField(help_text="Whether staff may have it now.")


class StandingOut(Out):
    """What stands today."""

    client = serializers.UUIDField()
    agreement = serializers.ChoiceField(choices=[*KIND_OF_BADGE])
    words = serializers.CharField()
    version = serializers.IntegerField(help_text="The version that is signed today.")
    kinds = KindOut(many=True)


def _words(**options: Any) -> serializers.RegexField:
    return serializers.RegexField(NO_CONTROL_CHARACTERS, **options)


class PointIn(In):
    """What the client says of one point."""

    key = serializers.CharField(max_length=40)
    agreed = serializers.BooleanField()
    choice = serializers.CharField(max_length=40, allow_blank=True, default="")
    words = _words(max_length=rules.MOST_WORDS, allow_blank=True, default="")


class GiveIn(In):
    """An agreement: `version`, `points` and `signature`. A kind of data: `about` alone."""

    about = serializers.ChoiceField(choices=About.choices)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    points = PointIn(many=True, required=False)
    signature = _words(max_length=LONGEST_NAME, allow_blank=True, default="")


class WithdrawIn(In):
    about = serializers.ChoiceField(choices=About.choices)
    words = _words(max_length=rules.MOST_WORDS, allow_blank=True, default="")


class ConsentsEndpoint(Endpoint):
    scope = "consents"
    serializer_class: type[Out] = ConsentOut

    def client(self, uid: UUID | None) -> Client:
        """The named client in the member's care, or the member themself; else 404."""
        rows = Client.objects.visible_to(self.member).in_care_of(self.member)
        if uid is None and not self.member.is_client:
            raise serializers.ValidationError({"client": [_("Say whose it is.")]})
        client = (rows if uid is None else rows.filter(uid=uid)).first()
        if client is None:
            raise Http404
        return client

    def asked_client(self, request: Request) -> Client:
        said = request.query_params.get("client")
        try:
            return self.client(UUID(said) if said else None)
        except ValueError:
            raise serializers.ValidationError({"client": [_("This is not an id.")]}) from None


OF_CLIENT = OpenApiParameter("client", UUID, description="Whose: needed from staff, known for a client.")


class Agreement(ConsentsEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.READ_CONSENTS}
    serializer_class = AgreementOut

    @extend_schema(
        operation_id="read_agreement",
        description="The agreement for walking and running sessions as it is signed today.",
        responses={200: AgreementOut, **problems()},
    )
    def get(self, request: Request) -> Response:
        text = texts.current()
        points = [
            {
                "key": point.key,
                "heading": point.heading,
                "words": point.words,
                "asks": point.asks,
                "question": point.question,
                "choices": [{"value": value, "label": label} for value, label in point.choices],
            }
            for point in text.points
        ]
        return Response({**_head(text), "points": points})


class Standing(ConsentsEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.READ_CONSENTS}
    serializer_class = StandingOut

    @extend_schema(
        operation_id="read_consent_standing",
        description="What stands today: the agreement, and each kind of data.",
        parameters=[OF_CLIENT],
        responses={200: StandingOut, **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        client, today = self.asked_client(request), timezone.localdate()
        note_reading(client=client, part="agreements", by=self.member, now=timezone.now())
        number = texts.current_number()
        agreed = standing_of(
            last_words(client).get(About.MOVEMENT), today, born_on=client.born_on, current=number
        )
        kinds = [{"about": str(kind), "covers": covers(client, kind, today)} for kind in KINDS]
        body = {"client": client.uid, "agreement": agreed.code, "words": agreed.words, "version": number}
        return Response({**body, "kinds": kinds})


class Consents(ConsentsEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {
        "GET": Permission.READ_CONSENTS,
        "POST": Permission.SIGN_CONSENT,
    }
    fresh: ClassVar[dict[str, str]] = {"POST": "sign"}
    pagination_class = ByKey

    @extend_schema(
        operation_id="list_consents",
        description="Everything that was said, newest first. A line is never changed.",
        parameters=[OF_CLIENT],
        responses={200: ConsentOut(many=True), **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        client = self.asked_client(request)
        rows = Consent.objects.visible_to(self.member).filter(client=client).select_related("client", "by")
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(ConsentOut(page, many=True).data)

    @extend_schema(
        operation_id="give_consent",
        description="The client signs the agreement, or allows a kind of data.",
        request=GiveIn,
        responses={201: ConsentOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request) -> Response:
        sent = told(GiveIn(), request)
        client, by, now = self.client(None), self.member, timezone.now()
        if sent["about"] in KINDS:
            said = actions.allow(
                client=client, kind=sent["about"], signature=sent["signature"], by=by, now=now
            )
        else:
            said = actions.sign_agreement(
                client=client,
                version=sent.get("version", 0),
                answers={answer["key"]: answer for answer in sent.get("points", [])},
                signature=sent["signature"],
                by=by,
                now=now,
            )
        return Response(ConsentOut(said).data, status=201)


class Withdraw(ConsentsEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.SIGN_CONSENT}

    @extend_schema(
        operation_id="withdraw_consent",
        description="The client takes something back: in effect at once. Nothing stands to take back: 404.",
        request=WithdrawIn,
        responses={201: ConsentOut, **problems(400, 404)},
    )
    def post(self, request: Request) -> Response:
        sent = told(WithdrawIn(), request)
        client, by, now = self.client(None), self.member, timezone.now()
        said: Consent | None
        if sent["about"] in KINDS:
            said = actions.withhold(client=client, kind=sent["about"], by=by, now=now)
        else:
            said = actions.withdraw_agreement(client=client, words=sent["words"], by=by, now=now)
        if said is None:
            raise Http404
        return Response(ConsentOut(said).data, status=201)


class OneConsent(ConsentsEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.READ_CONSENTS}

    @extend_schema(operation_id="read_consent", responses={200: ConsentOut, **problems(404)})
    def get(self, request: Request, uid: UUID) -> Response:
        row = found(Consent.objects.visible_to(self.member).select_related("client", "by"), uid)
        note_reading(client=row.client, part="agreements", by=self.member, now=timezone.now())
        return Response(ConsentOut(row).data)


def _head(text: rules.Text) -> dict[str, Any]:
    names = ("agreement", "title", "opening", "notice", "review_months")
    return {"version": text.number, **{name: getattr(text, name) for name in names}}
