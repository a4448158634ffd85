"""What a request that changes nothing looks up once, however many parts of its page ask."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")

CHANGES_NOTHING = ("GET", "HEAD", "OPTIONS")
_found: ContextVar[dict[Hashable, object] | None] = ContextVar("found", default=None)


@contextmanager
def looking_up_once(method: str | None) -> Iterator[None]:
    """For as long as this transaction of a request that reads; one that may change something asks anew each time."""
    mark = _found.set({} if method in CHANGES_NOTHING else None)
    try:
        yield
    finally:
        _found.reset(mark)


def is_looking_up_once() -> bool:
    return _found.get() is not None


def once(key: Hashable, find: Callable[[], T]) -> T:
    """What `find` answers; within `looking_up_once`, what it answered first for this key."""
    found = _found.get()
    if found is None:
        return find()
    if key not in found:
        found[key] = find()
    return found[key]  # type: ignore[return-value] # each key has one kind of answer
