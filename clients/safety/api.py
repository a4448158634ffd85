"""Safety plans for programs: the care team reads and writes versions; the client reads what was agreed with them."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.record.models import Client
from clients.record.reach import Reach, check_reach
from clients.safety import actions, screens
from clients.safety.forms import HINTS, LONGEST_NOTE, LONGEST_STEP
from clients.safety.models import STEPS, SafetyPlan
from clients.screening.api import problems
from practice.audit import read
from practice.people.roles import Permission
from practice.web.api import Endpoint, In, Out, PlainWords, found

LARGEST_VERSION = 2**31 - 1


class SafetyPlanOut(Out):
    """One version; a step that nobody wrote anything for is empty."""

    id = serializers.UUIDField(source="uid")
    version = serializers.IntegerField()
    signs = serializers.CharField()
    on_my_own = serializers.CharField()
    distraction = serializers.CharField()
    people = serializers.CharField()
    professionals = serializers.CharField()
    surroundings = serializers.CharField()
    is_agreed = serializers.BooleanField(help_text="Written together: it stands on the client’s own pages.")
    written_by = serializers.CharField(source="written_by.name")
    written_at = serializers.DateTimeField()
    looked_at = serializers.DateTimeField(allow_null=True, help_text="When both last went through it.")
    look_again_on = serializers.DateField()


class SafetyPlanVersionOut(Out):
    version = serializers.IntegerField()
    written_by = serializers.CharField()
    written_at = serializers.DateTimeField()
    is_agreed = serializers.BooleanField()


class SafetyPlanPageOut(Out):
    """What stands, and the versions before it: for a client those that were agreed with them."""

    client = serializers.UUIDField()
    plan = SafetyPlanOut(allow_null=True, help_text="Null where there is none.")
    versions = SafetyPlanVersionOut(many=True, help_text="Newest first.")
    is_old = serializers.BooleanField(help_text="Another version stands by now.")
    is_due = serializers.BooleanField(help_text="The day to look at it again has come.")
    may_write = serializers.BooleanField()


def _step(key: str) -> PlainWords:
    return PlainWords(max_length=LONGEST_STEP, allow_blank=True, default="", help_text=str(HINTS[key]))


class SafetyPlanLookIn(In):
    version = serializers.IntegerField(
        min_value=0, max_value=LARGEST_VERSION, help_text="The one that was looked at, 0 where there is none."
    )
    look_again_on = serializers.DateField(help_text="After today, within a year.")


class SafetyPlanIn(SafetyPlanLookIn):
    """The six steps in the client's words, as the next version has them: what is left out is empty in it."""

    signs = _step("signs")
    on_my_own = _step("on_my_own")
    distraction = _step("distraction")
    people = _step("people")
    professionals = _step("professionals")
    surroundings = _step("surroundings")
    is_agreed = serializers.BooleanField(
        default=False, help_text="Without it the version is a draft that the client does not see."
    )


class FirstAidOut(Out):
    words = serializers.CharField(allow_blank=True)
    said_on = serializers.DateField(allow_null=True)
    from_answers = serializers.BooleanField(help_text="The client wrote it in a questionnaire.")


class FirstAidIn(In):
    words = PlainWords(max_length=LONGEST_NOTE, allow_blank=True)


class PlanEndpoint(Endpoint):
    scope = "safety"
    serializer_class: type[Out] = SafetyPlanPageOut

    def client(self, uid: UUID) -> Client:
        return found(Client.objects.visible_to(self.member).in_care_of(self.member), uid)

    def treated(self, uid: UUID) -> Client:
        """A client whom the member treats: 403 for who only reads the record."""
        client = self.client(uid)
        check_reach(self.member, client.pk, Reach.KEEP)
        return client

    def opened(self, client: Client, version: int | None) -> Response:
        """One version with the list of all, and a line in the trail; 404 for a version that there is not."""
        now = timezone.now()
        page = screens.plan_page(client, self.member, now, version=version)
        if page is None:
            raise Http404
        read("safety_plan_read", on=client, by=self.member, at=now, client=client)
        return Response(SafetyPlanPageOut(_said(client, page)).data)


class Plan(PlanEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {
        "GET": Permission.READ_SAFETY_PLAN,
        "POST": Permission.CHANGE_RECORD,
    }

    @extend_schema(
        operation_id="read_safety_plan",
        description="The version that stands, with the list of versions. A client reads the newest that they agreed to.",
        responses={200: SafetyPlanPageOut, **problems(404)},
    )
    def get(self, request: Request, uid: UUID) -> Response:
        return self.opened(self.client(uid), None)

    @extend_schema(
        operation_id="write_safety_plan",
        description="Keep the next version; those before stay. 409 `plan_changed` where another stands by now.",
        request=SafetyPlanIn,
        responses={201: SafetyPlanOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        client, sent = self.treated(uid), self.read(SafetyPlanIn, request)
        plan = actions.write_plan(
            client=client,
            words=actions.PlanWords(**{key: sent[key] for key in STEPS}),
            is_agreed=sent["is_agreed"],
            look_again_on=sent["look_again_on"],
            seen_version=sent["version"],
            by=self.member,
            now=timezone.now(),
        )
        return Response(SafetyPlanOut(plan).data, status=201)


class PlanVersion(PlanEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.READ_SAFETY_PLAN}

    @extend_schema(
        operation_id="read_safety_plan_version",
        description="One version as it was.",
        responses={200: SafetyPlanPageOut, **problems(404)},
    )
    def get(self, request: Request, uid: UUID, version: int) -> Response:
        return self.opened(self.client(uid), version)


class LookedAtPlan(PlanEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.CHANGE_RECORD}
    serializer_class = SafetyPlanOut

    @extend_schema(
        operation_id="look_at_safety_plan",
        description="Both went through it, and it still holds.",
        request=SafetyPlanLookIn,
        responses={200: SafetyPlanOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        client, sent = self.treated(uid), self.read(SafetyPlanLookIn, request)
        plan = actions.look_at_plan(
            client=client,
            seen_version=sent["version"],
            look_again_on=sent["look_again_on"],
            by=self.member,
            now=timezone.now(),
        )
        return Response(SafetyPlanOut(plan).data)


class FirstAid(PlanEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {
        "GET": Permission.CHANGE_RECORD,
        "PUT": Permission.CHANGE_RECORD,
    }
    serializer_class = FirstAidOut

    @extend_schema(
        operation_id="read_first_aid",
        description="What helpers should know when something happens outdoors, for those who treat the client.",
        responses={200: FirstAidOut, **problems(404)},
    )
    def get(self, request: Request, uid: UUID) -> Response:
        client = self.treated(uid)
        read("safety_plan_read", on=client, by=self.member, at=timezone.now(), client=client)
        return self.known(client)

    @extend_schema(
        operation_id="note_first_aid",
        description="In place of what stood; nothing takes it away. It stands on the emergency card of each session.",
        request=FirstAidIn,
        responses={200: FirstAidOut, **problems(400, 404)},
    )
    def put(self, request: Request, uid: UUID) -> Response:
        client, sent = self.treated(uid), self.read(FirstAidIn, request)
        actions.note_first_aid(client=client, words=sent["words"], by=self.member, now=timezone.now())
        return self.known(client)

    def known(self, client: Client) -> Response:
        needs = screens.medical_needs(client, self.member)
        known = needs or screens.MedicalNeeds(words="", said_on=None)
        return Response(FirstAidOut(known).data)


def _said(client: Client, page: screens.PlanPage) -> dict[str, Any]:
    plan: SafetyPlan | None = page.plan
    names = ("versions", "is_old", "is_due", "may_write")
    return {"client": client.uid, "plan": plan, **{name: getattr(page, name) for name in names}}
