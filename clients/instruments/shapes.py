"""What a questionnaire is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

NOT_SAID = "not_said"
"""Recorded where somebody would rather talk about a question than answer it here."""

Answer = int | str
"""An option's value or a count (int); words; or NOT_SAID."""

Answers = Mapping[str, Answer]
"""{item key: answer}."""


class Option(NamedTuple):
    """One choice: the number that counts and the words that are shown."""

    value: int
    label: str


class Band(NamedTuple):
    """Totals from `least` up to the next band are called `word`."""

    least: int
    word: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question. `kind` is choice (one of `options`), count (least to most) or words (free, may stay empty).

    `safety`: values that a clinician must hear of at once. `doctor`: values that mean "see a doctor before moving".
    `asked_if_any_yes`: asked only where an earlier scored question was answered above 0.
    """

    key: str
    text: str
    kind: str = "choice"
    options: tuple[Option, ...] = ()
    help: str = ""
    unit: str = ""
    least: int = 0
    most: int = 0
    safety: frozenset[int] = frozenset()
    doctor: frozenset[int] = frozenset()
    asked_if_any_yes: bool = False
    is_scored: bool = True

    @property
    def is_required(self) -> bool:
        return self.kind != "words"

    @property
    def lowest(self) -> int:
        return min((option.value for option in self.options), default=self.least)

    @property
    def highest(self) -> int:
        return max((option.value for option in self.options), default=self.most)

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

    `scoring` is sum (the scored items added up; no total while one is missing) or none.
    `reliable_change` and `cut_off` are points of the total; None where nobody has agreed on one.
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
    bands: tuple[Band, ...] = ()
    reliable_change: int | None = None
    cut_off: int | None = None
    cut_off_source: str = ""
    written: Mapping[str, object] = field(repr=False, compare=False, default_factory=dict)

    @property
    def scored(self) -> tuple[Item, ...]:
        """The items that count; none where the questionnaire has no score."""
        if self.scoring == "none":
            return ()
        return tuple(item for item in self.items if item.is_scored and item.kind != "words")

    @property
    def lowest(self) -> int:
        return sum(item.lowest for item in self.scored)

    @property
    def highest(self) -> int:
        return sum(item.highest for item in self.scored)

    def item(self, key: str) -> Item:
        """Raises KeyError for a question this version does not have."""
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(key)

    @property
    def item_keys(self) -> tuple[str, ...]:
        return tuple(item.key for item in self.items)

    def band_of(self, total: int) -> str:
        """The word for a total, "" where the questionnaire has no bands."""
        return next((band.word for band in reversed(self.bands) if total >= band.least), "")
