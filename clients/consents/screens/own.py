"""A client's own pages about what they agree to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from clients.consents import rules, texts
from clients.consents.choices import SPOKEN, About, Step
from clients.consents.models import Consent, ConsentDraft
from clients.consents.rules import Point, Text
from clients.consents.screens.ledger import KindRow, Line, kind_rows, lines_of
from clients.consents.standing import Agreed, is_needed, last_words, standing_of
from clients.record.models import Client


@dataclass(frozen=True, kw_only=True)
class Part:
    """One point before the client. `answer` is what they have said of it so far."""

    number: int
    point: Point
    answer: Mapping[str, Any]

    @property
    def is_ticked(self) -> bool:
        return self.answer.get("agreed") is True

    @property
    def choice(self) -> str:
        return self.point.label_of(str(self.answer.get("choice", "")))


@dataclass(frozen=True, kw_only=True)
class MyText:
    """The agreement on its way to a signature. `left` are the points still open, in order."""

    text: Text
    parts: Sequence[Part]
    left: Sequence[Point]
    is_begun: bool

    @property
    def is_complete(self) -> bool:
        return not self.left

    @property
    def next_number(self) -> int:
        """The first point still open, the first of all when none is."""
        keys = [part.point.key for part in self.parts]
        return keys.index(self.left[0].key) + 1 if self.left else 1

    @property
    def done(self) -> int:
        return len(self.parts) - len(self.left)

    def part(self, number: int) -> Part | None:
        return self.parts[number - 1] if 1 <= number <= len(self.parts) else None


@dataclass(frozen=True, kw_only=True)
class MyAgreements:
    """What stands, what waits, each kind of data, and everything that was said, newest first."""

    agreed: Agreed
    title: str
    waits: bool
    is_begun: bool
    kinds: Sequence[KindRow]
    lines: Sequence[Line]

    @property
    def copy(self) -> UUID | None:
        """The signature that is their last word, None where there is none."""
        row = self.agreed.row
        return row.uid if row is not None and row.step == Step.GIVEN else None

    @property
    def words(self) -> str:
        """Where they stand, said to them."""
        if self.agreed.code == "unsigned":
            return _("Not signed. Sitting sessions are open to you without it.")
        if self.agreed.code == "withdrawn":
            return (
                f"{self.agreed.words} {_('We do not walk or run together now. Sitting sessions stay open.')}"
            )
        if self.agreed.code in {"changed", "review_due"}:
            return f"{self.agreed.words} {_('Until then we sit together instead of walking or running.')}"
        return self.agreed.words


def my_agreements(client: Client, now: datetime) -> MyAgreements:
    lines, agreed = about_moving(client, timezone.localdate(now))
    text = texts.current()
    return MyAgreements(
        agreed=agreed,
        title=text.title,
        waits=waits_for_signature(lines, agreed),
        is_begun=_draft(client, text) is not None,
        kinds=kind_rows(last_words(client)),
        lines=lines_of(client),
    )


def waits_for_signature(lines: Sequence[Consent], agreed: Agreed) -> bool:
    """Whether the client is asked to sign: by the practice's rule, by a clinician, because the text changed, or a year went by.

    `lines` are those about the agreement, newest first. Who has taken it back is not asked until somebody asks them.
    """
    if agreed.stands:
        return False
    if agreed.code in {"changed", "review_due"}:
        return True
    last = next((line.step for line in lines if line.step != Step.TALK), None)
    return last == Step.ASKED or (agreed.code == "unsigned" and is_needed())


def about_moving(client: Client, on: date) -> tuple[list[Consent], Agreed]:
    """Every line about the agreement, newest first, and where they leave the client on that day."""
    rows = Consent.objects.filter(client=client, about=About.MOVEMENT).defer("text", "answers")
    lines = list(rows.select_related("by").newest_first())
    return lines, standing_of(
        next((line for line in lines if line.step in SPOKEN), None), on, born_on=client.born_on
    )


def my_text(client: Client) -> MyText:
    """The current text with what the client has ticked so far. Own words of the last signature are offered again; no tick and no choice is."""
    text = texts.current()
    draft = _draft(client, text)
    said = draft.answers if draft else {}
    before = _words_before(client, text)
    parts = [
        Part(number=number, point=point, answer=said.get(point.key) or before.get(point.key, {}))
        for number, point in enumerate(text.points, 1)
    ]
    return MyText(text=text, parts=parts, left=rules.still_open(text, said), is_begun=draft is not None)


def _draft(client: Client, text: Text) -> ConsentDraft | None:
    """The ticks under this text that came after the last signature."""
    rows = ConsentDraft.objects.filter(client=client, agreement=text.agreement, version=text.number)
    draft = rows.first()
    signed = Consent.objects.filter(client=client, about=About.MOVEMENT, step=Step.GIVEN).newest_first()
    at = signed.values_list("at", flat=True).first()
    return draft if draft and (at is None or draft.changed_at > at) else None


def _words_before(client: Client, text: Text) -> dict[str, dict[str, Any]]:
    signed = Consent.objects.filter(client=client, about=About.MOVEMENT, step=Step.GIVEN)
    row = signed.newest_first().first()
    if row is None:
        return {}
    return {
        point.key: {"words": row.answers.get(point.key, {}).get("words", "")}
        for point in text.points
        if point.asks
    }
