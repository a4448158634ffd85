"""Sessions for programs: the same actions, permissions and refusals as the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.functional import cached_property
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, check_reach
from clients.runs.models import RunLog
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.api import Endpoint, In, Out, Problem, found
from practice.web.pages import NewestFirst
from practice.web.refusals import Refused
from sessions.booking import actions, rules
from sessions.booking.clearances import PLAIN_REASONS, in_care
from sessions.booking.models import CancelledBecause, TherapySession
from sessions.routes.models import Route

MODE, PLACE, STATE = TherapySession.Mode, TherapySession.Place, TherapySession.State
PROBLEM = "application/problem+json"
NOT_UNDERSTOOD = {(400, PROBLEM): Problem, (404, PROBLEM): Problem}
REFUSED = {**NOT_UNDERSTOOD, (409, PROBLEM): Problem}


class Moment(serializers.DateTimeField):
    """A moment with its offset, so that nobody guesses the zone."""

    default_error_messages = {"naive": "Give the offset too, like 2026-06-01T09:30:00+01:00."}

    def enforce_timezone(self, value: datetime) -> datetime:
        if timezone.is_naive(value):
            self.fail("naive")
        return super().enforce_timezone(value)


class SessionFacts(In):
    """What booking and changing share."""

    clinician = serializers.UUIDField(required=False)
    place = serializers.ChoiceField(choices=PLACE.choices, required=False)
    ends_at = Moment(required=False)
    minutes = serializers.IntegerField(required=False)
    route = serializers.UUIDField(required=False, allow_null=True)
    pace = serializers.ChoiceField(choices=RunLog.Effort.choices, required=False, allow_blank=True)
    meeting_place = serializers.CharField(max_length=200, required=False, allow_blank=True)
    moving_minutes = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, help_text="Without it: as the route takes, else all."
    )
    route_is_chosen = serializers.BooleanField(required=False, help_text="The client chose this route.")


class SessionIn(SessionFacts):
    """`ends_at` may stand in for `minutes`; without either a session takes 50 minutes."""

    client = serializers.UUIDField()
    mode = serializers.ChoiceField(choices=MODE.choices)
    starts_at = Moment()


class SessionChanges(SessionFacts):
    """What is left out stays as it is."""

    mode = serializers.ChoiceField(choices=MODE.choices, required=False)
    starts_at = Moment(required=False)


class CancelIn(In):
    reason = serializers.ChoiceField(choices=CancelledBecause.choices)


class Filters(serializers.Serializer[Any]):
    """`since` and `until` are local days, both included."""

    client = serializers.UUIDField(required=False)
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)
    state = serializers.ChoiceField(choices=STATE.choices, required=False)


class SessionOut(Out):
    """A session. What stands on clinical words is null or empty for those outside the care team."""

    id = serializers.UUIDField(source="uid")
    client = serializers.UUIDField(source="client.uid")
    clinician = serializers.UUIDField(source="clinician.uid")
    mode = serializers.ChoiceField(choices=MODE.choices)
    place = serializers.ChoiceField(choices=PLACE.choices)
    route = serializers.UUIDField(source="route.uid", allow_null=True, default=None)
    pace = serializers.CharField(allow_blank=True)
    meeting_place = serializers.CharField(allow_blank=True)
    moving_minutes = serializers.IntegerField(allow_null=True)
    route_is_chosen = serializers.BooleanField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    minutes = serializers.IntegerField()
    time_zone = serializers.CharField()
    clearance = serializers.UUIDField(source="clearance.uid", allow_null=True, default=None)
    state = serializers.ChoiceField(choices=STATE.choices)
    reason = serializers.CharField(allow_blank=True)
    booked_at = serializers.DateTimeField()
    held_at = serializers.DateTimeField(allow_null=True, help_text="Since when it is on hold.")
    closed_at = serializers.DateTimeField(allow_null=True)

    def __init__(self, *args: Any, reader: Member | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reader = reader

    @cached_property
    def clinical(self) -> set[int]:
        """Keys of the clients among these rows about whom the reader may know."""
        rows: Any = self.parent.instance if self.parent else [self.instance]
        return in_care(rows, self.reader) if self.reader else set()

    def to_representation(self, instance: TherapySession) -> dict[str, Any]:
        shown = super().to_representation(instance)
        if instance.client_id not in self.clinical:
            shown["clearance"] = None
            shown["reason"] = instance.reason if instance.reason in PLAIN_REASONS else ""
        return shown


class NewestStartFirst(NewestFirst):
    # DRF takes a tuple as well
    ordering = ("-starts_at", "-pk")  # type: ignore[assignment]


class SessionEndpoint(Endpoint):
    """What the endpoints of a session share."""

    scope = "sessions"
    serializer_class = SessionOut

    def answer(self, session: TherapySession, status: int = 200) -> Response:
        return Response(SessionOut(session, reader=self.member).data, status=status)

    def asked(self, uid: UUID) -> TherapySession:
        """The session with this id, if the member may know it exists."""
        return found(TherapySession.objects.visible_to(self.member).with_people(), uid)

    def kept(self, uid: UUID) -> TherapySession:
        """The session with this id, if the member may change it: 403 for who only reads."""
        session = self.asked(uid)
        if not TherapySession.objects.visible_to(self.member).kept_by(self.member).filter(uid=uid).exists():
            raise PermissionDenied
        return session

    def closed_by_care(self, uid: UUID) -> TherapySession:
        """The session with this id, if the member treats the client."""
        session = self.asked(uid)
        check_reach(self.member, session.client_id, Reach.KEEP)
        return session

    def rows_for(self, values: dict[str, Any]) -> dict[str, Any]:
        """The sent values with ids turned into the rows they name; Http404 for what may not be seen."""
        facts = dict(values)
        if "clinician" in facts:
            facts["clinician"] = found(Member.objects.visible_to(self.member), facts["clinician"])
        if facts.get("route"):
            facts["route"] = found(Route.objects.visible_to(self.member), facts["route"])
        return facts


class Sessions(SessionEndpoint):
    permissions = {"GET": Permission.READ_CALENDAR, "POST": Permission.BOOK_SESSION}
    pagination_class = NewestStartFirst

    @extend_schema(
        operation_id="list_sessions",
        parameters=[
            Filters,
            OpenApiParameter("page_size", int, description="At most 100."),
        ],
        responses={200: SessionOut(many=True), (400, PROBLEM): Problem, (404, PROBLEM): Problem},
    )
    def get(self, request: Request) -> Response:
        """Sessions the member may see, the latest start first."""
        asked = Filters(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows = _filtered(TherapySession.objects.visible_to(self.member).with_people(), asked.validated_data)
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(SessionOut(page, many=True, reader=self.member).data)

    @extend_schema(operation_id="book_session", request=SessionIn, responses={201: SessionOut, **REFUSED})
    def post(self, request: Request) -> Response:
        """Book. 409 not_cleared, clinician_taken, client_taken and others say why not."""
        facts = self.rows_for(self.read(SessionIn, request))
        client = found(Client.objects.visible_to(self.member), facts.pop("client"))
        if not Client.objects.visible_to(self.member).bookable_by(self.member).filter(pk=client.pk).exists():
            raise PermissionDenied
        facts.setdefault("clinician", self.member)
        facts.setdefault("place", PLACE.OFFICE if facts["mode"] == MODE.SIT else PLACE.OUTDOORS)
        _measure(facts, facts["starts_at"], rules.USUAL_MINUTES)
        with _fields_of_the_api():
            session = actions.book_session(client=client, by=self.member, now=timezone.now(), **facts)
        return self.answer(session, 201)


class OneSession(SessionEndpoint):
    permissions = {"GET": Permission.READ_CALENDAR, "PATCH": Permission.BOOK_SESSION}

    @extend_schema(operation_id="read_session", responses={200: SessionOut, (404, PROBLEM): Problem})
    def get(self, request: Request, uid: UUID) -> Response:
        session = self.asked(uid)
        note_reading(client=session.client, part="session", by=self.member, now=timezone.now())
        return self.answer(session)

    @extend_schema(
        operation_id="move_session", request=SessionChanges, responses={200: SessionOut, **REFUSED}
    )
    def patch(self, request: Request, uid: UUID) -> Response:
        """Change when, where or how. Everything is checked again as at booking."""
        session = self.kept(uid)
        changes = self.rows_for(self.read(SessionChanges, request))
        _measure(changes, changes.get("starts_at", session.starts_at), None)
        with _fields_of_the_api():
            session = actions.move_session(session=session, by=self.member, now=timezone.now(), **changes)
        return self.answer(session)


class Cancel(SessionEndpoint):
    permissions = {"POST": Permission.BOOK_SESSION}

    @extend_schema(operation_id="cancel_session", request=CancelIn, responses={200: SessionOut, **REFUSED})
    def post(self, request: Request, uid: UUID) -> Response:
        session, reason = self.kept(uid), self.read(CancelIn, request)["reason"]
        return self.answer(
            actions.cancel_session(session=session, reason=reason, by=self.member, now=timezone.now())
        )


class Complete(SessionEndpoint):
    permissions = {"POST": Permission.CLOSE_SESSION}

    @extend_schema(operation_id="complete_session", request=None, responses={200: SessionOut, **REFUSED})
    def post(self, request: Request, uid: UUID) -> Response:
        """It took place. Not before it starts."""
        session = self.closed_by_care(uid)
        return self.answer(actions.complete_session(session=session, by=self.member, now=timezone.now()))


class NoShow(SessionEndpoint):
    permissions = {"POST": Permission.CLOSE_SESSION}

    @extend_schema(operation_id="mark_no_show", request=None, responses={200: SessionOut, **REFUSED})
    def post(self, request: Request, uid: UUID) -> Response:
        """The client did not come. Not before it starts."""
        session = self.closed_by_care(uid)
        return self.answer(actions.mark_no_show(session=session, by=self.member, now=timezone.now()))


class PutBack(SessionEndpoint):
    permissions = {"POST": Permission.BOOK_SESSION}

    @extend_schema(operation_id="put_session_back", request=None, responses={200: SessionOut, **REFUSED})
    def post(self, request: Request, uid: UUID) -> Response:
        """Undo a cancellation, if everything that a booking needs still holds."""
        session = self.kept(uid)
        return self.answer(actions.put_session_back(session=session, by=self.member, now=timezone.now()))


def _filtered(rows: Any, asked: dict[str, Any]) -> Any:
    if "client" in asked:
        rows = rows.filter(client__uid=asked["client"])
    if "state" in asked:
        rows = rows.filter(state=asked["state"])
    return rows.in_days(asked.get("since"), asked.get("until"))


def _measure(facts: dict[str, Any], starts_at: datetime, usual: int | None) -> None:
    """An end becomes minutes. Raises ValidationError where both were sent and disagree."""
    ends_at = facts.pop("ends_at", None)
    if ends_at is not None:
        minutes = rules.whole_minutes(starts_at, ends_at)
        if facts.setdefault("minutes", minutes) != minutes:
            raise serializers.ValidationError({"ends_at": ["Send either minutes or ends_at."]})
    elif usual is not None:
        facts.setdefault("minutes", usual)


@contextmanager
def _fields_of_the_api() -> Iterator[None]:
    """A form has a date and a time where the API has one moment."""
    try:
        yield
    except Refused as no:
        no.field = "starts_at" if no.field in {"date", "time"} else no.field
        raise
