"""Which questionnaires there are: our own files, and what the practice has on its shelf besides.

Our files are read once. Those of tiers A, A-ND and our own are in use everywhere; those of tier B only where the practice
has switched them on. The practice's shelf is registered by the room that keeps it, so that nothing here knows a database.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from clients.instruments.reading import checked, read
from clients.instruments.shapes import Instrument

DATA = Path(__file__).parent / "data"
ORDER = (
    "phq9",
    "phq8",
    "phq2",
    "gad7",
    "gad2",
    "core10",
    "k6",
    "k10",
    "alcohol",
    "auditc",
    "cage",
    "cageaid",
    "drugs",
    "dependence",
    "bbgs",
    "movement",
    "eai",
    "readiness",
    "circumstances",
    "pcptsd5",
    "pcl5",
    "scoff",
    "asq",
)
"""What we ship, in the order in which it is asked."""

SWITCHABLE = "B"
ENGLISH = "en"


class Shelf(Protocol):
    """What a practice uses besides what everybody uses. One question of either is one query at most."""

    def in_use(self) -> Sequence[tuple[str, Mapping[str, Any] | None]]:
        """(key, its file; None for one of ours that is switched on), in the order in which they were taken into use."""

    def find(self, key: str) -> Mapping[str, Any] | None:
        """The newest file of this key, in use or not any more; None where there never was one."""


_shelves: list[Shelf] = []


def use_shelf(shelf: Shelf) -> None:
    """Ask this shelf too, from now on."""
    if shelf not in _shelves:
        _shelves.append(shelf)


def bundled() -> tuple[str, ...]:
    """Every questionnaire that we ship, in the order in which it is asked, switched on or not."""
    return ORDER


def core() -> tuple[str, ...]:
    """Those that are in use everywhere."""
    return tuple(key for key in ORDER if _ours(key).tier != SWITCHABLE)


def offered() -> tuple[Instrument, ...]:
    """Every questionnaire that may be asked here now, in the order in which it is asked. One query."""
    taken = [pair for shelf in _shelves for pair in shelf.in_use()]
    on = {*core(), *(key for key, file in taken if file is None)}
    ours = [_ours(key) for key in ORDER if key in on]
    return (*ours, *(read(file) for _key, file in taken if file is not None))


def keys() -> tuple[str, ...]:
    """The keys of those that may be asked here now, in the order in which they are asked. One query."""
    return tuple(instrument.key for instrument in offered())


def languages(key: str) -> tuple[str, ...]:
    """The languages that our file of this key comes in, English first."""
    others = (path.name.split(".")[1] for path in DATA.glob(f"{key}.*.toml")) if key in ORDER else ()
    return (ENGLISH, *sorted(others)) if key in ORDER else ()


def load(key: str, language: str = ENGLISH) -> Instrument:
    """The questionnaire of this key: ours in that language, else the practice's file, in the language it has.

    Raises KeyError for a key that nobody has, and for a language that ours has not.
    """
    if key in ORDER:
        return _ours(key, language)
    for shelf in _shelves:
        if (file := shelf.find(key)) is not None:
            return read(file)
    raise KeyError(key)


@lru_cache(maxsize=64)
def _ours(key: str, language: str = ENGLISH) -> Instrument:
    if language not in languages(key):
        raise KeyError(f"{key} in {language}")
    name = f"{key}.toml" if language == ENGLISH else f"{key}.{language}.toml"
    return checked((DATA / name).read_bytes())
