"""Who would be left without anybody: when a part runs out, or when a colleague leaves."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from clients.record.models import CareTeamMember, Client
from clients.record.querysets import TREATING_PARTS, CareTeamQuerySet
from practice.people.models import Member
from practice.people.roles import Permission

DAYS_AHEAD = 7
MOST_ENDINGS = 20


@dataclass(frozen=True, kw_only=True)
class Ending:
    """The last day on which somebody treats this client. `name` is "" for an owner who does not."""

    uid: UUID
    reference: str
    name: str
    last_day: date


def parts_ending(member: Member, today: date) -> CareTeamQuerySet | None:
    """The parts that run out within a week, of all clients for an owner, of their own for who treats."""
    rows = _treating(today).filter(
        until__range=(today, today + timedelta(days=DAYS_AHEAD)),
        client__in=Client.objects.exclude(status=Client.Status.ENDED).values("pk"),
    )
    if member.may(Permission.KEEP_PEOPLE):
        return rows
    if member.is_client:
        return None
    return rows.filter(client__in=_treating(today).filter(member=member).values("client"))


def endings(member: Member, today: date) -> list[Ending]:
    """For each client whom nobody will treat then: the last day, soonest first. Three queries."""
    rows = parts_ending(member, today)
    clients = set(rows.values_list("client_id", flat=True)) if rows is not None else set()
    parts = CareTeamMember.objects.not_over(today).filter(_able(), client__in=clients)
    told = parts.select_related("client").only("client__uid", "client__reference", "client__name", *_PART)
    of: dict[int, list[CareTeamMember]] = {}
    for part in told:
        of.setdefault(part.client_id, []).append(part)
    found = [_ending(team, member, last) for team in of.values() if (last := _last_day(team, today))]
    soon = [one for one in found if one.last_day <= today + timedelta(days=DAYS_AHEAD)]
    return sorted(soon, key=lambda one: (one.last_day, one.reference))[:MOST_ENDINGS]


def only_with(member: Member, today: date) -> list[str]:
    """References of the clients, not ended, whom this member treats today and nobody else does."""
    treating = _treating(today)
    mine = treating.filter(member=member).values("client")
    others = treating.exclude(member=member).values("client")
    rows = Client.objects.exclude(status=Client.Status.ENDED).filter(pk__in=mine).exclude(pk__in=others)
    return list(rows.order_by("reference").values_list("reference", flat=True))


_PART = ("client_id", "member_id", "since", "until")


def _treating(today: date) -> CareTeamQuerySet:
    return CareTeamMember.objects.treating_on(today)


def _able() -> Q:
    return Q(part__in=TREATING_PARTS, member__is_active=True, member__roles__contains=["clinician"])


def _last_day(team: list[CareTeamMember], today: date) -> date | None:
    """The last day of the unbroken run of days from today on which somebody treats; None where it has no end."""
    last = today - timedelta(days=1)
    for part in sorted(team, key=lambda one: one.since):
        if part.since > last + timedelta(days=1):
            break
        if part.until is None:
            return None
        last = max(last, part.until)
    return last


def _ending(team: list[CareTeamMember], member: Member, last: date) -> Ending:
    client = team[0].client
    treats = any(part.member_id == member.pk for part in team)
    return Ending(
        uid=client.uid, reference=client.reference, name=client.name if treats else "", last_day=last
    )
