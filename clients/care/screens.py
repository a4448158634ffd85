"""A care team in words, and for owners: which client nobody treats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from clients.record.actions import keeps_team
from clients.record.models import CareTeamMember, Client
from clients.record.querysets import TREATING_PARTS, ClientQuerySet
from clients.rescreening.models import Rescreen
from clients.screening.models import SafetyAlert, Screening
from practice.people.acting import beyond_the_wall
from practice.people.models import Member
from practice.people.roles import Permission

MOST_CLIENTS = 100


@dataclass(frozen=True, kw_only=True)
class PartRow:
    """One part: who, as what, from when to when. `is_over` and `is_ahead` say where today lies."""

    member_uid: str
    name: str
    part: str
    part_word: str
    since: date
    until: date | None
    is_over: bool
    is_ahead: bool
    may_end: bool


@dataclass(frozen=True, kw_only=True)
class CareTeamPage:
    """`parts` hold or are to begin, `past` are over. `may_change` is for who keeps the team."""

    client: Client
    parts: Sequence[PartRow]
    past: Sequence[PartRow]
    may_change: bool


@dataclass(frozen=True, kw_only=True)
class ClientToAppoint:
    """All that an owner sees of a client here."""

    uid: UUID
    reference: str
    name: str
    treated_by: Sequence[str]


def care_team_page(client: Client, member: Member, now: datetime) -> CareTeamPage:
    """Everybody who treats, treated or will treat this client."""
    today = timezone.localdate(now)
    keeps = keeps_team(member=member, client=client, on=today)
    rows = CareTeamMember.objects.filter(client=client).select_related("member").order_by("since", "pk")
    shown = [_row(row, member, today, keeps=keeps) for row in rows]
    return CareTeamPage(
        client=client,
        parts=[row for row in shown if not row.is_over],
        past=[row for row in shown if row.is_over][::-1],
        may_change=keeps,
    )


def _row(row: CareTeamMember, member: Member, today: date, *, keeps: bool) -> PartRow:
    is_over = row.ended_at is not None or (row.until is not None and row.until < today)
    return PartRow(
        member_uid=str(row.member.uid),
        name=row.member.name,
        part=row.part,
        part_word=row.get_part_display(),
        since=row.since,
        until=row.until,
        is_over=is_over,
        is_ahead=row.since > today,
        may_end=not is_over and row.until != today and (keeps or row.member_id == member.pk),
    )


def to_appoint(member: Member, now: datetime, reference: str = "") -> list[ClientToAppoint]:
    """For owners: the clients whom nobody treats today; with a reference, that one client.

    Name and reference, nothing else of them. Nobody who is not an owner finds any.
    """
    today = timezone.localdate(now)
    rows = _of_owner(member)
    found = (
        rows.filter(reference__iexact=reference.strip())
        if reference.strip()
        else _without_anybody(rows, today)
    )
    return [_to_appoint(client, today) for client in found.order_by("reference")[:MOST_CLIENTS]]


def untreated(member: Member, now: datetime) -> ClientQuerySet | None:
    """The clients whom nobody treats today, for owners; None for everybody else."""
    if not member.may(Permission.KEEP_PEOPLE):
        return None
    return _without_anybody(_of_owner(member), timezone.localdate(now))


def untreated_clients(member: Member, now: datetime) -> list[ClientToAppoint]:
    """The same in words, in one query."""
    rows = untreated(member, now)
    shown = rows.order_by("reference")[:MOST_CLIENTS] if rows is not None else ()
    return [
        ClientToAppoint(uid=one.uid, reference=one.reference, name=one.name, treated_by=()) for one in shown
    ]


def where_something_waits(clients: Sequence[ClientToAppoint]) -> frozenset[UUID]:
    """In whose record an alert, a task or answers wait. An owner learns that it is so, and nothing of what it is."""
    uids = [one.uid for one in clients]
    if not uids:
        return frozenset()
    with beyond_the_wall("an owner learns that something waits where nobody is who may read it, not what"):
        waiting: tuple[QuerySet[Any], ...] = (
            SafetyAlert.objects.unseen(),
            Rescreen.objects.still_open(),
            Screening.objects.undecided(),
        )
        found = [rows.filter(client__uid__in=uids).values_list("client__uid", flat=True) for rows in waiting]
        return frozenset(uid for rows in found for uid in rows)


def client_of_owner(member: Member, uid: UUID) -> Client | None:
    """The client whom an owner appoints a clinician for."""
    return _of_owner(member).filter(uid=uid).first()


def _of_owner(member: Member) -> ClientQuerySet:
    rows = Client.objects.only("uid", "reference", "name")
    return rows if member.may(Permission.KEEP_PEOPLE) else rows.none()


def _without_anybody(rows: ClientQuerySet, today: date) -> ClientQuerySet:
    treated = CareTeamMember.objects.treating_on(today).filter(client=OuterRef("pk"))
    return rows.exclude(status=Client.Status.ENDED).exclude(Exists(treated))


def _to_appoint(client: Client, today: date) -> ClientToAppoint:
    team = CareTeamMember.objects.on(today).filter(
        client=client, part__in=TREATING_PARTS, member__is_active=True
    )
    return ClientToAppoint(
        uid=client.uid,
        reference=client.reference,
        name=client.name,
        treated_by=[row.member.name for row in team.select_related("member").order_by("since", "pk")],
    )
