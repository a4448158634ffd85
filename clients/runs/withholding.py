"""What an entry no longer says once its client keeps a kind of data from staff."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from clients.consents.choices import About
from clients.runs.choices import Context

if TYPE_CHECKING:
    from clients.runs.models import RunLog
    from clients.runs.rules import RunEntry

PLACES = frozenset({Context.NATURE, Context.STREETS, Context.INDOORS, Context.USUAL_ROUTE, Context.NEW_ROUTE})
BLANK: dict[str, dict[str, Any]] = {
    About.MOOD: {"mood_before": None, "mood_after": None},
    About.FREE_TEXT: {"journal": ""},
    About.LOCATION: {"distance_m": None},
}
"""By kind, the columns of an entry that belong to it and what stands there instead."""


def without(run: RunLog, kinds: Collection[str]) -> RunLog:
    """The row in memory, without these kinds. It is for showing: actions read the row anew before they write."""
    for kind in kinds:
        for name, blank in BLANK.get(kind, {}).items():
            setattr(run, name, blank)
    if About.LOCATION in kinds:
        run.context = [value for value in run.context if value not in PLACES]
    return run


def said_of(entry: RunEntry, kinds: Collection[str]) -> Iterator[str]:
    """The fields of an entry that say something of these kinds."""
    for kind in kinds:
        yield from (name for name, blank in BLANK.get(kind, {}).items() if getattr(entry, name) != blank)
    if About.LOCATION in kinds and PLACES & set(entry.context):
        yield "context"


def put_back(entry: RunEntry, standing: RunEntry, kinds: Collection[str]) -> RunEntry:
    """The entry with what stands of these kinds: who could not see it has not changed it."""
    kept = {name: getattr(standing, name) for kind in kinds for name in BLANK.get(kind, {})}
    if About.LOCATION in kinds:
        places = [value for value in standing.context if value in PLACES]
        kept["context"] = (*entry.context, *places)
    return replace(entry, **kept)
