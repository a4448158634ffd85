"""Whether a questionnaire can be: its questions can be answered, and its score can be what it says."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from clients.instruments.faults import Fault
from clients.instruments.scales import SCALES, scale_named
from clients.instruments.shapes import Instrument, Item


def faults_in(instrument: Instrument) -> Iterator[Fault]:
    """Everything that cannot be, though each part is well written. Expects a file of the right shape."""
    keys = instrument.item_keys
    if len(set(keys)) < len(keys):
        yield Fault("items", _("has a question twice."))
        return
    for number, item in enumerate(instrument.items, start=1):
        yield from _item(instrument, item, f"items.{number}")
    yield from _scoring(instrument)
    yield from _scale(instrument)
    if instrument.scored and not list(_scoring(instrument)):
        yield from _points(instrument)


def _item(instrument: Instrument, item: Item, where: str) -> Iterator[Fault]:
    values = [option.value for option in item.options]
    if item.kind == "choice" and len(values) < 2:  # noqa: PLR2004 - one answer is no choice
        yield Fault(where, _("has nothing to choose from."))
    if len(set(values)) < len(values):
        yield Fault(where, _("has two answers of one value."))
    if item.kind == "count" and not item.least < item.most:
        yield Fault(where, _("has no range for its number."))
    for name in ("safety", "doctor"):
        if not getattr(item, name) <= _answers(item):
            yield Fault(f"{where}.{name}", _("names an answer that the question does not have."))
    if item.reversed and item.kind == "words":
        yield Fault(f"{where}.reversed", _("words cannot be turned round."))
    if item.asked_if:
        yield from _gate(instrument, item, f"{where}.asked_if")


def _answers(item: Item) -> set[int]:
    if item.kind == "count":
        return set(range(item.least, item.most + 1))
    return {option.value for option in item.options}


def _gate(instrument: Instrument, item: Item, where: str) -> Iterator[Fault]:
    gate = item.asked_if
    earlier = instrument.item_keys[: instrument.item_keys.index(item.key)]
    if gate is None or gate.item not in earlier:
        yield Fault(where, _("must name an earlier question."))
    elif not gate.values <= _answers(instrument.item(gate.item)):
        yield Fault(where, _("names an answer that the question does not have."))


def _scoring(instrument: Instrument) -> Iterator[Fault]:
    scored = [item.key for item in instrument.scored]
    if instrument.scoring != "none" and not scored:
        yield Fault("scoring", _("has no question that counts."))
    if instrument.scoring == "means":
        named = [key for part in instrument.subscales for key in part.items]
        if sorted(named) != sorted(scored):
            yield Fault("subscales", _("must name each scored question once."))
    elif instrument.subscales:
        yield Fault("subscales", _("are for the scoring “means” only."))
    if instrument.most_missing:
        yield from _prorating(instrument)


def _scale(instrument: Instrument) -> Iterator[Fault]:
    """Points that a rule reads must be the points of that scale."""
    named = scale_named(instrument.name)
    if named and instrument.reads_as != named:
        words = _(
            'is missing: by its name this is %(name)s. Write scale = "%(key)s", or give it another name.'
        )
        yield Fault("scale", words % {"name": SCALES[named].name, "key": named})
    scale = SCALES.get(instrument.reads_as)
    if scale is None or (
        instrument.scored and (instrument.lowest, instrument.highest) == (scale.least, scale.most)
    ):
        return
    words = _("%(name)s goes from %(least)d to %(most)d points, and this does not.")
    yield Fault("scale", words % {"name": scale.name, "least": scale.least, "most": scale.most})


def _prorating(instrument: Instrument) -> Iterator[Fault]:
    if instrument.scoring != "sum" or any(item.asked_if for item in instrument.items):
        yield Fault("prorate", _("is for a plain sum only, with no question behind another."))
    if instrument.most_missing >= len(instrument.scored):
        yield Fault("prorate", _("leaves no answer to reckon with."))


def _points(instrument: Instrument) -> Iterator[Fault]:
    lowest, highest = instrument.lowest, instrument.highest
    least = [band.least for band in instrument.bands]
    if least != sorted(set(least)):
        yield Fault("bands", _("must rise from the lowest total."))
    if least and least[0] != lowest:
        yield Fault("bands", _("must begin at the lowest total, %d.") % lowest)
    if least and least[-1] > highest:
        yield Fault("bands", _("go beyond the highest total, %d.") % highest)
    if instrument.cut_off is not None and not lowest < instrument.cut_off <= highest:
        yield Fault("cut_off", _("lies outside the totals, %(l)d to %(h)d.") % {"l": lowest, "h": highest})
    if instrument.reliable_change is not None and not 0 < instrument.reliable_change <= highest - lowest:
        yield Fault("reliable_change", _("is larger than any change can be."))
    meaningful, least_change = instrument.meaningful_change, instrument.reliable_change or 0
    if meaningful is not None and not least_change < meaningful <= highest - lowest:
        yield Fault(
            "meaningful_change", _("must be more than the reliable change, and a change that can be.")
        )
