"""Read a questionnaire from its file, strictly: what the file gets wrong stops the start, never a client."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from clients.instruments.shapes import Band, Instrument, Item, Option

DATA = Path(__file__).parent / "data"
ORDER = ("phq9", "gad7", "alcohol", "drugs", "dependence", "movement", "readiness", "asq")

KINDS = {"choice", "count", "words"}
SCORINGS = {"sum", "none"}
ASKERS = {"client", "clinician"}
TIERS = {"A", "A-ND", "own"}
REQUIRED = {
    "key",
    "version",
    "name",
    "purpose",
    "why",
    "asked_by",
    "language",
    "tier",
    "licence",
    "attribution",
    "source",
    "population",
    "least_age",
    "scoring",
    "items",
}
KNOWN = REQUIRED | {"stem", "options", "bands", "reliable_change", "cut_off", "cut_off_source"}
KNOWN_OF_ITEM = {
    "key",
    "text",
    "kind",
    "options",
    "help",
    "unit",
    "least",
    "most",
    "safety",
    "doctor",
    "asked_if_any_yes",
    "is_scored",
}


class BadInstrument(ValueError):
    """The file of a questionnaire says something impossible; the message names file and fault."""


def keys() -> tuple[str, ...]:
    """Every questionnaire we ship, in the order an intake asks them."""
    return ORDER


@lru_cache(maxsize=32)
def load(key: str) -> Instrument:
    """The questionnaire of this key, read once. Raises KeyError for a key we do not ship."""
    if key not in ORDER:
        raise KeyError(key)
    return read(tomllib.loads((DATA / f"{key}.toml").read_text(encoding="utf-8")))


def written(instrument: Instrument) -> dict[str, Any]:
    """The questionnaire as its file has it, to be kept beside the answers; `read` turns it back."""
    return dict(instrument.written)


def read(data: Mapping[str, Any]) -> Instrument:
    """A questionnaire from what a file, or a snapshot of that day, says. Raises BadInstrument."""
    _expect(data, not (REQUIRED - set(data)), f"lacks {sorted(REQUIRED - set(data))}")
    _expect(data, not (set(data) - KNOWN), f"has unknown {sorted(set(data) - KNOWN)}")
    common = _options(data, data.get("options", []))
    instrument = Instrument(
        **{name: data[name] for name in REQUIRED - {"items"}},
        **{
            name: data[name]
            for name in ("stem", "reliable_change", "cut_off", "cut_off_source")
            if name in data
        },
        items=tuple(_item(data, entry, common) for entry in data["items"]),
        bands=tuple(Band(least, word) for least, word in data.get("bands", [])),
        written=data,
    )
    _check(data, instrument)
    return instrument


def _item(data: Mapping[str, Any], entry: Mapping[str, Any], common: tuple[Option, ...]) -> Item:
    unknown = set(entry) - KNOWN_OF_ITEM
    _expect(data, not unknown, f"has unknown {sorted(unknown)} in an item")
    values: dict[str, Any] = {name: value for name, value in entry.items() if name != "options"}
    values |= {name: frozenset(entry.get(name, ())) for name in ("safety", "doctor")}
    if entry.get("kind", "choice") == "choice":
        values["options"] = _options(data, entry["options"]) if "options" in entry else common
    item = Item(**values)
    _check_item(data, item)
    return item


def _options(data: Mapping[str, Any], pairs: list[list[Any]]) -> tuple[Option, ...]:
    options = tuple(Option(value, label) for value, label in pairs)
    values = [option.value for option in options]
    _expect(data, all(isinstance(value, int) and value >= 0 for value in values), "has an option below 0")
    _expect(data, len(set(values)) == len(values), "has two options of one value")
    _expect(data, all(option.label for option in options), "has an option without words")
    return options


def _check_item(data: Mapping[str, Any], item: Item) -> None:
    values = {option.value for option in item.options}
    _expect(data, bool(item.key and item.text), "has an item without key or text")
    _expect(data, item.kind in KINDS, f"has an item of kind {item.kind!r}")
    _expect(data, item.kind != "choice" or len(values) > 1, f"gives {item.key} nothing to choose from")
    _expect(data, item.kind != "count" or 0 <= item.least < item.most, f"gives {item.key} no range")
    _expect(data, item.safety | item.doctor <= values, f"marks an answer that {item.key} does not have")


def _check(data: Mapping[str, Any], instrument: Instrument) -> None:
    least = [band.least for band in instrument.bands]
    _expect(data, instrument.asked_by in ASKERS, f"is asked by {instrument.asked_by!r}")
    _expect(data, instrument.tier in TIERS, f"is of tier {instrument.tier!r}, which we may not ship")
    _expect(data, instrument.scoring in SCORINGS, f"is scored by {instrument.scoring!r}")
    _expect(data, len(set(instrument.item_keys)) == len(instrument.items) > 0, "has no items, or one twice")
    _expect(data, least == sorted(set(least)), "has bands out of order")
    _expect(data, not least or least[0] == instrument.lowest, "has a first band above the lowest total")
    _expect(data, not least or least[-1] <= instrument.highest, "has a band beyond the highest total")
    for points in (instrument.cut_off, instrument.reliable_change):
        _expect(data, points is None or 0 < points <= instrument.highest, "has a cut-off outside its range")


def _expect(data: Mapping[str, Any], holds: bool, fault: str) -> None:  # noqa: FBT001 reads as a sentence
    if not holds:
        raise BadInstrument(f"questionnaire {data.get('key', '?')} {fault}")
