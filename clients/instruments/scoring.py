"""The one scorer: pure, strict about what it is given, silent where answers are missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from clients.instruments.shapes import NOT_SAID, Answer, Answers, Instrument, Item, Points

MOST_LETTERS = 4_000
DECIMALS = 2


class OutOfRange(ValueError):
    """The questionnaire has no such question, or the question no such answer. The message names the question."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What the answers add up to.

    `total` is None while a scored question has no value, and for questionnaires without a score; `band` is "" then.
    `missing` names the scored questions without a value; `flags` the questions with a safety answer. `prorated`: the
    total stands for missing answers too, by the questionnaire's own rule.
    """

    total: Points | None
    band: str
    missing: tuple[str, ...]
    flags: tuple[str, ...]
    prorated: bool = False


def score(instrument: Instrument, answers: Answers) -> Result:
    """Add up the answers. Raises OutOfRange where one is not among those offered.

    The band is that of the exact total; the total is told to two decimals.
    """
    for key, answer in answers.items():
        check_answer(instrument, key, answer)
    counting = [item for item in instrument.scored if not _is_ruled_out(item, answers)]
    counted = {item.key: value for item in counting if (value := _counted(item, answers)) is not None}
    missing = tuple(item.key for item in counting if item.key not in counted)
    exact = _exact(instrument, counted, len(missing))
    return Result(
        total=None if exact is None else points(exact),
        band="" if exact is None else instrument.band_of(exact),
        missing=missing,
        flags=tuple(item.key for item in instrument.items if answers.get(item.key) in item.safety),
        prorated=exact is not None and bool(missing),
    )


def points(exact: Fraction) -> Points:
    """A total as it is kept and shown: whole where it is whole, else with two decimals."""
    return exact.numerator if exact.denominator == 1 else round(float(exact), DECIMALS)


def check_answer(instrument: Instrument, key: str, answer: Answer) -> None:
    """Raises OutOfRange unless the question exists and the answer is one it offers."""
    try:
        item = instrument.item(key)
    except KeyError:
        raise OutOfRange(f"{instrument.name} has no question {key}") from None
    if not _fits(item, answer):
        raise OutOfRange(f"{answer!r:.40} is no answer to {item.key} of {instrument.name}")


def unanswered(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    """The questions that still need an answer; one that is to be talked about instead has had its answer."""
    return tuple(
        item.key
        for item in instrument.items
        if item.is_required and item.key not in answers and is_asked(instrument, item, answers)
    )


def is_asked(instrument: Instrument, item: Item, answers: Answers) -> bool:
    """Whether a follow-up question applies.

    Those after a yes only where something above 0, or nothing, was said; those behind a gate only after its answers.
    """
    if item.asked_if:
        return answers.get(item.asked_if.item) in item.asked_if.values
    earlier = [answers.get(other.key) for other in instrument.scored]
    return not item.asked_if_any_yes or any(answer == NOT_SAID or _value(answer) for answer in earlier)


def _exact(instrument: Instrument, counted: Mapping[str, int], missing: int) -> Fraction | None:
    """The total; None where there is no score or more is missing than the questionnaire's rule lets."""
    if not instrument.scored or missing > instrument.most_missing:
        return None
    stands_for = Fraction(len(counted) + missing, len(counted)) if missing else 1
    return instrument.total_of(counted) * stands_for * instrument.factor


def _is_ruled_out(item: Item, answers: Answers) -> bool:
    """Whether an answer at the gate says that this question is not for this person: it counts nothing then."""
    if item.asked_if is None:
        return False
    said = _value(answers.get(item.asked_if.item))
    return said is not None and said not in item.asked_if.values


def _fits(item: Item, answer: Answer) -> bool:
    if item.kind == "words":
        return isinstance(answer, str) and len(answer) <= MOST_LETTERS and "\x00" not in answer
    if answer == NOT_SAID:
        return True
    if not isinstance(answer, int) or isinstance(answer, bool):
        return False
    if item.kind == "count":
        return item.least <= answer <= item.most
    return any(option.value == answer for option in item.options)


def _counted(item: Item, answers: Answers) -> int | None:
    value = _value(answers.get(item.key))
    return None if value is None else item.counts(value)


def _value(answer: Answer | None) -> int | None:
    return answer if isinstance(answer, int) else None
