"""Emergency accesses in words: the banner while one is open, and the owner's list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from clients.record.models import BreakGlass, Client
from practice.people.acting import beyond_the_wall
from practice.people.models import Member
from practice.people.roles import Permission

MOST_ROWS = 100


@dataclass(frozen=True, kw_only=True)
class OpenNow:
    """What the banner says: whose record, how many minutes are left, and where to end it."""

    reference: str
    url: str
    end_url: str
    minutes_left: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class EmergencyRow:
    """One emergency access for the owner's list. `minutes` is how long the record was open."""

    uid: UUID
    who: str
    reference: str
    reason: str
    words: str
    opened_at: datetime
    ended_at: datetime
    minutes: int
    is_open: bool
    is_mine: bool
    reviewed_by: str
    reviewed_at: datetime | None
    review: str


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    """Those that wait for a word, and those that have one."""

    waiting: Sequence[EmergencyRow]
    looked_at: Sequence[EmergencyRow]


def record_behind_glass(member: Member, *, reference: str = "", uid: UUID | None = None) -> Client | None:
    """A client whom the member does not see and may open in an emergency: by exact reference, or by id.

    None for everybody without the right, so that nobody else learns which references exist.
    """
    if not member.may(Permission.BREAK_GLASS) or not (reference.strip() or uid):
        return None
    with beyond_the_wall("who may break the glass must be able to name the record before it is open"):
        rows = Client.objects.only("uid", "reference", "data_key")
        found = (
            rows.filter(uid=uid).first() if uid else rows.filter(reference__iexact=reference.strip()).first()
        )
    if found is None or Client.objects.visible_to(member).filter(pk=found.pk).exists():
        return None
    return found


def open_now(member: Member, now: datetime) -> OpenNow | None:
    """The access that the member has open, None for none."""
    if not member.may(Permission.BREAK_GLASS):
        return None
    rows = BreakGlass.objects.open_at(now).filter(member=member).select_related("client")
    emergency = rows.first()
    if emergency is None:
        return None
    return OpenNow(
        reference=emergency.client.reference,
        url=reverse("client", args=[emergency.client.uid]),
        end_url=reverse("end_break_glass", args=[emergency.uid]),
        minutes_left=max(round((emergency.until - now).total_seconds() / 60), 1),
        until=emergency.until,
    )


def review_page(member: Member, now: datetime) -> ReviewPage:
    """Every emergency access that the member may look at, newest first."""
    rows = BreakGlass.objects.visible_to(member).select_related("client", "member", "reviewed_by")
    shown = [_row(one, member, now) for one in rows.newest_first()[:MOST_ROWS]]
    return ReviewPage(
        waiting=[row for row in shown if row.reviewed_at is None],
        looked_at=[row for row in shown if row.reviewed_at is not None],
    )


def _row(emergency: BreakGlass, member: Member, now: datetime) -> EmergencyRow:
    ended_at = emergency.ended_at or emergency.until
    return EmergencyRow(
        uid=emergency.uid,
        who=emergency.member.name,
        reference=emergency.client.reference,
        reason=emergency.get_reason_display(),
        words=emergency.words,
        opened_at=emergency.opened_at,
        ended_at=ended_at,
        minutes=round((min(ended_at, now) - emergency.opened_at).total_seconds() / 60),
        is_open=emergency.is_open_at(now),
        is_mine=emergency.member_id == member.pk,
        reviewed_by=emergency.reviewed_by.name if emergency.reviewed_by else "",
        reviewed_at=emergency.reviewed_at,
        review=emergency.review,
    )
