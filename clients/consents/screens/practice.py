"""The owner's page: the text that stands, the draft, the versions, and what each one changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clients.consents import texts
from clients.consents.models import AgreementDraft, AgreementText
from clients.consents.rules import Change, Text, changes, differ, read
from clients.consents.standing import is_needed


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version in the list; the first has no day and nobody: it comes with Towpath."""

    number: int
    at: datetime | None
    by: str


@dataclass(frozen=True, kw_only=True)
class TextPage:
    text: Text
    versions: Sequence[Version]
    draft: AgreementDraft | None
    is_needed: bool
    is_shipped: bool


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Two versions side by side: only what is different, unless `is_same`."""

    before: Text
    after: Text
    changes: Sequence[Change]
    is_same: bool
    is_old: bool = False


def text_page() -> TextPage:
    """The text that is signed today, with everything about it."""
    text = texts.current()
    published = AgreementText.objects.filter(agreement=text.agreement).select_related("published_by")
    rows = [
        Version(number=row.number, at=row.published_at, by=row.published_by.name)
        for row in published.order_by("-number").defer("body")
    ]
    return TextPage(
        text=text,
        versions=[*rows, Version(number=texts.FIRST, at=None, by="")],
        draft=AgreementDraft.objects.filter(agreement=text.agreement).select_related("changed_by").first(),
        is_needed=is_needed(),
        is_shipped=text.number == texts.FIRST,
    )


def draft_page() -> Compared | None:
    """What the draft would change, None while there is none."""
    text = texts.current()
    draft = AgreementDraft.objects.filter(agreement=text.agreement).first()
    if draft is None:
        return None
    found = compared(text, read(draft.body))
    return Compared(
        before=found.before,
        after=found.after,
        changes=found.changes,
        is_same=found.is_same,
        is_old=draft.based_on != text.number,
    )


def compared(before: Text, after: Text) -> Compared:
    different = [change for change in changes(before, after) if change.kind != "same"]
    return Compared(before=before, after=after, changes=different, is_same=not differ(before, after))
