"""Screenings, decisions and alerts for programs: the same actions as the pages."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.instruments import read
from clients.intake.actions import hand_in
from clients.record.models import Client
from clients.record.reach import Reach, check_reach
from clients.screening import actions, rules, shapes
from clients.screening.decision_shapes import SuggestionWords
from clients.screening.evidence import hits_in
from clients.screening.models import Response as Kept
from clients.screening.models import SafetyAlert, Screening
from clients.screening.screens import alert_page
from practice.people.roles import Permission
from practice.web.api import Endpoint, Out, Problem, found
from practice.web.pages import ByKey

PROBLEM_JSON = "application/problem+json"
OF_CLIENT = OpenApiParameter("client", UUID, description="Only this client's.")


def problems(*codes: int) -> dict[tuple[int, str], type[Problem]]:
    """The refusals that an endpoint may answer with, for its description."""
    return dict.fromkeys([(code, PROBLEM_JSON) for code in (*codes, 401, 403)], Problem)


class ScreeningEndpoint(Endpoint):
    scope = "screenings"
    pagination_class = ByKey
    serializer_class: type[Out] = shapes.ScreeningOut

    def screening(self, uid: UUID) -> Screening:
        return found(Screening.objects.visible_to(self.member).select_related("client"), uid)

    def kept(self, screening: Screening, instrument: str) -> Kept:
        """One questionnaire of the screening, or Http404."""
        kept = Kept.objects.visible_to(self.member).filter(screening=screening, instrument=instrument).first()
        if kept is None:
            raise Http404
        return kept

    def client(self, uid: UUID) -> Client:
        return found(Client.objects.visible_to(self.member).in_care_of(self.member), uid)

    def treated(self, uid: UUID) -> Client:
        """A client whom the member treats: 403 for who only reads the record."""
        client = self.client(uid)
        check_reach(self.member, client.pk, Reach.KEEP)
        return client

    def of_client(self, rows: QuerySet[Any], request: Request) -> QuerySet[Any]:
        """Narrowed to the client named in the query, if one is."""
        if "client" not in request.query_params:
            return rows
        try:
            uid = UUID(request.query_params["client"])
        except ValueError:
            raise serializers.ValidationError({"client": [_("This is not an id.")]}) from None
        return rows.filter(client=self.client(uid))

    def shown(self, screening: Screening) -> dict[str, Any]:
        """The whole screening; scores and rules for staff only."""
        kept = list(screening.responses.all())
        handed_in = [response for response in kept if response.submitted_at]
        for_staff = not self.member.is_client
        today = timezone.localdate()
        hits = hits_in(handed_in, screening.client, today) if for_staff else ()
        return {
            **shapes.ScreeningLine(screening).data,
            "responses": [_response(response, for_staff=for_staff) for response in kept],
            "hits": shapes.HitOut(hits, many=True).data,
            "ruleset": rules.VERSION,
            "suggestions": _suggestions(hits) if for_staff and screening.submitted_at else [],
        }


class Screenings(ScreeningEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {
        "GET": Permission.SEE_QUESTIONS,
        "POST": Permission.ASK_SCREENING,
    }

    @extend_schema(
        operation_id="list_screenings",
        parameters=[OF_CLIENT],
        responses={200: shapes.ScreeningLine(many=True), **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        rows = Screening.objects.visible_to(self.member).select_related("client")
        page = self.paginate_queryset(self.of_client(rows, request)) or []
        return self.get_paginated_response(shapes.ScreeningLine(page, many=True).data)

    @extend_schema(
        operation_id="ask_screening",
        request=shapes.ScreeningIn,
        responses={201: shapes.ScreeningOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request) -> Response:
        sent = self.read(shapes.ScreeningIn, request)
        screening = actions.ask_screening(
            client=self.treated(sent["client"]),
            purpose=sent["purpose"],
            instruments=sent.get("instruments"),
            by=self.member,
            now=timezone.now(),
        )
        return Response(self.shown(screening), status=201)


class OneScreening(ScreeningEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.SEE_QUESTIONS}

    @extend_schema(operation_id="read_screening", responses={200: shapes.ScreeningOut, **problems(404)})
    def get(self, request: Request, uid: UUID) -> Response:
        screening = self.screening(uid)
        actions.note_opened(thing=screening, client=screening.client, by=self.member, now=timezone.now())
        return Response(self.shown(screening))


class Answers(ScreeningEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.ANSWER_SCREENING}

    @extend_schema(
        operation_id="answer_question",
        description="Keep one answer. After a safety answer show whom to call before the next question.",
        request=shapes.AnswerIn,
        responses={200: shapes.AnsweredOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        screening = self.screening(uid)
        sent = self.read(shapes.AnswerIn, request)
        kept = self.kept(screening, sent["instrument"])
        alert = actions.answer(
            response=kept, item=sent["item"], value=sent["value"], by=self.member, now=timezone.now()
        )
        item = read(kept.snapshot).item(sent["item"])
        return Response(
            shapes.AnsweredOut(
                {**sent, "show_help": alert is not None, "see_a_doctor": sent["value"] in item.doctor}
            ).data
        )


class SafeNow(ScreeningEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.ANSWER_SCREENING}

    @extend_schema(
        operation_id="say_safe_now",
        description="After a safety answer: are you safe right now? No and unsure raise the alert again.",
        request=shapes.SafeNowIn,
        responses={200: shapes.SafeNowOut, **problems(400, 404)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        screening = self.screening(uid)
        said = self.read(shapes.SafeNowIn, request)["safe_now"]
        actions.say_safe_now(screening=screening, safe_now=said, by=self.member, now=timezone.now())
        return Response(shapes.SafeNowOut({"safe_now": said, "show_help": said != actions.SAFE}).data)


class Submit(ScreeningEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.ANSWER_SCREENING}

    @extend_schema(
        operation_id="submit_screening",
        description="Hand the answers in, once; of an intake its sections too. Refused with what is still without an answer.",
        request=None,
        responses={200: shapes.ScreeningOut, **problems(404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        screening = self.screening(uid)
        return Response(self.shown(hand_in(screening=screening, by=self.member, now=timezone.now())))


class AskedInPerson(ScreeningEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.DECIDE_CLEARANCE}

    @extend_schema(
        operation_id="answer_in_person",
        description="Keep what a client said when a clinician asked. Any yes holds walking and running.",
        request=shapes.InPersonIn,
        responses={200: shapes.ScreeningOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        screening = self.screening(uid)
        check_reach(self.member, screening.client_id, Reach.KEEP)
        sent = self.read(shapes.InPersonIn, request)
        actions.answer_in_person(
            response=self.kept(screening, sent["instrument"]),
            answers=sent["answers"],
            by=self.member,
            now=timezone.now(),
        )
        return Response(self.shown(self.screening(uid)))


class Alerts(ScreeningEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.READ_SCREENING}
    serializer_class = shapes.AlertOut

    @extend_schema(
        operation_id="list_alerts",
        parameters=[OF_CLIENT],
        responses={200: shapes.AlertOut(many=True), **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        rows = SafetyAlert.objects.visible_to(self.member).select_related("client", "response")
        page = self.paginate_queryset(self.of_client(rows, request)) or []
        return self.get_paginated_response(shapes.AlertOut(page, many=True).data)


class OneAlert(ScreeningEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"GET": Permission.READ_SCREENING}
    serializer_class = shapes.WholeAlertOut

    @extend_schema(
        operation_id="read_alert",
        description="One safety answer: what was asked, what was said, what the client says about right now.",
        responses={200: shapes.WholeAlertOut, **problems(404)},
    )
    def get(self, request: Request, uid: UUID) -> Response:
        rows = SafetyAlert.objects.visible_to(self.member)
        alert = found(rows.select_related("client", "response__screening", "seen_by"), uid)
        actions.note_opened(thing=alert, client=alert.client, by=self.member, now=timezone.now())
        page = alert_page(alert)
        said = {name: getattr(page, name) for name in ("question", "answer", "by")}
        return Response(
            {**shapes.AlertOut(alert).data, **said, "screening": str(alert.response.screening.uid)}
        )


class CloseAlert(ScreeningEndpoint):
    permissions: ClassVar[dict[str, Permission]] = {"POST": Permission.DECIDE_CLEARANCE}
    serializer_class = shapes.AlertOut

    @extend_schema(
        operation_id="close_alert",
        request=shapes.CloseAlertIn,
        responses={200: shapes.AlertOut, **problems(400, 404, 409)},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        rows = SafetyAlert.objects.visible_to(self.member).select_related("client", "response")
        alert = found(rows, uid)
        check_reach(self.member, alert.client_id, Reach.CARE)
        sent = self.read(shapes.CloseAlertIn, request)
        closed = actions.close_alert(
            alert=alert, what_was_done=sent["what_was_done"], by=self.member, now=timezone.now()
        )
        return Response(shapes.AlertOut(closed).data)


def _suggestions(hits: tuple[rules.Hit, ...]) -> list[dict[str, Any]]:
    """What the rules suggest on these answers alone, in words one can argue with."""
    said = [rules.suggest(mode, hits) for mode in rules.MOVING_MODES]
    explained = [(one, rules.explain(one)) for one in said]
    return [
        {"mode": one.mode, "decision": one.decision, **SuggestionWords(why).data} for one, why in explained
    ]


def _response(kept: Kept, *, for_staff: bool) -> dict[str, Any]:
    """One questionnaire in the wording of that day. A clinician's own questions say nothing to the client."""
    instrument = read(kept.snapshot)
    is_shown = for_staff or not kept.asked_by_clinician
    return {
        "instrument": kept.instrument,
        "version": kept.version,
        "name": instrument.name,
        "asked_by_clinician": kept.asked_by_clinician,
        "stem": instrument.stem,
        "attribution": instrument.attribution,
        "items": shapes.ItemOut(instrument.items if is_shown else [], many=True).data,
        "answers": kept.answers if is_shown else {},
        "submitted_at": kept.submitted_at,
        "result": kept.result if for_staff and kept.submitted_at else None,
    }
