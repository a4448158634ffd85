"""Keep an entry, list the newest: ours and the floor under the same hand."""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.bench.measure import Caller, a_second, spent

TURNS, A_TURN = 12, 25


@dataclass(frozen=True, kw_only=True)
class Log:
    """A log's address, what it calls an entry's id, and how one signs."""

    port: int
    door: str
    name: str
    sign: str

    def caller(self) -> Caller:
        return Caller(self.port, Authorization=self.sign)

    def entry(self) -> dict[str, Any]:
        started = datetime.now(UTC) - timedelta(hours=2)
        return {
            self.name: str(uuid4()),
            "activity": "walk",
            "started_at": started.isoformat(),
            "minutes": 25,
            "mood_before": 2,
            "mood_after": 4,
            "effort": "chat",
            "journal": "Went to the lock and back.",
        }

    def creating(self) -> Callable[[], object]:
        caller = self.caller()
        return lambda: caller.post(self.door, self.entry())

    def listing(self) -> Callable[[], object]:
        caller = self.caller()
        return lambda: caller.get(f"{self.door}?page_size=20")


def beside(*, ours: Log, floor: Log) -> Iterator[str]:
    """Medians of both and what ours is in terms of the floor; then creates a second at eight connections."""
    for name in ("creating", "listing"):
        mine, plain = in_turns(getattr(ours, name)(), getattr(floor, name)())
        yield f"{name:<10} p50 {mine:7.2f} ms, floor {plain:7.2f}: {mine / plain:.2f} of it"
    mine, plain = (statistics.median(a_second(log.creating) for _ in range(3)) for log in (ours, floor))
    yield f"creating at eight connections: {mine:.0f} a second, floor {plain:.0f}: {mine / plain:.2f} of it"


def in_turns(*acts: Callable[[], object]) -> list[float]:
    """The median of each in milliseconds."""
    times: list[list[float]] = [[] for _ in acts]
    for turn in range(TURNS + 1):
        for act, spans in zip(acts, times, strict=True):
            found = [spent(act) for _ in range(A_TURN)]
            spans.extend(found if turn else [])  # the first turn warms up
    return [statistics.median(spans) for spans in times]
