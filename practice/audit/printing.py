"""What a page shows of whom, kept on it in a sealed mark, so that printing it can be told as it was.

The browser sends the mark back when it begins to print. Nobody else's mark is taken, nor one of yesterday.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core import signing

from practice.audit.origin import visit
from practice.audit.trail import record

if TYPE_CHECKING:
    from practice.people.models import Member

SALT = "towpath.print"
LASTS = timedelta(hours=12)


class NoSuchPage(ValueError):
    """A mark that is not ours, not theirs, or too old."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Whose record: what a line of the trail needs."""

    uid: UUID
    reference: str


def mark_for(member: "Member") -> str:
    """The mark for the page of this request; "" where it shows nobody's record."""
    here = visit()
    lines = [line for line in here.reads.values() if line.client_uid is not None] if here else []
    shown = [
        [str(line.client_uid), line.client_reference, line.detail.get("part", line.action)] for line in lines
    ]
    return signing.dumps([str(member.uid), shown], salt=SALT) if shown else ""


def note_print(mark: str, *, by: "Member", at: datetime) -> None:
    """A line for each client on the page that is printed. Raises NoSuchPage."""
    try:
        member, shown = signing.loads(mark, salt=SALT, max_age=LASTS)
    except signing.BadSignature as error:
        raise NoSuchPage from error
    if member != str(by.uid):
        raise NoSuchPage
    for uid, reference, part in shown:
        client = Shown(uid=UUID(uid), reference=reference)
        record("page_printed", on=None, by=by, at=at, client=client, part=part)
