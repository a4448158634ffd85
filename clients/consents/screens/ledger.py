"""The ledger in words: what was said, line by line, and one signature as a copy to keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from clients.consents.choices import KINDS, YES_UNTIL_NO, About, Step
from clients.consents.models import Consent
from clients.consents.rules import Guardian, read
from clients.consents.words import KINDS as WORDS
from clients.consents.words import Kind
from clients.record.models import Client
from practice.web.refusals import Words

BADGES = {Step.GIVEN: "clear", Step.WITHDRAWN: "stop", Step.ASKED: "due", Step.TALK: "info"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the ledger. `copy` is the signature to read, None where there is none."""

    at: datetime
    about: str
    step: str
    badge: str
    who: str
    words: str
    copy: UUID | None


@dataclass(frozen=True, kw_only=True)
class KindRow:
    """Where a client stands with one kind of data. `said` is None before they said anything."""

    kind: Kind
    covers: bool
    said: Step | None
    at: datetime | None

    @property
    def badge(self) -> str:
        return "plain" if self.said is None else "clear" if self.covers else "stop"

    @property
    def word(self) -> str:
        if self.said is None:
            return _("Not said")
        return _("Yes") if self.covers else _("No")


@dataclass(frozen=True, kw_only=True)
class SignedPoint:
    """One point of a signed copy: `choice` and `words` are the client's."""

    number: int
    heading: str
    words: str
    choice: str
    own_words: str


@dataclass(frozen=True, kw_only=True)
class SignedCopy:
    """An agreement as it was signed. `is_last`: nothing was said of it since."""

    uid: UUID
    title: str
    opening: str
    notice: str
    number: int
    points: Sequence[SignedPoint]
    signature: str
    guardian: Guardian
    at: datetime
    review_on: date | None
    who: str
    is_last: bool


def lines_of(client: Client, since: datetime | None = None, until: datetime | None = None) -> list[Line]:
    """Everything that was said, newest first; or what was said between two moments, both included."""
    rows = Consent.objects.filter(client=client).select_related("by").newest_first()
    if since is not None and until is not None:
        rows = rows.filter(at__range=(since, until))
    return [_line(row) for row in rows.defer("text", "answers")]


def kind_rows(last: Mapping[str, Consent]) -> list[KindRow]:
    """Each kind of data, from the last words about each."""
    return [_kind_row(WORDS[kind], last.get(kind)) for kind in KINDS]


def signed_copy(row: Consent) -> SignedCopy:
    """A signature with everything that was ticked and written. Only of a row that is one."""
    text, answers = read(row.text or {}), row.answers
    later = Consent.objects.filter(client=row.client_id, about=row.about, pk__gt=row.pk).spoken()
    return SignedCopy(
        uid=row.uid,
        title=text.title,
        opening=text.opening,
        notice=text.notice,
        number=text.number,
        points=[
            SignedPoint(
                number=number,
                heading=point.heading,
                words=point.words,
                choice=point.label_of(str(answers.get(point.key, {}).get("choice", ""))),
                own_words=str(answers.get(point.key, {}).get("words", "")),
            )
            for number, point in enumerate(text.points, 1)
        ],
        signature=row.signature,
        guardian=row.guardian,
        at=row.at,
        review_on=row.review_on,
        who=_who(row),
        is_last=not later.exists(),
    )


def own_words(row: Consent | None) -> list[tuple[str, str]]:
    """What the client wrote and chose under a signature: (heading, words), only where there is something."""
    if row is None or row.step != Step.GIVEN or row.text is None:
        return []
    points = signed_copy(row).points
    said = ((point.heading, " · ".join(filter(None, [point.choice, point.own_words]))) for point in points)
    return [(heading, words) for heading, words in said if words]


def _line(row: Consent) -> Line:
    step, about = Step(row.step), About(row.about)
    is_copy = step == Step.GIVEN and row.version is not None
    number = _(", version %d") % row.version if row.version else ""
    return Line(
        at=row.at,
        about=_about_words(about) + number,
        step=_step_words(step, about),
        badge=BADGES[step],
        who=_who(row),
        words=row.words,
        copy=row.uid if is_copy else None,
    )


def _step_words(step: Step, about: About) -> str:
    """An agreement is given and taken back; a kind of data gets a yes or a no."""
    if about in KINDS:
        return _("Yes") if step == Step.GIVEN else _("No")
    return str(step.label)


def _about_words(about: About) -> str:
    kind = WORDS.get(about)
    return str(kind.title if kind else about.label)


def _who(row: Consent) -> str:
    """Who typed it: the client themself, or a member of staff, with the client there or telling them."""
    if row.by.is_client:
        return _("by the client")
    words: dict[str, Words] = {
        Step.GIVEN: _("in person, with %s"),
        Step.WITHDRAWN: _("noted by %s"),
        Step.ASKED: _("by %s"),
    }
    return str(words[row.step]) % row.by.name


def _kind_row(kind: Kind, row: Consent | None) -> KindRow:
    if row is None:
        return KindRow(kind=kind, covers=kind.key in YES_UNTIL_NO, said=None, at=None)
    return KindRow(kind=kind, covers=row.step == Step.GIVEN, said=Step(row.step), at=row.at)
