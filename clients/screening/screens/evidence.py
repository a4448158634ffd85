"""Answers in the order a clinician reads them: what stops, what to check, what to note, what is clear."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.instruments import NOT_SAID, Item
from clients.screening import rules
from clients.screening.evidence import sheet_of
from clients.screening.models import Response


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the checks panel."""

    level: str
    text: str
    rule: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """All rows of one level."""

    level: str
    word: str
    rows: tuple[Row, ...]

    @property
    def count(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """A question with what was answered; `level` is "" where no rule fired on it."""

    number: int
    question: str
    answer: str
    level: str


@dataclass(frozen=True, kw_only=True)
class SheetCard:
    """One questionnaire as it was asked: its score in words, and every answer."""

    name: str
    stem: str
    score: str
    answered_at: datetime | None
    lines: tuple[AnswerLine, ...]
    attribution: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything the rules read, grouped by how loud it is, and the sheets themselves."""

    groups: tuple[Group, ...]
    sheets: tuple[SheetCard, ...]
    hits: tuple[rules.Hit, ...]


def evidence_of(
    responses: Iterable[Response], *, age: int | None = None, results: Mapping[str, int] | None = None
) -> Evidence:
    """What submitted answers say, of somebody of that age in years where it is known.

    `results` are points from elsewhere, by scale.
    """
    kept = {response.instrument: response for response in responses if response.submitted_at}
    sheets = {key: sheet_of(response) for key, response in kept.items()}
    hits = rules.assess(sheets, age=age, results=results)
    rows = [_row(hit, sheets) for hit in hits] + _clear_rows(sheets, hits)
    return Evidence(
        groups=tuple(_group(level, rows) for level in rules.LEVELS),
        sheets=tuple(_card(response, sheets[key], hits) for key, response in kept.items()),
        hits=hits,
    )


def _group(level: str, rows: list[Row]) -> Group:
    words = {
        rules.STOP: _("Stop"),
        rules.CHECK: _("Check"),
        rules.NOTE: _("Note"),
        rules.CLEAR: _("Clear"),
    }
    return Group(level=level, word=words[level], rows=tuple(row for row in rows if row.level == level))


def _row(hit: rules.Hit, sheets: rules.Sheets) -> Row:
    quoted = " · ".join(_quoted(sheets[key], item) for key, item in hit.because if item and key in sheets)
    detail = " · ".join(filter(None, [hit.measured or quoted, str(hit.source)]))
    return Row(level=hit.level, text=str(hit.sentence), rule=_rule_word(hit.code), detail=detail)


def _rule_word(code: str) -> str:
    """Codes of the guidance are shown, with the version of the rules; our own words for kinds of rows are not."""
    if not rules.is_of_guidance(code):
        return ""
    return _("rule %(code)s, version %(version)s") % {"code": code, "version": rules.VERSION}


def _clear_rows(sheets: rules.Sheets, hits: tuple[rules.Hit, ...]) -> list[Row]:
    """One line for each questionnaire of which some answers raise nothing."""
    loud = {given for hit in hits for given in hit.because}
    quiet = {key: sum((key, item) not in loud for item in sheet.answers) for key, sheet in sheets.items()}
    return [
        Row(
            level=rules.CLEAR,
            text=ngettext(
                "%(name)s: %(count)d answer raises nothing",
                "%(name)s: %(count)d answers raise nothing",
                count,
            )
            % {"name": sheets[key].instrument.name, "count": count},
            rule="",
            detail="",
        )
        for key, count in quiet.items()
        if count
    ]


def _card(response: Response, sheet: rules.Sheet, hits: tuple[rules.Hit, ...]) -> SheetCard:
    levels = {given: hit.level for hit in reversed(hits) for given in hit.because}
    instrument = sheet.instrument
    return SheetCard(
        name=instrument.name,
        stem=instrument.stem,
        score=_score_words(response, sheet),
        answered_at=response.submitted_at,
        lines=tuple(
            AnswerLine(
                number=number,
                question=item.text,
                answer=answer_words(item, sheet),
                level=levels.get((instrument.key, item.key), ""),
            )
            for number, item in enumerate(instrument.items, start=1)
        ),
        attribution=instrument.attribution,
    )


def _score_words(response: Response, sheet: rules.Sheet) -> str:
    total = response.result.get("total")
    if total is None:
        return _("not scored: an answer is missing") if sheet.instrument.scored else ""
    if sheet.instrument.cut_off == 1 and sheet.instrument.reliable_change is None:
        return str(response.result.get("band", ""))
    values = {"total": total, "highest": sheet.instrument.highest, "band": response.result.get("band", "")}
    return _("%(total)s of %(highest)d, %(band)s") % values


def _quoted(sheet: rules.Sheet, key: str) -> str:
    item = sheet.instrument.item(key)
    return f"{item.text} – {answer_words(item, sheet)}"


def answer_words(item: Item, sheet: rules.Sheet) -> str:
    """An answer as a person would read it."""
    answer = sheet.answers.get(item.key)
    if answer == NOT_SAID:
        return _("would rather talk about it")
    return item.label_of(answer) or _("no answer")
