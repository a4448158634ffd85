"""What has changed since the client answered the same questions the last time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from clients.record.models import Client
from clients.screening import rules
from clients.screening.evidence import sheet_of
from clients.screening.models import Response
from clients.screening.screens.evidence import answer_words


@dataclass(frozen=True, kw_only=True)
class Change:
    """One question answered differently; `question` in the wording of now."""

    question: str
    before: str
    now: str


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One questionnaire answered twice: what is different, and since when. `changes` may be none."""

    name: str
    since: datetime
    changes: tuple[Change, ...]


def changed_since(client: Client, newest: Iterable[Response]) -> tuple[Changed, ...]:
    """Each of the newest sheets beside the one before it; nothing for what was answered once."""
    pairs = [(response, _before(client, response)) for response in newest]
    return tuple(_changed(before, now) for now, before in pairs if before is not None)


def _before(client: Client, response: Response) -> Response | None:
    rows = Response.objects.submitted().filter(screening__client=client, instrument=response.instrument)
    return rows.filter(submitted_at__lt=response.submitted_at).order_by("-submitted_at", "-pk").first()


def _changed(before: Response, now: Response) -> Changed:
    old, new = sheet_of(before), sheet_of(now)
    assert before.submitted_at  # noqa: S101 - it was looked for among those handed in
    return Changed(name=new.instrument.name, since=before.submitted_at, changes=tuple(_changes(old, new)))


def _changes(old: rules.Sheet, new: rules.Sheet) -> Iterable[Change]:
    """Questions that both versions have and that were answered differently, and those that are new."""
    known = set(old.instrument.item_keys)
    for item in new.instrument.items:
        was = answer_words(old.instrument.item(item.key), old) if item.key in known else ""
        now = answer_words(item, new)
        if was != now:
            yield Change(question=item.text, before=was, now=now)
