"""How long a step of a job may take and how much memory a job may ask for, so that no work takes the worker with it.

Time is watched where the work runs in its process's main thread, as Celery's children do; memory where the system can
bound it (Linux). What neither stops, the time limit of the task does: it ends the child, and the job is tried again.
"""

import resource
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

LONGEST_STEP_S = 50.0  # shorter than the lease: nobody else takes a step up while it is under way
MOST_BYTES = 1024**3  # beyond what the worker holds when the job begins
AGAIN_S = 1.0  # a library may have swallowed the first


class OutOfTime(BaseException):
    """A step took longer than it may. No Exception, so that no library takes it for one of its own."""


@contextmanager
def limited() -> Iterator[None]:
    """Raise OutOfTime or MemoryError in work that never ends. The limits before are put back."""
    with _timed(), _bounded():
        yield


def next_step() -> None:
    """The work has told how far it is: the time begins again."""
    if _is_watched() and signal.getsignal(signal.SIGALRM) is _ring:
        signal.setitimer(signal.ITIMER_REAL, LONGEST_STEP_S, AGAIN_S)


@contextmanager
def _timed() -> Iterator[None]:
    if not _is_watched():
        yield
        return
    handler, (left, every) = signal.signal(signal.SIGALRM, _ring), signal.getitimer(signal.ITIMER_REAL)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_STEP_S, AGAIN_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, left, every)


def _is_watched() -> bool:
    return threading.current_thread() is threading.main_thread()


def _ring(number: int, frame: FrameType | None) -> None:
    raise OutOfTime


@contextmanager
def _bounded() -> Iterator[None]:
    if not sys.platform.startswith("linux"):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _held() + MOST_BYTES
    known = [limit for limit in (wanted, soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(known), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _held() -> int:
    """The address space of this process in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
