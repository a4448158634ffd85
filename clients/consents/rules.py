"""What an agreement says, what is still missing from a signature, and what a new version changed: plain values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

ADULT_YEARS = 18
"""domain.md 2.2, point 23: below 18 a guardian agrees too, beside the young person's own signature, both in person."""
MONTHS_IN_YEAR = 12
LAST_DAY_OF_ANY_MONTH = 28
MOST_WORDS = 2_000
WORDS, SCRIPT = "words", "script"

Answers = Mapping[str, Mapping[str, Any]]
"""By key of a point: {"agreed": bool, "choice": "…", "words": "…"}."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """One point of an agreement, ticked by itself.

    `asks` "words" has room for the client's own words, "script" a choice as well, which must be made; "" neither.
    """

    key: str
    heading: str
    words: str
    asks: str = ""
    question: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    def label_of(self, choice: str) -> str:
        return dict(self.choices).get(choice, "")


@dataclass(frozen=True, kw_only=True)
class Text:
    """One version of an agreement as it is put before a client. `notice` is about the text itself."""

    agreement: str
    number: int
    title: str
    opening: str
    notice: str
    review_months: int
    points: tuple[Point, ...]

    def point(self, key: str) -> Point | None:
        return next((point for point in self.points if point.key == key), None)


@dataclass(frozen=True, kw_only=True)
class Guardian:
    """Who agrees for a client below 18: their name, what they are to the client, and their name typed as a signature."""

    name: str = ""
    relation: str = ""
    signature: str = ""

    @property
    def missing(self) -> str:
        """The first of the three that is not there, "" when all are."""
        parts = {"name": self.name, "relation": self.relation, "signature": self.signature}
        return next((part for part, said in parts.items() if not said.strip()), "")

    @property
    def trimmed(self) -> "Guardian":
        """Without blanks around what was typed."""
        return Guardian(
            name=self.name.strip(), relation=self.relation.strip(), signature=self.signature.strip()
        )


NOBODY = Guardian()


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Words of a comparison: `kind` same, new or gone."""

    kind: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One part of an agreement between two versions: `kind` same, changed, new or gone."""

    heading: str
    kind: str
    pieces: tuple[Piece, ...]


def as_data(text: Text) -> dict[str, Any]:
    """Plain values that JSON keeps."""
    return asdict(text)


def read(data: Mapping[str, Any]) -> Text:
    """The text that `as_data` wrote."""
    points = tuple(
        Point(**{**point, "choices": tuple((value, label) for value, label in point.get("choices", ()))})
        for point in data["points"]
    )
    return Text(**{**data, "points": points})


def still_open(text: Text, answers: Answers) -> list[Point]:
    """The points that are not ticked, or ask for a choice that was not made. Nothing counts as ticked by itself."""
    return [point for point in text.points if not _is_done(point, answers.get(point.key, {}))]


def _is_done(point: Point, answer: Mapping[str, Any]) -> bool:
    if answer.get("agreed") is not True:
        return False
    return point.asks != SCRIPT or bool(point.label_of(str(answer.get("choice", ""))))


def kept(text: Text, answers: Answers) -> dict[str, dict[str, Any]]:
    """Only what belongs to the text: its points, and own words and choices where a point has room for them."""
    return {point.key: _kept(point, answers[point.key]) for point in text.points if answers.get(point.key)}


def _kept(point: Point, answer: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {"agreed": answer.get("agreed") is True}
    if point.asks == SCRIPT:
        said["choice"] = str(answer.get("choice", ""))
    if point.asks:
        said["words"] = str(answer.get("words", ""))[:MOST_WORDS]
    return said


def is_adult(born_on: date | None, today: date) -> bool:
    """18 or older, or the practice does not know when they were born: then their own tick says so."""
    if born_on is None:
        return True
    before_birthday = (today.month, today.day) < (born_on.month, born_on.day)
    return today.year - born_on.year - before_birthday >= ADULT_YEARS


def review_day(signed_on: date, months: int) -> date:
    """The same day of the month so many months later; the 28th where that month may be shorter."""
    month = signed_on.month - 1 + months
    year, month = signed_on.year + month // MONTHS_IN_YEAR, month % MONTHS_IN_YEAR + 1
    return date(year, month, min(signed_on.day, LAST_DAY_OF_ANY_MONTH))


def changes(before: Text, after: Text) -> list[Change]:
    """Title, opening and every point of both versions, in the order of the newer; what is gone comes last."""
    found = [_change("", before.title, after.title), _change("", before.opening, after.opening)]
    for point in after.points:
        old = before.point(point.key)
        found.append(_change(point.heading, _whole(old) if old else "", _whole(point)))
    gone = (point for point in before.points if after.point(point.key) is None)
    return [*found, *(_change(point.heading, _whole(point), "") for point in gone)]


def differ(before: Text, after: Text) -> bool:
    """Whether anything that a client signs is different."""
    months = before.review_months != after.review_months
    order = [point.key for point in before.points] != [point.key for point in after.points]
    return months or order or any(change.kind != "same" for change in changes(before, after))


def _whole(point: Point) -> str:
    return "\n".join(filter(None, [point.heading, point.words, point.question]))


def _change(heading: str, before: str, after: str) -> Change:
    kind = "same" if before == after else "new" if not before else "gone" if not after else "changed"
    return Change(heading=heading, kind=kind, pieces=tuple(_pieces(before, after)))


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = before.split(), after.split()
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            yield Piece(kind="same", words=_joined(old[old_from:old_to]))
            continue
        if old_to > old_from:
            yield Piece(kind="gone", words=_joined(old[old_from:old_to]))
        if new_to > new_from:
            yield Piece(kind="new", words=_joined(new[new_from:new_to]))


def _joined(words: Sequence[str] | Iterable[str]) -> str:
    return " ".join(words)
