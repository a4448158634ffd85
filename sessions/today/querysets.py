"""What Today asks of the other rooms."""

from datetime import date, datetime

from django.db.models import Case, F, Subquery, When

from practice.people.models import Member
from sessions.booking.models import TherapySession
from sessions.booking.querysets import TherapySessionQuerySet, day_begins
from sessions.notes.models import Note
from sessions.routes.models import Route

HEAVY = ("route__points", "route__profile")
MOST_AT_THE_DESK, MOST_OF_ONE = 200, 40


def sessions_from(member: Member, day: date, now: datetime) -> list[TherapySession]:
    """The desk: everybody's sessions of the day. Others: one's own of the day and the next ones after it.

    Without the cancelled ones, in order; never more than a person or a practice can hold. Of the routes, only
    that of one's next session comes with its line.
    """
    rows = TherapySession.objects.visible_to(member).standing().with_people().defer(*HEAVY)
    if "reception" in member.roles:
        return list(rows.on_days(day, day)[:MOST_AT_THE_DESK])
    own = rows.filter(clinician=member, starts_at__gte=day_begins(day))
    sessions = list(_with_line(own, now).order_by("starts_at", "pk")[:MOST_OF_ONE])
    for session in sessions:
        if session.route and (line := getattr(session, "line", None)):
            session.route.points = line
    return sessions


def _with_line(own: TherapySessionQuerySet, now: datetime) -> TherapySessionQuerySet:
    """`line` is the route's line for the session that is on or comes next, None for the others."""
    coming = own.select_related(None).ahead(now).values("pk")[:1]
    return own.annotate(line=Case(When(pk=Subquery(coming), then=F("route__points"))))


def last_note_before(session: TherapySession, member: Member) -> Note | None:
    """The latest signed note on an earlier session with the same client, if the member may read it."""
    signed = Note.objects.visible_to(member).filter(
        session__client=session.client_id, session__starts_at__lt=session.starts_at, signed_at__isnull=False
    )
    return signed.select_related("session").order_by("-session__starts_at", "-pk").first()


def where_we_walk(member: Member) -> tuple[float, float] | None:
    """Latitude and longitude of the practice's newest route: near enough for the light. None without routes."""
    newest = Route.objects.visible_to(member).filter(archived_at=None).order_by("-pk")
    start = newest.values_list("points__0", flat=True).first()
    return (start[0], start[1]) if start else None
