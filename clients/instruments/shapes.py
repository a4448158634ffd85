"""What a questionnaire is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import NamedTuple

NOT_SAID = "not_said"
"""Recorded where somebody would rather talk about a question than answer it here."""

Answer = int | str
"""An option's value or a count (int); words; or NOT_SAID."""

Answers = Mapping[str, Answer]
"""{item key: answer}."""

Points = int | float
"""A total: whole for most questionnaires; with decimals where the rule of the questionnaire makes means."""


class Option(NamedTuple):
    """One choice: the number that counts and the words that are shown."""

    value: int
    label: str


class Band(NamedTuple):
    """Totals from `least` up to the next band are called `word`."""

    least: int
    word: str


class Gate(NamedTuple):
    """A question that another hangs on, and the answers after which the other is asked."""

    item: str
    values: frozenset[int]


class Subscale(NamedTuple):
    """Questions whose mean counts as one."""

    name: str
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question. `kind` is choice (one of `options`), count (least to most) or words (free, may stay empty).

    `stem` stands above this question instead of the questionnaire's. `reversed`: the lowest answer counts most.
    `safety`: values that a clinician must hear of at once. `doctor`: values that mean "see a doctor before moving".
    `asked_if_any_yes`: asked only where an earlier scored question was answered above 0. `asked_if`: asked only after
    those answers to that question.
    """

    key: str
    text: str
    kind: str = "choice"
    options: tuple[Option, ...] = ()
    stem: str = ""
    help: str = ""
    unit: str = ""
    least: int = 0
    most: int = 0
    reversed: bool = False
    safety: frozenset[int] = frozenset()
    doctor: frozenset[int] = frozenset()
    asked_if_any_yes: bool = False
    asked_if: Gate | None = None
    is_scored: bool = True

    @property
    def is_required(self) -> bool:
        return self.kind != "words"

    @property
    def is_conditional(self) -> bool:
        """Whether it is asked only after certain answers to others."""
        return self.asked_if_any_yes or self.asked_if is not None

    @property
    def lowest(self) -> int:
        return min((option.value for option in self.options), default=self.least)

    @property
    def highest(self) -> int:
        return max((option.value for option in self.options), default=self.most)

    def counts(self, answer: int) -> int:
        """What an answer adds to the score: itself, or the other way round where the question is reversed."""
        return self.lowest + self.highest - answer if self.reversed else answer

    def concerns_safety(self, answer: Answer | None) -> bool:
        """A clinician hears of it at once: a safety answer, or the wish to talk instead of giving one."""
        return answer in self.safety or (bool(self.safety) and answer == NOT_SAID)

    def label_of(self, answer: Answer | None) -> str:
        """The words of an answer as they were shown; a count with its unit; "" for none."""
        if answer is None or answer == NOT_SAID:
            return ""
        if self.kind == "count":
            return f"{answer} {self.unit}".strip()
        return next((option.label for option in self.options if option.value == answer), str(answer))


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A questionnaire of one version in one language. Texts are data: shown as they are, never translated by us.

    `scoring` is sum (the scored items added up), means (the means of the subscales added up) or none. The result is
    multiplied by `factor`. No total while an item is missing, unless the questionnaire's own rule says how many may be:
    with up to `most_missing` of them the sum is the mean of the others times their number.
    `scale` names the published scale that this is, where its points are those of one.
    `reliable_change`, `meaningful_change` and `cut_off` are points of the total; None where nobody has agreed on one.
    """

    key: str
    version: str
    name: str
    purpose: str
    why: str
    asked_by: str
    language: str
    tier: str
    licence: str
    attribution: str
    source: str
    population: str
    least_age: int
    scoring: str
    items: tuple[Item, ...]
    stem: str = ""
    scale: str = ""
    licence_note: str = ""
    factor: int = 1
    most_missing: int = 0
    subscales: tuple[Subscale, ...] = ()
    bands: tuple[Band, ...] = ()
    reliable_change: int | None = None
    meaningful_change: int | None = None
    cut_off: int | None = None
    cut_off_source: str = ""
    written: Mapping[str, object] = field(repr=False, compare=False, default_factory=dict)

    @property
    def reads_as(self) -> str:
        """What it is for the rules: the scale that its file declares, else its key."""
        return self.scale or self.key

    @cached_property
    def scored(self) -> tuple[Item, ...]:
        """The items that count; none where the questionnaire has no score."""
        if self.scoring == "none":
            return ()
        return tuple(item for item in self.items if item.is_scored and item.kind != "words")

    @property
    def lowest(self) -> int:
        """The least that a total can be."""
        if any(item.asked_if for item in self.scored):
            return 0  # whoever is not asked scores nothing
        return floor(self.total_of({item.key: item.lowest for item in self.scored}) * self.factor)

    @property
    def highest(self) -> int:
        """The most that a total can be."""
        return ceil(self.total_of({item.key: item.highest for item in self.scored}) * self.factor)

    @property
    def safety(self) -> dict[str, frozenset[int]]:
        """The answers that a clinician must hear of at once, by question."""
        return {item.key: item.safety for item in self.items if item.safety}

    def total_of(self, counted: Mapping[str, int]) -> Fraction:
        """What counted questions come to by this questionnaire's way of scoring, before `factor`."""
        if self.scoring != "means":
            return Fraction(sum(counted.values()))
        return sum((_mean([counted[key] for key in part.items]) for part in self.subscales), Fraction())

    def item(self, key: str) -> Item:
        """Raises KeyError for a question this version does not have."""
        return self._by_key[key]

    @cached_property
    def _by_key(self) -> Mapping[str, Item]:
        return {item.key: item for item in self.items}

    @cached_property
    def item_keys(self) -> tuple[str, ...]:
        return tuple(item.key for item in self.items)

    def band_of(self, total: Points | Fraction) -> str:
        """The word for a total, "" where the questionnaire has no bands."""
        return next((band.word for band in reversed(self.bands) if total >= band.least), "")


def _mean(values: list[int]) -> Fraction:
    return Fraction(sum(values), len(values))
