"""The owner's page of questionnaires, one of them in full, and a client's results from elsewhere. Already in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from clients.instruments import SCALES, Instrument, Item, bundled, core, load
from clients.questionnaires.licences import PACKS, RESULTS_ONLY, Elsewhere
from clients.questionnaires.models import OutsideResult, PracticeInstrument
from clients.record.models import Client
from practice.people.models import Member
from practice.web.refusals import Words


@dataclass(frozen=True, kw_only=True)
class Line:
    """One questionnaire in a list. `since` and `by` are of the row that took it into use; None where it needs none."""

    key: str
    name: str
    version: str
    licence: str
    note: str = ""
    is_on: bool = True
    statement: Words = ""
    proof: str = ""
    by: str = ""
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class LibraryPage:
    """What is in use everywhere, what can be switched on, what the practice brought, and what is not in the box."""

    core: Sequence[Line]
    switchable: Sequence[Line]
    own: Sequence[Line]
    packs: Sequence[Elsewhere]
    results_only: str


@dataclass(frozen=True, kw_only=True)
class QuestionLine:
    """One question as it is asked, its answers in a line, and what its answers set off."""

    text: str
    stem: str
    answers: str
    marks: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class InstrumentPage:
    """One questionnaire in full, as whoever answers for it should see it before it is used."""

    instrument: Instrument
    questions: Sequence[QuestionLine]
    scoring: str
    bands: str
    is_in_use: bool
    is_switchable: bool
    is_core: bool
    row: Line | None


@dataclass(frozen=True, kw_only=True)
class ResultLine:
    """One result from elsewhere. `link` is "" where there is none, `read_as` where no rule reads it."""

    uid: UUID
    name: str
    score: str
    taken_on: date
    link: str
    note: str
    by: str
    at: datetime
    struck: str
    read_as: str


def library_page() -> LibraryPage:
    """One query."""
    rows = {row.key: row for row in PracticeInstrument.objects.in_use().select_related("taken_by")}
    ours = [load(key) for key in bundled()]
    return LibraryPage(
        core=[_line(one, None) for one in ours if one.key in core()],
        switchable=[_line(one, rows.get(one.key)) for one in ours if one.key not in core()],
        own=[_own_line(row) for row in rows.values() if row.content is not None],
        packs=PACKS,
        results_only=", ".join(RESULTS_ONLY),
    )


def instrument_page(key: str) -> InstrumentPage | None:
    """One questionnaire that we ship or that the practice brought; None where there is no such."""
    row = PracticeInstrument.objects.in_use().filter(key=key).select_related("taken_by").first()
    try:
        instrument = load(key)
    except KeyError:
        return None
    return InstrumentPage(
        instrument=instrument,
        questions=[_question(item) for item in instrument.items],
        scoring=_scoring(instrument),
        bands=_bands(instrument),
        is_in_use=row is not None or key in core(),
        is_switchable=key in bundled() and key not in core(),
        is_core=key in core(),
        row=_line(instrument, row) if row else None,
    )


def results(client: Client, member: Member) -> list[ResultLine]:
    """The newest first; what was struck out stays in its place. One query."""
    rows = OutsideResult.objects.visible_to(member).filter(client=client)
    found = rows.select_related("entered_by", "struck_by").order_by("-taken_on", "-pk")
    return [_result(row) for row in found]


def _line(instrument: Instrument, row: PracticeInstrument | None) -> Line:
    return Line(
        key=instrument.key,
        name=instrument.name,
        version=instrument.version,
        licence=instrument.licence,
        note=instrument.licence_note,
        is_on=row is not None,
        statement=row.get_statement_display() if row else "",
        proof=row.proof if row else "",
        by=row.taken_by.name if row else "",
        since=row.taken_at if row else None,
    )


def _own_line(row: PracticeInstrument) -> Line:
    content = row.content or {}
    return Line(
        key=row.key,
        name=row.name,
        version=row.version,
        licence=str(content.get("licence", "")),
        statement=row.get_statement_display(),
        proof=row.proof,
        by=row.taken_by.name,
        since=row.taken_at,
    )


def _question(item: Item) -> QuestionLine:
    marks = {
        _("counts the other way round"): item.reversed,
        _("a clinician hears of it at once"): bool(item.safety),
        _("a doctor first"): bool(item.doctor),
        _("asked only after certain answers"): item.is_conditional,
        _("not scored"): not item.is_scored,
    }
    return QuestionLine(
        text=item.text,
        stem=item.stem,
        answers=_answers(item),
        marks=[words for words, holds in marks.items() if holds],
    )


def _answers(item: Item) -> str:
    if item.kind == "words":
        return _("in their own words")
    if item.kind == "count":
        return _("a number from %(least)d to %(most)d") % {"least": item.least, "most": item.most}
    return " · ".join(f"{option.label} ({option.value})" for option in item.options)


def _scoring(instrument: Instrument) -> str:
    if instrument.scoring == "none":
        return _("No score.")
    names = {"lowest": instrument.lowest, "highest": instrument.highest, "missing": instrument.most_missing}
    said = [
        _("The means of its parts added up, %(lowest)d to %(highest)d.") % names
        if instrument.scoring == "means"
        else _("Answers added up, %(lowest)d to %(highest)d.") % names
    ]
    if instrument.most_missing:
        said.append(_("%(missing)d missing at most, made up by the mean of the others.") % names)
    if instrument.cut_off is not None:
        said.append(_("Cut-off %d.") % instrument.cut_off)
    if instrument.reads_as in SCALES:
        said.append(_("The rules of screening read it as %s.") % SCALES[instrument.reads_as].name)
    if instrument.reliable_change is not None:
        said.append(_("A change of %d or more is more than chance.") % instrument.reliable_change)
    return " ".join(said)


def _bands(instrument: Instrument) -> str:
    return " · ".join(f"{band.least}+ {band.word}" for band in instrument.bands)


def _result(row: OutsideResult) -> ResultLine:
    return ResultLine(
        uid=row.uid,
        name=row.name,
        score=row.score,
        taken_on=row.taken_on,
        link=row.link,
        note=row.note,
        by=row.entered_by.name,
        at=row.entered_at,
        struck=_("Struck out by %s") % row.struck_by.name if row.struck_by else "",
        read_as=_read_as(row),
    )


def _read_as(row: OutsideResult) -> str:
    scale, points = row.as_points
    if not scale or row.is_struck:
        return ""
    values = {"name": SCALES[scale].name, "points": points}
    return _("The rules read it as %(name)s %(points)d.") % values
