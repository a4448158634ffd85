"""What a capability contributes about a client, so that a lower floor can show what an upper one knows.

A room registers in `AppConfig.ready()`. This is the one deliberate indirection in the house.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from practice.web.refusals import Words

if TYPE_CHECKING:
    from practice.people.models import Member

P = ParamSpec("P")
T = TypeVar("T")


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


timeline: Contributions[[Any, "Member", datetime, datetime], TimelineItem] = Contributions("timeline")
"""(client, member, since, until) → what the member may see of it, any order."""

attention: Contributions[["Member", datetime], Attention] = Contributions("attention")
"""(member, now) → what waits for this member."""

next_sessions: Contributions[[Sequence[Any], "Member", datetime], tuple[int, datetime]] = Contributions(
    "next_sessions"
)
"""(clients, member, now) → (key of the client, when their next session begins), for those who have one."""

portal_cards: Contributions[[Any, datetime], PortalCard] = Contributions("portal_cards")
"""(client, now) → cards for the client's home page."""
