"""Which forms of one questionnaire may be held against each other."""

from clients.instruments import Instrument

Scale = tuple[str, tuple[str, ...], int, int]
"""(questionnaire, its questions, lowest and highest total)."""


def scale_of(instrument: Instrument) -> Scale:
    """What two versions must share so that a difference between their totals means something."""
    return instrument.key, instrument.item_keys, instrument.lowest, instrument.highest


def comparable(one: Instrument, other: Instrument) -> bool:
    """The same questions counted on the same scale, whatever the version."""
    return scale_of(one) == scale_of(other)
