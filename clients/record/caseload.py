"""The caseload as a page: a list by name, with what one should know about each at a glance."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.measures.screens import LatestScore, latest_scores
from clients.record.models import Client
from clients.record.querysets import ClientQuerySet, keeps_the_desk
from clients.record.standings import moving_standings
from clients.runs.models import RunLog
from clients.screening.standing import Standing
from practice import contributions
from practice.people.models import Member
from practice.people.roles import Permission

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What the list is asked. `after` and `before` name the client next to the page."""

    q: str = ""
    status: str = ""
    after: UUID | None = None
    before: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One status with how many there are. `key` "" is all of them."""

    key: str
    word: str
    count: int


@dataclass(frozen=True, kw_only=True)
class LastLog:
    """The latest entry of the log that one may see."""

    words: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseloadRow:
    """One client in the list. `is_record` is false where the member keeps names and contacts only."""

    client: Client
    is_record: bool
    standings: Sequence[Standing]
    scores: Sequence[LatestScore]
    last_log: LastLog | None
    next_session: datetime | None


@dataclass(frozen=True, kw_only=True)
class Caseload:
    """The page. `sees_records` is false for those who keep names and contacts only."""

    rows: Sequence[CaseloadRow]
    tabs: Sequence[Tab]
    ask: Ask
    found: str
    sees_records: bool
    next_after: UUID | None
    previous_before: UUID | None

    @property
    def is_empty_practice(self) -> bool:
        """Nobody at all, so that the page explains how to begin."""
        return not self.rows and not self.ask.q and all(tab.count == 0 for tab in self.tabs)


def caseload(member: Member, ask: Ask, now: datetime, today: date) -> Caseload:
    """A page of 25 by name. The number of queries does not grow with the number of clients."""
    sees_records = member.may(Permission.READ_RECORD)
    ask = ask if sees_records else replace(ask, status="")
    matching = Client.objects.visible_to(member).matching(ask.q)
    clients, has_more = _page(_with_status(matching, ask.status, member), ask)
    tabs = _tabs(matching, member)
    return Caseload(
        rows=_rows(clients, member, now, today) if sees_records else _contact_rows(clients, member, now),
        tabs=tabs,
        ask=ask,
        found=_found_words(tabs, ask),
        sees_records=sees_records,
        next_after=clients[-1].uid if clients and (has_more or ask.before) else None,
        previous_before=clients[0].uid if clients and (ask.after or (ask.before and has_more)) else None,
    )


def _with_status(clients: ClientQuerySet, status: str, member: Member) -> ClientQuerySet:
    """Where the work stands is for the care team, so a status finds only their own clients."""
    return _own(clients, member).filter(status=status) if status else clients


def _own(clients: ClientQuerySet, member: Member) -> ClientQuerySet:
    """Those of the visible clients whose record the member may open: only the desk sees others as well."""
    return clients.in_care_of(member) if keeps_the_desk(member) else clients


def _page(clients: ClientQuerySet, ask: Ask) -> tuple[list[Client], bool]:
    """The clients of the page in order, and whether there are more in the direction of reading."""
    if ask.before:
        rows = list(clients.before(ask.before)[: PAGE + 1])
        return rows[:PAGE][::-1], len(rows) > PAGE
    rows = list((clients.after(ask.after) if ask.after else clients.by_name())[: PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def _tabs(clients: ClientQuerySet, member: Member) -> list[Tab]:
    """All names that match, and of the member's own clients how many stand where."""
    own = _own(clients, member)
    counted = Counter(dict(own.order_by().values_list("status").annotate(Count("pk"))))
    total = sum(counted.values()) if own is clients else clients.count()
    everybody = Tab(key="", word=_("All"), count=total)
    return [
        everybody,
        *(Tab(key=status, word=str(status.label), count=counted[status]) for status in Client.Status),
    ]


def _found_words(tabs: Sequence[Tab], ask: Ask) -> str:
    count = next(tab.count for tab in tabs if tab.key == ask.status)
    return ngettext("%d client", "%d clients", count) % count


def _rows(clients: list[Client], member: Member, now: datetime, today: date) -> list[CaseloadRow]:
    stand, logs = moving_standings(clients, member, today), _last_logs(clients, member)
    ahead, scores = dict(contributions.next_sessions(clients, member, now)), latest_scores(clients, member)
    in_care = _in_care(clients, member)
    return [
        CaseloadRow(
            client=client,
            is_record=client.pk in in_care,
            standings=stand.get(client.pk, ()),
            scores=scores.get(client.pk, ()),
            last_log=logs.get(client.pk),
            next_session=ahead.get(client.pk),
        )
        for client in clients
    ]


def _in_care(clients: list[Client], member: Member) -> set[int]:
    """Keys of those whose record the member may open. A query only for who sees others as well."""
    keys = {client.pk for client in clients}
    if not keeps_the_desk(member):
        return keys
    return set(Client.objects.in_care_of(member).filter(pk__in=keys).values_list("pk", flat=True))


def _contact_rows(clients: list[Client], member: Member, now: datetime) -> list[CaseloadRow]:
    ahead = dict(contributions.next_sessions(clients, member, now))
    return [
        CaseloadRow(
            client=client,
            is_record=False,
            standings=(),
            scores=(),
            last_log=None,
            next_session=ahead.get(client.pk),
        )
        for client in clients
    ]


def _last_logs(clients: list[Client], member: Member) -> dict[int, LastLog]:
    newest = (
        RunLog.objects.visible_to(member)
        .filter(client__in=clients)
        .order_by("client_id", "-started_at", "-pk")
        .distinct("client_id")
    )
    return {log.client_id: LastLog(words=log_words(log), at=log.started_at) for log in newest}


def log_words(log: RunLog) -> str:
    """Walk, 20 min."""
    minutes = _(", %d min") % log.minutes if log.minutes else ""
    return f"{log.get_activity_display()}{minutes}"
