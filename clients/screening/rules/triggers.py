"""What makes a rule fire: each trigger looks at the sheets and names the answers that did it, or none."""

from collections.abc import Callable

from clients.instruments import NOT_SAID, Answer
from clients.screening.rules.shapes import Given, Sheets

Trigger = Callable[[Sheets], tuple[Given, ...]]


def said(instrument: str, item: str, *values: int) -> Trigger:
    """The answer is one of these values."""
    return lambda sheets: ((instrument, item),) if answer_of(sheets, instrument, item) in values else ()


def at_least(instrument: str, item: str, count: int) -> Trigger:
    """The number given is this or more."""

    def fires(sheets: Sheets) -> tuple[Given, ...]:
        answer = answer_of(sheets, instrument, item)
        return ((instrument, item),) if isinstance(answer, int) and answer >= count else ()

    return fires


def any_of(*triggers: Trigger) -> Trigger:
    """One of them is enough; every answer that fires is named."""
    return lambda sheets: tuple(given for trigger in triggers for given in trigger(sheets))


def both(one: Trigger, other: Trigger) -> Trigger:
    """Only together."""
    return lambda sheets: one(sheets) + other(sheets) if one(sheets) and other(sheets) else ()


def anything_but_yes(instrument: str, item: str) -> Trigger:
    """No, nothing, or something to talk about: where we do not know, we take the careful side."""
    return lambda sheets: ((instrument, item),) if answer_of(sheets, instrument, item) != 1 else ()


def left_for_a_talk(grave: frozenset[Given], *, among_them: bool) -> Trigger:
    """Questions that the person would rather talk about: those among `grave`, or all others."""
    return lambda sheets: tuple(
        (key, item)
        for key, sheet in sheets.items()
        for item, answer in sheet.answers.items()
        if answer == NOT_SAID and ((key, item) in grave) is among_them
    )


def own_words(sheets: Sheets) -> tuple[Given, ...]:
    """Questions answered in the person's own words."""
    return tuple(
        (key, item.key)
        for key, sheet in sheets.items()
        for item in sheet.instrument.items
        if item.kind == "words" and str(sheet.answers.get(item.key, "")).strip()
    )


def answer_of(sheets: Sheets, instrument: str, item: str) -> Answer | None:
    """What was answered, None where it was not asked or not answered."""
    sheet = sheets.get(instrument)
    return None if sheet is None else sheet.answers.get(item)
