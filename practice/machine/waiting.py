"""Waiting for something that another process does."""

import time
from collections.abc import Callable

OFTEN_S = 0.01


def wait_until(happened: Callable[[], bool], *, within_s: float) -> bool:
    """Look every hundredth of a second until it happened; False when `within_s` ran out first."""
    deadline = time.monotonic() + within_s
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(OFTEN_S)
    return True
