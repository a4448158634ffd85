"""The cost of the second wall: row-level security taken down and put up again between two halves of each turn."""

import statistics
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from psycopg import connect

from practice.database.wall import guards
from tests.bench.measure import spent

TURNS, A_TURN = 10, 8


def cost(act: Callable[[], object]) -> str:
    """Medians with and without the wall, and what it adds."""
    times: dict[str, list[float]] = {"ENABLE": [], "DISABLE": []}
    for turn in range(TURNS):
        for how in sorted(times, reverse=bool(turn % 2)):
            _wall(how)
            act()
            times[how] += [spent(act) for _ in range(A_TURN)]
    _wall("ENABLE")
    behind, without = (statistics.median(times[how]) for how in ("ENABLE", "DISABLE"))
    return f"p50 {behind:7.2f} ms behind the wall, {without:7.2f} without: {behind / without - 1:+.1%}"


def _wall(how: str) -> None:
    owner = settings.DATABASE_OWNER or settings.DATABASES["default"]
    with connect(
        dbname=connection.settings_dict["NAME"],
        user=owner["USER"],
        password=owner["PASSWORD"],
        host=owner["HOST"],
        port=owner["PORT"] or None,
    ) as owning:
        for guard in guards():
            owning.execute(f'ALTER TABLE "{guard.table}" {how} ROW LEVEL SECURITY'.encode())
