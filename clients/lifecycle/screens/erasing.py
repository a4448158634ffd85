"""What goes and what stays when a client is erased, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from clients.lifecycle import rules
from clients.lifecycle.finding import WHY
from clients.lifecycle.keeping import country, kept_until_of
from clients.lifecycle.models import ErasureRequest, Hold
from clients.record.models import Client
from clients.record.reach import Reach, reaches
from practice import contributions
from practice.people.acting import beyond_the_wall
from practice.people.models import Member
from practice.web.refusals import Words


@dataclass(frozen=True, kw_only=True)
class Going:
    """So many of one kind."""

    words: Words
    count: int


@dataclass(frozen=True, kw_only=True)
class Staying:
    """What is kept, and why."""

    words: Words
    why: Words


@dataclass(frozen=True, kw_only=True)
class HoldCard:
    uid: str
    client_uid: str
    reference: str
    reason: Words
    file: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, kw_only=True)
class RequestCard:
    """`is_mine`: the reader asked for it, so somebody else confirms. `is_too_old`: it must be asked again."""

    uid: str
    client_uid: str
    reference: str
    reason: Words
    is_early: bool
    asked_by: str
    asked_at: datetime
    is_mine: bool
    is_too_old: bool


@dataclass(frozen=True, kw_only=True)
class ErasePage:
    """`name` is "" for who may not read the record. `may_ask`: nothing stands in the way of asking."""

    client_uid: str
    reference: str
    name: str
    status: Words
    work_is_over: bool
    kept_until: date
    is_kept: bool
    sentence: Words
    going: Sequence[Going]
    staying: Sequence[Staying]
    hold: HoldCard | None
    request: RequestCard | None

    @property
    def may_ask(self) -> bool:
        return self.work_is_over and self.hold is None and self.request is None

    @property
    def may_confirm(self) -> bool:
        request = self.request
        free = self.work_is_over and self.hold is None
        return free and request is not None and not request.is_mine and not request.is_too_old


def erase_page(client: Client, member: Member, now: datetime) -> ErasePage:
    reads = reaches(member, client.pk, Reach.READ)
    with beyond_the_wall(WHY):
        parts = list(contributions.erasures(client))
        until = kept_until_of([client])[client.pk]
        hold = Hold.objects.standing().filter(client=client).select_related("client", "set_by").first()
        requests = ErasureRequest.objects.still_open().filter(client=client)
        request = requests.select_related("client", "asked_by").first()
        return ErasePage(
            client_uid=str(client.uid),
            reference=client.reference,
            name=client.name if reads else "",
            status=client.get_status_display(),
            work_is_over=client.status in rules.ENDS_OF_WORK,
            kept_until=until,
            is_kept=rules.must_be_kept(until, timezone.localdate(now)),
            sentence=rules.default_for(country()).sentence,
            going=[Going(words=one.words, count=one.count) for one in parts if one.erase and one.count],
            staying=[Staying(words=one.words, why=one.kept_because) for one in parts if not one.erase],
            hold=hold_card(hold) if hold else None,
            request=request_card(request, member, now) if request else None,
        )


def hold_card(hold: Hold) -> HoldCard:
    return HoldCard(
        uid=str(hold.uid),
        client_uid=str(hold.client.uid),
        reference=hold.client.reference,
        reason=hold.get_reason_display(),
        file=hold.file,
        set_by=hold.set_by.name,
        set_at=hold.set_at,
    )


def request_card(request: ErasureRequest, member: Member, now: datetime) -> RequestCard:
    return RequestCard(
        uid=str(request.uid),
        client_uid=str(request.client.uid),
        reference=request.client.reference,
        reason=request.get_reason_display(),
        is_early=request.is_early,
        asked_by=request.asked_by.name,
        asked_at=request.asked_at,
        is_mine=request.asked_by_id == member.pk,
        is_too_old=rules.is_too_old(request.asked_at, now),
    )
