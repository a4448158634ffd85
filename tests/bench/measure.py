"""How long things take, one connection at a time and several at once."""

import http.client
import json
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

WARM_UP, TIMES = 20, 300


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Milliseconds."""

    name: str
    p50: float
    p95: float

    def __str__(self) -> str:
        return f"{self.name:<48} p50 {self.p50:8.2f} ms   p95 {self.p95:8.2f} ms"


def figure(name: str, act: Callable[[], object], *, times: int = TIMES, warm_up: int = WARM_UP) -> Figure:
    """Do it `warm_up` times unseen and `times` times by the clock."""
    for _ in range(warm_up):
        act()
    times_spent = sorted(spent(act) for _ in range(times))
    return Figure(
        name=name, p50=statistics.median(times_spent), p95=times_spent[int(len(times_spent) * 0.95)]
    )


def spent(act: Callable[[], object]) -> float:
    """Milliseconds that it takes once."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def a_second(make_act: Callable[[], Callable[[], object]], *, at_once: int = 8, seconds: float = 5) -> float:
    """How often it is done in a second by `at_once` connections together."""
    counts = [0] * at_once
    end = time.perf_counter() + seconds

    def keep_doing(place: int) -> None:
        act = make_act()
        while time.perf_counter() < end:
            act()
            counts[place] += 1

    threads = [threading.Thread(target=keep_doing, args=(place,)) for place in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


class Caller:
    """One kept-alive connection. Raises AssertionError at an answer that was not expected."""

    def __init__(self, port: int, **headers: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.headers = headers

    def get(self, path: str, *, expected: int = 200) -> bytes:
        return self._ask("GET", path, None, expected)

    def post(self, path: str, body: dict[str, Any], *, expected: int = 201) -> bytes:
        return self._ask("POST", path, json.dumps(body).encode(), expected)

    def _ask(self, method: str, path: str, body: bytes | None, expected: int) -> bytes:
        headers = self.headers | ({"Content-Type": "application/json"} if body else {})
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        answer = response.read()
        if response.status != expected:
            raise AssertionError(f"{method} {path}: {response.status} {answer[:300]!r}")
        return answer
