"""What Today asks of the other rooms."""

from datetime import date, datetime

from practice.people.models import Member
from sessions.booking.models import TherapySession
from sessions.booking.querysets import TherapySessionQuerySet
from sessions.notes.models import Note
from sessions.routes.models import Route

HEAVY = ("route__points", "route__profile")


def sessions_of(member: Member, day: date) -> TherapySessionQuerySet:
    """The day's sessions without the cancelled ones: a clinician's own, everybody's for the desk."""
    rows = TherapySession.objects.visible_to(member).on_days(day, day).standing().with_people().defer(*HEAVY)
    return rows if "reception" in member.roles else rows.filter(clinician=member)


def next_of(member: Member, now: datetime) -> TherapySession | None:
    """The member's own session that is on or comes next, today or later."""
    mine = TherapySession.objects.visible_to(member).ahead(now).filter(clinician=member)
    return mine.with_people().defer(*HEAVY).first()


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
