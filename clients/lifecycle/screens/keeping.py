"""How long this practice keeps records, whose time is over, what may not go, and what has gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from clients.lifecycle import rules
from clients.lifecycle.finding import WHY
from clients.lifecycle.keeping import country, due_on, policy_now
from clients.lifecycle.models import ErasureRequest, Hold, RetentionPolicy, Tombstone
from clients.lifecycle.screens.erasing import HoldCard, RequestCard, hold_card, request_card
from practice.people.acting import beyond_the_wall
from practice.people.models import Member
from practice.web.refusals import Words

PAGE = 25
MOST_DUE = 50


@dataclass(frozen=True, kw_only=True)
class Due:
    """Somebody whose record need not be kept any more."""

    client_uid: str
    reference: str
    kept_until: date


@dataclass(frozen=True, kw_only=True)
class RetentionPage:
    """`is_default`: nobody has set anything, so the country's usual numbers count."""

    policy: rules.Policy
    is_default: bool
    set_by: str
    set_at: datetime | None
    sentence: Words
    due: Sequence[Due]
    due_in_all: int
    requests: Sequence[RequestCard]
    holds: Sequence[HoldCard]


@dataclass(frozen=True, kw_only=True)
class Stone:
    erased_at: datetime
    reason: Words
    is_early: bool
    asked_by: str
    confirmed_by: str
    was_replayed: bool
    client_uid: str


@dataclass(frozen=True, kw_only=True)
class Disposals:
    """A page of the disposal log, newest first; `older` leads on, "" at the end."""

    stones: Sequence[Stone]
    older: str


def retention_page(member: Member, now: datetime) -> RetentionPage:
    with beyond_the_wall(WHY):
        row = RetentionPolicy.objects.select_related("set_by").first()
        due = due_on(timezone.localdate(now))
        requests = ErasureRequest.objects.visible_to(member).still_open()
        holds = Hold.objects.visible_to(member).standing().select_related("client", "set_by")
        return RetentionPage(
            policy=policy_now(),
            is_default=row is None,
            set_by=row.set_by.name if row else "",
            set_at=row.set_at if row else None,
            sentence=rules.default_for(country()).sentence,
            due=[
                Due(client_uid=str(client.uid), reference=client.reference, kept_until=until)
                for client, until in due[:MOST_DUE]
            ],
            due_in_all=len(due),
            requests=[
                request_card(one, member, now)
                for one in requests.select_related("client", "asked_by").order_by("asked_at", "pk")
            ],
            holds=[hold_card(one) for one in holds.order_by("set_at", "pk")],
        )


def disposals(member: Member, before: UUID | None) -> Disposals:
    """Those before a given stone; from the newest without one, or with one that is not there."""
    rows = Tombstone.objects.visible_to(member).newest_first()
    first = rows.filter(uid=before).first() if before else None
    if first is not None:
        rows = rows.filter(erased_at__lte=first.erased_at).exclude(
            erased_at=first.erased_at, pk__gte=first.pk
        )
    shown = list(rows[: PAGE + 1])
    older = str(shown[PAGE - 1].uid) if len(shown) > PAGE else ""
    return Disposals(stones=[_stone(row) for row in shown[:PAGE]], older=older)


def _stone(row: Tombstone) -> Stone:
    return Stone(
        erased_at=row.erased_at,
        reason=row.get_reason_display(),
        is_early=row.is_early,
        asked_by=row.asked_by_name,
        confirmed_by=row.confirmed_by_name,
        was_replayed=row.replayed_at is not None,
        client_uid=str(row.client_uid),
    )
