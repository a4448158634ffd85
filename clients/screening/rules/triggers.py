"""What makes a rule fire: each trigger looks at a case and names the answers that did it, or none."""

from collections.abc import Callable
from dataclasses import dataclass

from clients.instruments import NOT_SAID, Answer
from clients.screening.rules.points import elsewhere_in_words, points
from clients.screening.rules.shapes import Case, Given, Sheet

YOUNG = 25
"""Below this age in years SCOFF is read one point earlier: domain.md §2.5, H1a."""


@dataclass(frozen=True)
class Trigger:
    """`fires` answers which answers did it; `reads` says which it looks at; `says` how points met the threshold."""

    fires: Callable[[Case], tuple[Given, ...]]
    reads: frozenset[Given] = frozenset()
    says: Callable[[Case], str] = lambda _case: ""

    def __call__(self, case: Case) -> tuple[Given, ...]:
        return self.fires(case)


def said(instrument: str, item: str, *values: int) -> Trigger:
    """The answer is one of these values."""
    given = (instrument, item)
    return Trigger(lambda case: (given,) if answer_of(case, *given) in values else (), frozenset({given}))


def at_least(instrument: str, item: str, count: int) -> Trigger:
    """The number given is this or more."""
    given = (instrument, item)

    def fires(case: Case) -> tuple[Given, ...]:
        answer = answer_of(case, *given)
        return (given,) if isinstance(answer, int) and answer >= count else ()

    return Trigger(fires, frozenset({given}))


def total(scale: str, least: int, most: int | None = None, *, older: bool | None = None) -> Trigger:
    """The points of that scale reach `least` and not more than `most`; what is not answered counts as nothing.

    Whichever file the scale was asked by, and results from elsewhere too. `older` narrows it: True to those of 25 and
    above, False to those below and those whose age nobody knows.
    """

    def is_within(points_: int) -> bool:
        return least <= points_ and (most is None or points_ <= most)

    def sheets(case: Case) -> list[tuple[str, Sheet]]:
        if older is not None and older is not _is_older(case):
            return []
        same = [(key, sheet) for key, sheet in case.sheets.items() if sheet.instrument.reads_as == scale]
        return [(key, sheet) for key, sheet in same if is_within(points(sheet).total)]

    def from_elsewhere(case: Case) -> bool:
        fits = older is None or older is _is_older(case)
        return fits and scale in case.results and is_within(case.results[scale])

    def fires(case: Case) -> tuple[Given, ...]:
        said = tuple((key, item) for key, sheet in sheets(case) for item in points(sheet).by_items)
        return (*said, (scale, "")) if from_elsewhere(case) else said

    def says(case: Case) -> str:
        said = [points(sheet).in_words(sheet.instrument, least) for _key, sheet in sheets(case)]
        if from_elsewhere(case):
            said.append(elsewhere_in_words(scale, case.results[scale], least))
        return " · ".join(said)

    return Trigger(fires, frozenset({(scale, "")}), says)


def any_of(*triggers: Trigger) -> Trigger:
    """One of them is enough; every answer that fires is named."""
    return Trigger(
        lambda case: tuple(given for trigger in triggers for given in trigger(case)),
        frozenset().union(*(trigger.reads for trigger in triggers)),
    )


def both(one: Trigger, other: Trigger) -> Trigger:
    """Only together."""
    return Trigger(
        lambda case: one(case) + other(case) if one(case) and other(case) else (), one.reads | other.reads
    )


def anything_but_yes(instrument: str, item: str) -> Trigger:
    """No, nothing, or something to talk about: where we do not know, we take the careful side."""
    given = (instrument, item)
    return Trigger(lambda case: (given,) if answer_of(case, *given) != 1 else (), frozenset({given}))


def a_safety_answer(*, but: Given) -> Trigger:
    """Any answer that its questionnaire marks as one of safety, whichever questionnaire it is."""

    def fires(case: Case) -> tuple[Given, ...]:
        return tuple(
            (key, item.key)
            for key, sheet in case.sheets.items()
            for item in sheet.instrument.items
            if sheet.answers.get(item.key) in item.safety and (key, item.key) != but
        )

    return Trigger(fires)


def left_for_a_talk(those: Callable[[Sheet, str], bool]) -> Trigger:
    """Questions of that sort that the person would rather talk about."""
    return Trigger(
        lambda case: tuple(
            (key, item)
            for key, sheet in case.sheets.items()
            for item, answer in sheet.answers.items()
            if answer == NOT_SAID and those(sheet, item)
        )
    )


def _own_words(case: Case) -> tuple[Given, ...]:
    return tuple(
        (key, item.key)
        for key, sheet in case.sheets.items()
        for item in sheet.instrument.items
        if item.kind == "words" and str(sheet.answers.get(item.key, "")).strip()
    )


own_words = Trigger(_own_words)
"""Questions answered in the person's own words."""


def answer_of(case: Case, instrument: str, item: str) -> Answer | None:
    """What was answered, None where it was not asked or not answered."""
    sheet = case.sheets.get(instrument)
    return None if sheet is None else sheet.answers.get(item)


def _is_older(case: Case) -> bool:
    return case.age is not None and case.age >= YOUNG
