"""The one scorer: pure, strict about what it is given, silent where answers are missing."""

from dataclasses import dataclass

from clients.instruments.shapes import NOT_SAID, Answer, Answers, Instrument, Item

MOST_LETTERS = 4_000


class OutOfRange(ValueError):
    """The questionnaire has no such question, or the question no such answer. The message names the question."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What the answers add up to.

    `total` is None while a scored question has no value, and for questionnaires without a score; `band` is "" then.
    `missing` names the scored questions without a value; `flags` the questions with a safety answer.
    """

    total: int | None
    band: str
    missing: tuple[str, ...]
    flags: tuple[str, ...]


def score(instrument: Instrument, answers: Answers) -> Result:
    """Add up the answers. Raises OutOfRange where one is not among those offered."""
    for key, answer in answers.items():
        check_answer(instrument, key, answer)
    counted = {item.key: _value(answers.get(item.key)) for item in instrument.scored}
    missing = tuple(key for key, value in counted.items() if value is None)
    total = sum(value or 0 for value in counted.values()) if counted and not missing else None
    return Result(
        total=total,
        band="" if total is None else instrument.band_of(total),
        missing=missing,
        flags=tuple(item.key for item in instrument.items if answers.get(item.key) in item.safety),
    )


def check_answer(instrument: Instrument, key: str, answer: Answer) -> None:
    """Raises OutOfRange unless the question exists and the answer is one it offers."""
    if key not in instrument.item_keys:
        raise OutOfRange(f"{instrument.name} has no question {key}")
    item = instrument.item(key)
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
    """Whether a follow-up question applies: those after a yes only where something above 0, or nothing, was said."""
    earlier = [answers.get(other.key) for other in instrument.scored]
    return not item.asked_if_any_yes or any(answer == NOT_SAID or _value(answer) for answer in earlier)


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


def _value(answer: Answer | None) -> int | None:
    return answer if isinstance(answer, int) else None
