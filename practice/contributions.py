"""What a capability contributes about a client, so that a lower floor can show what an upper one knows.

A room registers in `AppConfig.ready()`. This is the one deliberate indirection in the house.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from practice.database.existence import which_find
from practice.web.csv import Cell
from practice.web.refusals import Words

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from practice.people.models import Member

P = ParamSpec("P")
T = TypeVar("T")
Rows = TypeVar("Rows", bound=Any)
RowsOf = Callable[["Member", datetime], "QuerySet[Any, Any] | None"]


@dataclass(frozen=True, kw_only=True)
class TimelineItem:
    """One thing that happened with a client. `kind` chooses icon and colour: session, note, run, screening, …"""

    at: datetime
    kind: str
    icon: str
    title: Words
    text: Words = ""
    url: str = ""
    badge: Words = ""
    tone: str = ""


@dataclass(frozen=True, kw_only=True)
class Attention:
    """Something that waits for a member. `urgency` alert comes on top of Today, waiting beside it, news below."""

    urgency: str
    icon: str
    title: Words
    text: Words = ""
    url: str = ""
    action: Words = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PortalCard:
    """A card on a client's own home page: `template` is rendered with `values`. Lower `order` comes first."""

    order: int
    template: str
    values: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Whom an export is for. `member` finds in it what they see on the pages; None is the practice as a whole."""

    member: "Member | None"

    @property
    def is_client(self) -> bool:
        return self.member is not None and self.member.is_client

    def sees(self, rows: Rows) -> Rows:
        """Those of the rows that may be in the export."""
        if self.member is None:
            return rows
        seen: Rows = rows.visible_to(self.member)
        return seen


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of an export: plain values, a sentence about what a row is, and words for each column.

    `models` are the kinds of records it is made from, as "app.Model".
    """

    name: str
    about: Words
    columns: Mapping[str, Words]
    rows: Iterable[Sequence[Cell]]
    models: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One file of an export as it is, such as a PDF; `name` says nothing about the person."""

    name: str
    content: bytes
    models: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """What happens to one kind of a client's records when the client is erased.

    `erase` does it, after those of a lower `order`; None keeps the rows, and `kept_because` says why.
    """

    models: Sequence[str]
    words: Words
    count: int
    order: int = 0
    erase: Callable[[], object] | None = None
    kept_because: Words = ""


@dataclass(frozen=True, kw_only=True)
class Banner:
    """Something that a member must see on every page: `template` is rendered with `values` as `banner`."""

    template: str
    values: dict[str, Any]


@dataclass
class Contributions(Generic[P, T]):
    """Everyone who contributes to one page; calling it asks each and yields what they have."""

    name: str
    _givers: list[Callable[P, list[T]]] = field(default_factory=list)

    def register(self, giver: Callable[P, list[T]]) -> Callable[P, list[T]]:
        """Add a giver, once."""
        if giver not in self._givers:
            self._givers.append(giver)
        return giver

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
        for giver in self._givers:
            yield from giver(*args, **kwargs)


@dataclass
class Waiting(Contributions[["Member", datetime], Attention]):
    """What waits for a member, from everyone who contributes.

    A giver that rarely has something names its `rows`: all of these are looked for in one statement, and only who has
    some is asked. `rows` may answer None: then nothing can wait for this member.
    """

    _rows: dict[Callable[..., list[Attention]], "RowsOf"] = field(default_factory=dict)

    def register(
        self, giver: Callable[["Member", datetime], list[Attention]], *, rows: "RowsOf | None" = None
    ) -> Callable[["Member", datetime], list[Attention]]:
        """Add a giver, once."""
        if rows is not None:
            self._rows[giver] = rows
        return super().register(giver)

    def __call__(self, member: "Member", now: datetime) -> Iterator[Attention]:
        looked_for = {
            giver: found for giver, rows in self._rows.items() if (found := rows(member, now)) is not None
        }
        there = dict(zip(looked_for, which_find(list(looked_for.values())), strict=True))
        for giver in self._givers:
            if giver not in self._rows or there.get(giver):
                yield from giver(member, now)


@dataclass
class Announcement(Generic[P]):
    """Something has happened: everyone who registered acts on it, within the same transaction."""

    name: str
    _listeners: list[Callable[P, object]] = field(default_factory=list)

    def register(self, listener: Callable[P, object]) -> Callable[P, object]:
        """Add a listener, once."""
        if listener not in self._listeners:
            self._listeners.append(listener)
        return listener

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        for listener in self._listeners:
            listener(*args, **kwargs)


timeline: Contributions[[Any, "Member", datetime, datetime], TimelineItem] = Contributions("timeline")
"""(client, member, since, until) → what the member may see of it, any order."""

attention = Waiting("attention")
"""(member, now) → what waits for this member."""

unsettled: Contributions[[Any, "Member", datetime], Attention] = Contributions("unsettled")
"""(client, member, now) → what decisions about this client have left for the member to choose."""

next_sessions: Contributions[[Sequence[Any], "Member", datetime], tuple[int, datetime]] = Contributions(
    "next_sessions"
)
"""(clients, member, now) → (key of the client, when their next session begins), for those who have one."""

banners: Contributions[["Member", datetime], Banner] = Contributions("banners")
"""(member, now) → what stands on top of every page of this member."""

portal_cards: Contributions[[Any, datetime], PortalCard] = Contributions("portal_cards")
"""(client, now) → cards for the client's home page."""

exports: Contributions[[Any, Recipient], Table | Paper] = Contributions("exports")
"""(client, recipient) → everything kept about the client that the recipient may be given."""

practice_exports: Contributions[[], Table] = Contributions("practice_exports")
"""() → what the practice keeps that is about no client."""

erasures: Contributions[[Any], Erasure] = Contributions("erasures")
"""(client) → what goes and what stays when the client is erased, and the doing of it."""

last_services: Contributions[[Sequence[Any]], tuple[int, date]] = Contributions("last_services")
"""(clients) → (key of the client, the last day on which something was done for them), for those who have one."""

last_sessions: Contributions[[Sequence[Any]], tuple[int, date]] = Contributions("last_sessions")
"""(clients) → (key of the client, the last day on which a session took place), for those who had one."""

clearance_decided: Announcement[[Any, "Member | None", datetime]] = Announcement("clearance_decided")
"""(the new clearance, by, now): a clinician decided, or None where a rule put moving on hold. The client is locked."""

answers_handed_in: Announcement[[Any, "Member", datetime]] = Announcement("answers_handed_in")
"""(the screening, by, now): the client has handed answers in, and they are scored. The client is locked."""

safety_alert_raised: Announcement[[Any, "Member", datetime]] = Announcement("safety_alert_raised")
"""(the alert, by, now): an answer that a clinician must hear of at once. The client is locked."""

left_alone: Contributions[["Member", datetime], str] = Contributions("left_alone")
"""(member, now) → the references of those who have nobody else: they are left alone when this member goes."""

must_be_heard: Announcement[[datetime]] = Announcement("must_be_heard")
"""(now): something was kept of which somebody must hear by letter, once this transaction is through."""

sessions_held: Contributions[[Sequence[Any], datetime], tuple[int, datetime]] = Contributions("sessions_held")
"""(clients, since) → (key of the client, when it began), for each session after that moment that took place."""
