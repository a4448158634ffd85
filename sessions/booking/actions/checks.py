"""Everything that must hold before a session is written, asked under the client's lock."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NotRequired, TypedDict

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.consents.standing import in_the_way
from clients.record.models import CareTeamMember, Client
from clients.record.querysets import TREATING_PARTS
from clients.screening.models import Clearance
from clients.screening.rules import ROUTE_KINDS, Limits
from clients.screening.standing import standing_for
from practice.people.acting import beyond_the_wall
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.refusals import Refused
from sessions.booking import rules
from sessions.booking.actions import refusals
from sessions.booking.bookable import estimate_of
from sessions.booking.clearances import reads_about
from sessions.booking.models import TherapySession
from sessions.routes.models import Route

MODE, PLACE = TherapySession.Mode, TherapySession.Place


class Facts(TypedDict):
    """What a session is to be. `minutes` from start to end, `moving_minutes` those of them on the move (None: as the
    route takes, else all); `pace` in talk-test words; `route_is_chosen` says that the client chose it.
    """

    clinician: Member
    mode: str
    place: str
    starts_at: datetime
    minutes: int
    route: NotRequired[Route | None]
    pace: NotRequired[str]
    meeting_place: NotRequired[str]
    moving_minutes: NotRequired[int | None]
    route_is_chosen: NotRequired[bool]


class Changes(TypedDict, total=False):
    """What is to be different about a session; what is left out stays."""

    clinician: Member
    mode: str
    place: str
    starts_at: datetime
    minutes: int
    route: Route | None
    pace: str
    meeting_place: str
    moving_minutes: int | None
    route_is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A session as somebody wants it, before anybody has said yes."""

    client: Client
    clinician: Member
    mode: str
    place: str
    starts_at: datetime
    minutes: int
    route: Route | None = None
    pace: str = ""
    meeting_place: str = ""
    moving_minutes: int | None = None
    route_is_chosen: bool = False

    @property
    def moving(self) -> int | None:
        """Minutes on the move; None for who sits."""
        if not self.is_moving:
            return None
        takes = estimate_of(self.route, self.mode, self.pace) if self.route else None
        return rules.moving_minutes(self.minutes, self.moving_minutes, takes.minutes if takes else None)

    @property
    def is_moving(self) -> bool:
        return self.mode != MODE.SIT

    @property
    def is_outdoors(self) -> bool:
        return self.place == PLACE.OUTDOORS

    @property
    def day(self) -> date:
        """The practice's local day of the start."""
        return timezone.localdate(self.starts_at)


def as_booked(*, session: TherapySession) -> Wish:
    """The session as it stands, as a wish."""
    return Wish(
        client=session.client,
        clinician=session.clinician,
        mode=session.mode,
        place=session.place,
        starts_at=session.starts_at,
        minutes=session.minutes,
        route=session.route,
        pace=session.pace,
        meeting_place=session.meeting_place,
        moving_minutes=session.moving_minutes,
        route_is_chosen=session.route_is_chosen,
    )


def said_minutes(session: TherapySession) -> int | None:
    """The minutes of moving that somebody gave; None where they are as the route takes, or all."""
    usual = replace(as_booked(session=session), moving_minutes=None).moving
    return None if session.moving_minutes == usual else session.moving_minutes


def check(*, wish: Wish, by: Member, now: datetime) -> Clearance | None:
    """Refuse what cannot be booked; answer the clearance on which a moving session stands.

    Call it with the client locked: a hold that was committed before is seen, one that comes later waits.
    """
    _check_length(wish.minutes)
    _check_time(wish.starts_at, by, now)
    if wish.client.status == Client.Status.ENDED:
        raise refusals.ClientEnded
    if not treats(clinician=wish.clinician, client=wish.client, day=wish.day):
        raise refusals.NotTreating
    _check_way(wish)
    if wish.moving_minutes is not None and not 0 < wish.moving_minutes <= wish.minutes:
        raise refusals.MovesLongerThanItLasts
    clearance = _clearance_for(wish, by)
    if clearance is not None:
        check_limits(wish=wish, clearance=clearance, by=by)
    return clearance


def fits(*, session: TherapySession, limits: Limits) -> bool:
    """Whether a walk or run, as it is booked, keeps within these limits."""
    like = session.route.kinds if session.route else None
    return _agreed(as_booked(session=session), limits, like) is rules.Agreed.FITS


def check_limits(*, wish: Wish, clearance: Clearance, by: Member) -> None:
    """Refuse what the conditions of the clearance forbid. The desk hears that it is so, the care team what they are."""
    limits = clearance.limits
    like = _kinds_of(wish.route) if wish.route and limits.route_kinds else None
    said = _agreed(wish, limits, like)
    if said is rules.Agreed.FITS:
        return
    refusal = refusals.LongerThanAgreed if said is rules.Agreed.TOO_LONG else refusals.RouteNotAgreed
    raise refusal(_limits_in_words(said, limits)) if reads_about(by, wish.client) else refusal


def _agreed(wish: Wish, limits: Limits, like: Collection[str] | None) -> rules.Agreed:
    return rules.agreed(
        wish.moving or 0,
        like,
        most_minutes=limits.most_minutes,
        kinds=limits.route_kinds,
        is_clients_choice=wish.route_is_chosen,
    )


def _kinds_of(route: Route) -> list[str]:
    """What the route is like now, and stays until this is written: who changes it waits, see `onhold.changed_routes`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kinds FROM therapy_sessions_route WHERE id = %s FOR SHARE", [route.pk])
        row = cursor.fetchone()
    return list(row[0]) if row else []


def _limits_in_words(said: rules.Agreed, limits: Limits) -> str:
    if said is rules.Agreed.TOO_LONG:
        return _("Agreed with this client: at most %d minutes of moving in one session.") % (
            limits.most_minutes or 0
        )
    kinds = ", ".join(str(ROUTE_KINDS[kind]) for kind in ROUTE_KINDS if kind in limits.route_kinds)
    if said is rules.Agreed.NOT_CHOSEN:
        return _(
            "Agreed with this client: only on a route that they have chosen. Ask them, then say so here."
        )
    if said is rules.Agreed.NO_ROUTE:
        return _("Agreed with this client: only on a route that is %s. Choose one.") % kinds
    return (
        _("Agreed with this client: only on a route that is %s. Choose another, or say so at the route.")
        % kinds
    )


def treats(*, clinician: Member, client: Client, day: date) -> bool:
    """An active clinician who is the client's primary or covering clinician on that day."""
    if not clinician.is_active or "clinician" not in clinician.roles:
        return False
    team = CareTeamMember.objects.on(day).filter(client=client, member=clinician)
    return team.filter(part__in=TREATING_PARTS).exists()


def _check_length(minutes: int) -> None:
    wrong: dict[rules.Length, type[Refused]] = {
        rules.Length.NOTHING: refusals.EndsBeforeItStarts,
        rules.Length.SHORT: refusals.TooShort,
        rules.Length.LONG: refusals.TooLong,
    }
    if refusal := wrong.get(rules.length_of(minutes)):
        raise refusal


def _check_time(starts_at: datetime, by: Member, now: datetime) -> None:
    """Clinicians may write a session down late; the desk books ahead."""
    writes_late = by.may(Permission.CLOSE_SESSION)
    back = rules.DAYS_BACK_FOR_CLINICIANS if writes_late else rules.DAYS_BACK_AT_THE_DESK
    when = rules.when_is(starts_at, now, days_back=back)
    if when is rules.When.TOO_LONG_AGO:
        raise refusals.TooLongAgo
    if when is rules.When.TOO_FAR_AHEAD:
        raise refusals.TooFarAhead


def _check_way(wish: Wish) -> None:
    """Mode, place, pace and route fit together."""
    if wish.is_moving and not wish.is_outdoors:
        raise refusals.MovesOutdoors
    if wish.is_moving and not wish.pace:
        raise refusals.NoPace
    if wish.route and Route.objects.filter(pk=wish.route.pk).exclude(archived_at=None).exists():
        raise refusals.RouteArchived


def _clearance_for(wish: Wish, by: Member) -> Clearance | None:
    """The decision in force on that day. The reason of a no is for the care team; the desk hears that it is one."""
    if not wish.is_moving:
        return None
    with beyond_the_wall("the desk books on a decision that it may not read"):
        standing = standing_for(wish.client, wish.mode, wish.day)
        missing = in_the_way(wish.client, wish.day)
    if missing:
        reads = reads_about(by, wish.client)
        raise refusals.AgreementMissing(refusals.AGREEMENT[missing.code] if reads else None)
    if standing.allows and standing.clearance:
        return standing.clearance
    if reads_about(by, wish.client):
        raise refusals.NotCleared(standing.words)
    raise refusals.NotCleared(refusals.NOT_CLEARED_FOR[wish.mode])
