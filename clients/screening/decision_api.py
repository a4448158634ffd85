"""Decisions about moving, for programs: the same actions as the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from clients.letters.actions import note_told, send_letter
from clients.letters.models import Told
from clients.record.reach import Reach, check_reach
from clients.screening import actions
from clients.screening import decision_shapes as shapes
from clients.screening.api import OF_CLIENT, ScreeningEndpoint, problems
from clients.screening.letters import written_for
from clients.screening.models import Clearance, OverrideWish
from practice.people.roles import Permission
from practice.web.api import found
from practice.web.refusals import Refused


@contextmanager
def _one_mode(mode: str) -> Iterator[None]:
    """Refusals name the field as a program sent it: here there is one mode."""
    try:
        yield
    except Refused as no:
        no.field = no.field.removeprefix(f"{mode}_")
        raise


class DecisionEndpoint(ScreeningEndpoint):
    def clearances(self) -> Any:
        rows = Clearance.objects.visible_to(self.member).select_related("client", "decided_by", "second_by")
        return rows.select_related("letter").prefetch_related("letters")

    def wishes(self) -> Any:
        rows = OverrideWish.objects.visible_to(self.member)
        return rows.select_related("client", "asked_by", "answered_by", "clearance")

    def send(self, clearance: Clearance, letter: dict[str, Any] | None) -> None:
        """The letter that came with a signature, if one did."""
        if letter:
            written = written_for(clearance, **letter)
            send_letter(clearance=clearance, letter=written, by=self.member, now=timezone.now())


class Clearances(DecisionEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {
        "GET": Permission.READ_SCREENING,
        "POST": Permission.DECIDE_CLEARANCE,
    }
    fresh: ClassVar[dict[str, str]] = {"POST": "sign"}
    serializer_class = shapes.ClearanceOut

    @extend_schema(
        operation_id="list_clearances",
        description="Decisions and holds, newest first: the first of a mode is the one that counts.",
        parameters=[OF_CLIENT],
        responses={200: shapes.ClearanceOut(many=True), **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.of_client(self.clearances(), request)) or []
        return self.get_paginated_response(shapes.ClearanceOut(page, many=True).data)

    @extend_schema(
        operation_id="decide_clearance",
        description="Sign a decision, with the letter to the client where one is sent: both or neither. A yes needs every"
        " question of the gate answered, none too old (409 `ask_first` says which), and a talk where something holds.",
        request=shapes.ClearanceIn,
        responses={201: shapes.ClearanceOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request) -> Response:
        sent = self.read(shapes.ClearanceIn, request)
        with transaction.atomic(), _one_mode(sent["mode"]):
            clearance = self._decided(sent)
            self.send(clearance, sent.get("letter"))
        return Response(shapes.ClearanceOut(found(self.clearances(), clearance.uid)).data, status=201)

    def _decided(self, sent: dict[str, Any]) -> Clearance:
        wish = actions.ModeDecision(
            mode=sent["mode"],
            decision=sent["decision"],
            conditions=sent["conditions"],
            limits=shapes.LimitsIn.limits(sent),
        )
        return actions.decide_moving(
            client=self.treated(sent["client"]),
            decisions=[wish],
            rationale=sent["rationale"],
            review_on=sent.get("review_on"),
            screening=self.screening(sent["screening"]) if "screening" in sent else None,
            talk=actions.Talk(held=sent["talked"], confirmed=sent.get("exclusions")),
            walk_only=sent["walk_only"],
            seen=sent.get("seen"),
            by=self.member,
            now=timezone.now(),
        )[0]


class Seen(DecisionEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.DECIDE_CLEARANCE}
    serializer_class = shapes.ClearanceOut

    @extend_schema(
        operation_id="see_letter",
        description="A doctor's letter for which the decision waited has come.",
        request=shapes.LetterSeenIn,
        responses={200: shapes.ClearanceOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        clearance = found(self.clearances(), uid)
        check_reach(self.member, clearance.client_id, Reach.KEEP)
        sent = self.read(shapes.LetterSeenIn, request)
        actions.see_letter(clearance=clearance, words=sent["words"], by=self.member, now=timezone.now())
        return Response(shapes.ClearanceOut(found(self.clearances(), uid)).data)


class WhoWasTold(DecisionEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {
        "GET": Permission.READ_SCREENING,
        "POST": Permission.DECIDE_CLEARANCE,
    }
    serializer_class = shapes.ToldOut

    @extend_schema(
        operation_id="list_told",
        description="Who was told of a decision, with a letter or without, newest first.",
        responses={200: shapes.ToldOut(many=True), **problems(404)},
    )
    def get(self, request: Request, uid: UUID) -> Response:
        clearance = found(self.clearances(), uid)
        rows = Told.objects.visible_to(self.member).filter(clearance=clearance).select_related("told_by")
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(shapes.ToldOut(page, many=True).data)

    @extend_schema(
        operation_id="tell_of_decision",
        description="Write down who was told of a decision, and how.",
        request=shapes.ToldIn,
        responses={201: shapes.ToldOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        clearance = found(self.clearances(), uid)
        check_reach(self.member, clearance.client_id, Reach.KEEP)
        sent = self.read(shapes.ToldIn, request)
        told = note_told(clearance=clearance, **sent, by=self.member, now=timezone.now())
        return Response(shapes.ToldOut(told).data, status=201)


class Wishes(DecisionEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {
        "GET": Permission.READ_SCREENING,
        "POST": Permission.DECIDE_CLEARANCE,
    }
    serializer_class = shapes.WishOut

    @extend_schema(
        operation_id="list_override_wishes",
        parameters=[OF_CLIENT],
        responses={200: shapes.WishOut(many=True), **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.of_client(self.wishes(), request)) or []
        return self.get_paginated_response(shapes.WishOut(page, many=True).data)

    @extend_schema(
        operation_id="ask_override",
        description="Ask a second clinician to override H1 or H2, where the practice allows it. H3 never.",
        request=shapes.WishIn,
        responses={201: shapes.WishOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request) -> Response:
        sent = self.read(shapes.WishIn, request)
        wish = actions.ask_override(
            client=self.treated(sent["client"]),
            terms=actions.OverrideTerms(
                mode=sent["mode"],
                rationale=sent["rationale"],
                conditions=sent["conditions"],
                limits=shapes.LimitsIn.limits(sent),
                review_on=sent.get("review_on"),
            ),
            talk=actions.Talk(held=sent["talked"]),
            by=self.member,
            now=timezone.now(),
        )
        return Response(shapes.WishOut(wish).data, status=201)


class WishAnswer(DecisionEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.DECIDE_CLEARANCE}
    fresh: ClassVar[dict[str, str]] = {"POST": "sign"}
    serializer_class = shapes.WishOut

    @extend_schema(
        operation_id="answer_override",
        description="A second clinician signs or declines; whoever asked takes it back.",
        request=shapes.WishAnswerIn,
        responses={200: shapes.WishOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        wish = found(self.wishes(), uid)
        check_reach(self.member, wish.client_id, Reach.KEEP)
        sent = self.read(shapes.WishAnswerIn, request)
        now = timezone.now()
        if sent["answer"] == "sign":
            with transaction.atomic():
                signed = actions.sign_override(wish=wish, reason=sent["reason"], by=self.member, now=now)
                self.send(signed, sent.get("letter"))
        elif sent["answer"] == "decline":
            actions.decline_override(wish=wish, reason=sent["reason"], by=self.member, now=now)
        else:
            actions.take_back_override(wish=wish, by=self.member, now=now)
        return Response(shapes.WishOut(found(self.wishes(), uid)).data)
