"""From plain values to a questionnaire and back. Snapshots of any day read as they did on that day."""

from collections.abc import Mapping
from typing import Any

from clients.instruments.checking import faults_in
from clients.instruments.faults import expect_none
from clients.instruments.parsing import parsed
from clients.instruments.shape import faults_of
from clients.instruments.shapes import Band, Gate, Instrument, Item, Option, Subscale

PLAIN = (
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
)
MAYBE = (
    "stem",
    "scale",
    "licence_note",
    "factor",
    "reliable_change",
    "meaningful_change",
    "cut_off",
    "cut_off_source",
)
SETS = ("safety", "doctor")
SHAPED = {*SETS, "options", "asked_if"}


def checked(raw: bytes) -> Instrument:
    """The questionnaire of a file that somebody wrote. Raises BadInstrument, which says what is wrong with it."""
    data = parsed(raw)
    expect_none(faults_of(data))
    instrument = read(data)
    expect_none(faults_in(instrument))
    return instrument


def written(instrument: Instrument) -> dict[str, Any]:
    """The questionnaire as its file has it, to be kept beside the answers; `read` turns it back."""
    return dict(instrument.written)


def read(data: Mapping[str, Any]) -> Instrument:
    """A questionnaire from a file that was checked, or from the snapshot of a day, of this format or the first."""
    common = _options(data.get("options", []))
    return Instrument(
        **{name: data[name] for name in PLAIN},
        **{name: data[name] for name in MAYBE if name in data},
        most_missing=data.get("prorate", {}).get("most_missing", 0),
        subscales=tuple(Subscale(part["name"], tuple(part["items"])) for part in data.get("subscales", [])),
        items=tuple(_item(entry, common) for entry in data["items"]),
        bands=tuple(Band(least, word) for least, word in data.get("bands", [])),
        written=data,
    )


def _item(entry: Mapping[str, Any], common: tuple[Option, ...]) -> Item:
    values: dict[str, Any] = {name: value for name, value in entry.items() if name not in SHAPED}
    values |= {name: frozenset(entry.get(name, ())) for name in SETS}
    if "asked_if" in entry:
        values["asked_if"] = Gate(entry["asked_if"]["item"], frozenset(entry["asked_if"]["values"]))
    if entry.get("kind", "choice") == "choice":
        values["options"] = _options(entry["options"]) if "options" in entry else common
    return Item(**values)


def _options(pairs: list[list[Any]]) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in pairs)
