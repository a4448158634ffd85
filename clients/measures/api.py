"""Measures and their plans for programs: the same actions as the pages."""

from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.measures import actions, screens, shapes
from clients.measures.models import MeasurePlan
from clients.measures.standing import standings_of
from clients.record.actions import note_reading
from clients.record.reach import Reach, check_reach
from clients.screening.api import OF_CLIENT, ScreeningEndpoint, problems
from practice.people.roles import Permission
from practice.web.api import Out, found

ONE_CLIENT = OpenApiParameter("client", UUID, required=True, description="Whose.")


class Measures(ScreeningEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.READ_SCREENING}
    serializer_class: type[Out] = shapes.MeasuresOut

    @extend_schema(
        operation_id="read_measures",
        description=(
            "Each measure over time. Forms are held against the first complete one; with fewer than two complete"
            " forms nothing is said about a change."
        ),
        parameters=[ONE_CLIENT],
        responses={200: shapes.MeasuresOut, **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        try:
            uid = UUID(request.query_params.get("client", ""))
        except ValueError:
            raise serializers.ValidationError({"client": [_("This is not an id.")]}) from None
        client = self.client(uid)
        note_reading(client=client, part="measures", by=self.member, now=timezone.now())
        told = screens.told_measures(client, timezone.localdate())
        return Response(shapes.MeasuresOut({"client": client.uid, "measures": told}).data)


class PlanEndpoint(ScreeningEndpoint):
    serializer_class: type[Out] = shapes.PlanOut

    def kept_plan(self, uid: UUID) -> MeasurePlan:
        """A plan of a client whom the member treats: 404 outside their care, 403 for who only reads."""
        plan = found(MeasurePlan.objects.visible_to(self.member).select_related("client"), uid)
        check_reach(self.member, plan.client_id, Reach.KEEP)
        return plan

    def told(self, plans: list[MeasurePlan]) -> list[dict[str, Any]]:
        """The plans as they stand today, in the same order."""
        return [
            shapes.PlanOut(screens.told_plan(one)).data for one in standings_of(plans, timezone.localdate())
        ]

    def answer(self, plan: MeasurePlan, status: int = 200) -> Response:
        return Response(self.told([plan])[0], status=status)


class Plans(PlanEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {
        "GET": Permission.READ_SCREENING,
        "POST": Permission.ASK_SCREENING,
    }

    @extend_schema(
        operation_id="list_measure_plans",
        description="How often each measure is asked, newest first; ended plans too.",
        parameters=[OF_CLIENT],
        responses={200: shapes.PlanOut(many=True), **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        rows = MeasurePlan.objects.visible_to(self.member).select_related("client")
        page = self.paginate_queryset(self.of_client(rows, request)) or []
        return self.get_paginated_response(self.told(page))

    @extend_schema(
        operation_id="plan_measure",
        request=shapes.PlanIn,
        responses={201: shapes.PlanOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request) -> Response:
        sent = self.read(shapes.PlanIn, request)
        (plan,) = actions.plan_measures(
            client=self.treated(sent["client"]),
            instruments=[sent["instrument"]],
            words=_words(sent),
            by=self.member,
            now=timezone.now(),
        )
        return self.answer(plan, 201)


class OnePlan(PlanEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"PUT": Permission.ASK_SCREENING}

    @extend_schema(
        operation_id="change_measure_plan",
        request=shapes.RhythmIn,
        responses={200: shapes.PlanOut, **problems(400, 404, 409)},
    )
    def put(self, request: Request, uid: UUID) -> Response:
        plan, sent = self.kept_plan(uid), self.read(shapes.RhythmIn, request)
        return self.answer(
            actions.change_plan(plan=plan, words=_words(sent), by=self.member, now=timezone.now())
        )


class PausePlan(PlanEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.ASK_SCREENING}

    @extend_schema(
        operation_id="pause_measure_plan",
        request=shapes.PauseIn,
        responses={200: shapes.PlanOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        plan, sent = self.kept_plan(uid), self.read(shapes.PauseIn, request)
        return self.answer(
            actions.pause_plan(plan=plan, resumes_on=sent["resumes_on"], by=self.member, now=timezone.now())
        )


class ResumePlan(PlanEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.ASK_SCREENING}

    @extend_schema(
        operation_id="resume_measure_plan",
        request=None,
        responses={200: shapes.PlanOut, **problems(404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        return self.answer(actions.resume_plan(plan=self.kept_plan(uid), by=self.member, now=timezone.now()))


class EndPlan(PlanEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.ASK_SCREENING}

    @extend_schema(
        operation_id="end_measure_plan",
        request=None,
        responses={200: shapes.PlanOut, **problems(404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        return self.answer(actions.end_plan(plan=self.kept_plan(uid), by=self.member, now=timezone.now()))


class Together(ScreeningEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.ASK_SCREENING}
    serializer_class: type[Out] = shapes.KeptOut

    @extend_schema(
        operation_id="fill_in_together",
        description=(
            "Keep what a client says while the clinician asks. A safety answer raises its alert and holds walking and"
            " running at once. The set is handed in once no question is open."
        ),
        request=shapes.TogetherIn,
        responses={200: shapes.KeptOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        screening = self.screening(uid)
        check_reach(self.member, screening.client_id, Reach.KEEP)
        sent = self.read(shapes.TogetherIn, request)
        kept = actions.keep_together(
            response=self.kept(screening, sent["instrument"]),
            answers=sent["answers"],
            by=self.member,
            now=timezone.now(),
        )
        alert = kept.alert.uid if kept.alert else None
        told = {"alert": alert, "missing": kept.missing, "handed_in": kept.handed_in}
        return Response(shapes.KeptOut(told).data)


def _words(sent: dict[str, Any]) -> actions.PlanWords:
    return actions.PlanWords(
        every=sent["every"],
        unit=sent["unit"],
        starts_on=sent.get("starts_on") or timezone.localdate(),
        until=sent["until"],
        shared=sent["shared"],
    )
