"""A session with a client: when, where, how fast."""

from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.runs.models import RunLog
from clients.screening.models import Clearance
from practice.people.models import Member
from sessions.booking.querysets import TherapySessionQuerySet
from sessions.routes.models import Route


def _just(field: str) -> Func:
    """A range that holds one key alone: equality for an exclusion constraint without btree_gist."""
    return Func(F(field), F(field), Value("[]"), function="int8range")


def _busy() -> Func:
    return Func(F("busy_from"), F("busy_until"), function="tstzrange")


_TAKES_UP_TIME = Q(state__in=["booked", "on_hold", "completed"], busy_until__gt=F("busy_from"))


class CancelledBecause(models.TextChoices):
    """Why a session did not happen, as far as the calendar needs to know."""

    CLIENT = "client", _("The client asked to cancel")
    CLINICIAN = "clinician", _("The clinician cannot come")
    UNWELL = "unwell", _("Somebody is unwell")
    WEATHER = "weather", _("The weather")
    ROUTE = "route", _("The route is not usable")
    CLEARANCE = "clearance", _("Not moving together for now")
    MISTAKE = "mistake", _("Booked by mistake")
    OTHER = "other", _("Another reason")


class TherapySession(models.Model):
    """One booked hour. Times are UTC; `time_zone` is the zone they were meant in.

    `busy_from`–`busy_until` is the session with the buffers that keep the clinician free around it.

    `moving_minutes` are those of a walk or run on the move, None where nobody worked them out: then all of it counts.
    `route_is_chosen` says that the client chose the route.

    A booked walk or run stands on the newest clearance of its client: the database puts it on hold, at `held_at`, when
    one comes that does not carry it, and lets none be booked on another. On hold it keeps its time and does not count
    as going ahead; a clinician chooses what becomes of it.
    """

    class Mode(models.TextChoices):
        SIT = "sit", _("Sitting")
        WALK = "walk", _("Walking")
        RUN = "run", _("Running")

    class Place(models.TextChoices):
        OUTDOORS = "outdoors", _("Outdoors")
        OFFICE = "office", _("At the practice")
        VIDEO = "video", _("By video")
        PHONE = "phone", _("By phone")

    class State(models.TextChoices):
        BOOKED = "booked", _("Booked")
        ON_HOLD = "on_hold", _("On hold")
        COMPLETED = "completed", _("Took place")
        CANCELLED = "cancelled", _("Cancelled")
        NO_SHOW = "no_show", _("Did not come")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="sessions")
    clinician = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="sessions")
    mode = models.CharField(max_length=4, choices=Mode.choices)
    place = models.CharField(max_length=8, choices=Place.choices)
    route = models.ForeignKey(Route, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions")
    pace = models.CharField(max_length=10, choices=RunLog.Effort.choices, blank=True)
    meeting_place = models.CharField(max_length=200, blank=True)
    moving_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    route_is_chosen = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    busy_from = models.DateTimeField()
    busy_until = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    clearance = models.ForeignKey(
        Clearance, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.BOOKED)
    held_at = models.DateTimeField(null=True, blank=True)
    booked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = TherapySessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="session_is_inside_its_busy_time",
                condition=Q(busy_from__lte=F("starts_at"), busy_until__gte=F("ends_at")),
            ),
            models.CheckConstraint(
                name="moving_session_stands_on_a_clearance",
                condition=Q(mode="sit") | Q(clearance__isnull=False),
            ),
            models.CheckConstraint(
                name="moving_session_is_outdoors_with_a_pace",
                condition=Q(mode="sit") | (Q(place="outdoors") & ~Q(pace="")),
            ),
            models.CheckConstraint(
                name="session_closed_at_and_by_go_with_its_state",
                condition=Q(state__in=["booked", "on_hold"], closed_at=None, closed_by=None)
                | (~Q(state__in=["booked", "on_hold"]) & Q(closed_at__isnull=False, closed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="only_a_moving_session_is_on_hold_since_a_time",
                condition=(Q(state="on_hold", held_at__isnull=False) & ~Q(mode="sit"))
                | (~Q(state="on_hold") & Q(held_at=None)),
            ),
            models.CheckConstraint(
                name="session_moves_at_least_a_minute",
                condition=Q(moving_minutes=None) | Q(moving_minutes__gt=0),
            ),
            models.CheckConstraint(
                name="chosen_route_is_named", condition=Q(route_is_chosen=False) | Q(route__isnull=False)
            ),
            ExclusionConstraint(
                name="clinician_is_in_one_place_at_a_time",
                expressions=[
                    (_just("clinician_id"), RangeOperators.OVERLAPS),
                    (_busy(), RangeOperators.OVERLAPS),
                ],
                # PostgreSQL raises on a reversed range before the check above can speak
                condition=_TAKES_UP_TIME,
            ),
            ExclusionConstraint(
                name="client_is_in_one_place_at_a_time",
                expressions=[
                    (_just("client_id"), RangeOperators.OVERLAPS),
                    (_busy(), RangeOperators.OVERLAPS),
                ],
                condition=_TAKES_UP_TIME,
            ),
        ]
        indexes = [
            models.Index(fields=["clinician", "starts_at", "id"], name="sessions_by_clinician"),
            models.Index(fields=["client", "-starts_at", "-id"], name="sessions_by_client"),
            models.Index(fields=["starts_at", "id"], name="sessions_by_start"),
        ]

    def __str__(self) -> str:
        return f"{self.mode} {self.uid}"

    @property
    def is_moving(self) -> bool:
        return self.mode != self.Mode.SIT

    @property
    def is_on_hold(self) -> bool:
        return self.state == self.State.ON_HOLD

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
