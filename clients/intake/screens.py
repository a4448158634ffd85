"""What a client has told beside the questionnaires: as tasks of their own, and as staff read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clients.instruments import NOT_SAID
from clients.intake import rules
from clients.intake.models import Draft, IntakeSheet
from clients.intake.querysets import DraftQuerySet
from clients.intake.sections import AFTER, BEFORE, Ask, Section, read_section, section_now
from clients.record.models import Client
from clients.screening.models import Screening
from practice.people.models import Member

SHOWN_AFTER_ERASURE = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Told:
    """One question of a section with what was said; `answer` None where its page was not passed yet.

    `is_hidden`: it was answered before whoever looks came by a link, so that it is answered and no more.
    """

    screening: Screening
    section: Section
    ask: Ask
    number: int
    answer: str | None
    is_hidden: bool = False

    @property
    def name(self) -> str:
        """What a form calls it, among all questions."""
        return f"{self.section.key}.{self.ask.key}"

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def words(self) -> str:
        """The answer in words, "" for none."""
        if self.is_hidden:
            return _("Answered")
        return _words(self.ask, self.answer)

    @property
    def place(self) -> str:
        return _("Question %(number)d of %(total)d") % {
            "number": self.number,
            "total": len(self.section.asks),
        }

    @property
    def url(self) -> str:
        return reverse("my_section", args=[self.screening.uid, self.section.key, self.number])


@dataclass(frozen=True, kw_only=True)
class SheetTask:
    """A section as a task of the list."""

    section: Section
    told: Sequence[Told]

    @property
    def key(self) -> str:
        return self.section.key

    @property
    def title(self) -> str:
        return self.section.title

    @property
    def answers(self) -> dict[str, str]:
        return {one.ask.key: one.answer for one in self.told if one.answer is not None}

    @property
    def answered(self) -> int:
        return len(self.answers)

    @property
    def is_done(self) -> bool:
        """Every page of it was passed: answered, left open where it may be, or kept for a talk."""
        return self.answered == len(self.told)

    @property
    def status(self) -> str:
        return status_words(self.answered, len(self.told))

    @property
    def url(self) -> str:
        """Where it goes on: the first page not passed yet."""
        return next((one.url for one in self.told if one.answer is None), self.told[0].url)

    def asked_as(self, key: str, number: int) -> Told | None:
        """The question that a form names; for a form that names none, the one at this number."""
        if key:
            return next((one for one in self.told if one.ask.key == key), None)
        return self.at(number)

    def at(self, number: int) -> Told | None:
        return self.told[number - 1] if 1 <= number <= len(self.told) else None


@dataclass(frozen=True, kw_only=True)
class ToldSection:
    """A section as staff read it: (question, what was said), and since when. `is_draft`: not handed in yet."""

    key: str
    title: str
    at: datetime
    is_draft: bool
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class DraftEnd:
    """What a client is told about an unfinished form: until when it waits, or since when it is gone."""

    until: date | None
    erased_on: date | None


def tasks_of(screening: Screening, said: frozenset[str] | None = None) -> list[SheetTask]:
    """The sections of an intake in their order, in the words of the day on which each was begun. Others have none.

    `said` names the questions whose answers may be shown; None shows all.
    """
    tasks = _tasks_of(screening)
    return tasks if said is None else [_hidden(task, said) for task in tasks]


def _tasks_of(screening: Screening) -> list[SheetTask]:
    if screening.purpose != Screening.Purpose.INTAKE:
        return []
    sheets = {sheet.section: sheet for sheet in screening.intake_sheets.all()}
    if not screening.is_open:
        return [_task(screening, read_section(sheets[key].asked), sheets[key]) for key in _in_order(sheets)]
    knows = screening.client.born_on is not None
    return [_now_or_then(screening, key, sheets.get(key), knows) for key in (*BEFORE, *AFTER)]


def known_to_the_record(client: Client, told: Told) -> str:
    """What the record says already, so that nobody types it twice. A birth date is never shown."""
    contact = getattr(client, "emergency_contact", None)
    known = {
        ("about", "called"): client.name,
        ("about", "pronouns"): client.pronouns,
        ("reaching", "phone"): client.phone,
    }
    if contact is not None:
        known |= {
            ("contact", "name"): contact.name,
            ("contact", "relation"): contact.relation,
            ("contact", "phone"): contact.phone,
        }
    return known.get((told.section.key, told.ask.key), "")


def told_by(client: Client, member: Member) -> list[ToldSection]:
    """The newest of each section that this member may read."""
    rows = IntakeSheet.objects.visible_to(member).filter(client=client)
    drafts = set(
        Screening.objects.visible_to(member).still_open().filter(client=client).values_list("pk", flat=True)
    )
    newest: dict[str, IntakeSheet] = {}
    for sheet in rows.order_by("-changed_at", "-pk"):
        newest.setdefault(sheet.section, sheet)
    return [_as_told(newest[key], newest[key].screening_id in drafts) for key in _in_order(newest)]


def draft_end(screening: Screening) -> DraftEnd | None:
    """None where nothing was said about an end yet."""
    draft = Draft.objects.filter(screening=screening).first()
    if draft is None or draft.first_notice_at is None:
        return None
    if draft.erased_at:
        return DraftEnd(until=None, erased_on=timezone.localdate(draft.erased_at))
    second = draft.second_notice_at or draft.touched_at + rules.SECOND_NOTICE_AFTER
    end = rules.ends_at(draft.touched_at, second)
    return DraftEnd(until=timezone.localdate(end), erased_on=None)


def erased_lately(member: Member, now: datetime) -> DraftQuerySet:
    """Forms of clients in the member's care that ended unfinished in the last two weeks."""
    return Draft.objects.visible_to(member).erased_since(now - SHOWN_AFTER_ERASURE)


def status_words(answered: int, total: int) -> str:
    """Where a task stands."""
    if answered == 0:
        return _("Not started")
    if answered == total:
        return _("Done")
    return _("%(answered)d of %(total)d") % {"answered": answered, "total": total}


def _now_or_then(screening: Screening, key: str, sheet: IntakeSheet | None, knows: bool) -> SheetTask:  # noqa: FBT001 - reads as a sentence
    section = read_section(sheet.asked) if sheet else section_now(key, knows_birth_date=knows)
    assert section is not None, key  # noqa: S101 - the keys are those of the sections
    return _task(screening, section, sheet)


def _task(screening: Screening, section: Section, sheet: IntakeSheet | None) -> SheetTask:
    answers: dict[str, str] = sheet.answers if sheet else {}
    told = [
        Told(screening=screening, section=section, ask=ask, number=number, answer=answers.get(ask.key))
        for number, ask in enumerate(section.asks, start=1)
    ]
    return SheetTask(section=section, told=told)


def _hidden(task: SheetTask, said: frozenset[str]) -> SheetTask:
    told = [replace(one, is_hidden=one.answer is not None and one.name not in said) for one in task.told]
    return replace(task, told=told)


def _in_order(keys: Iterable[str]) -> list[str]:
    known = [*BEFORE, *AFTER]
    return sorted(keys, key=lambda key: known.index(key) if key in known else len(known))


def _as_told(sheet: IntakeSheet, is_draft: bool) -> ToldSection:  # noqa: FBT001 - reads as a sentence
    section = read_section(sheet.asked)
    answers: dict[str, str] = sheet.answers
    return ToldSection(
        key=section.key,
        title=section.title,
        at=sheet.changed_at,
        is_draft=is_draft,
        lines=[(ask.text, _words(ask, answers.get(ask.key)) or "–") for ask in section.asks],
    )


def _words(ask: Ask, answer: str | None) -> str:
    if not answer:
        return ""
    if answer == NOT_SAID:
        return _("I’d rather talk about this in person")
    if ask.kind == "date":
        return date_format(date.fromisoformat(answer), "j F Y")
    return ask.label_of(answer)
