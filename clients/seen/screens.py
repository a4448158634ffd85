"""Who looked at a record, in plain words: a line for each person, day and thing looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.record.models import Client
from practice.audit.models import AuditEvent
from practice.audit.querysets import AuditQuerySet
from practice.audit.screens import mark_of, place_of, role_words
from practice.audit.trail import READ
from practice.audit.words import Kind, actions_of, words_of
from practice.people.roles import Role

PAGE = 60
TAKEN_OVER = "care_taken_over"
"""An owner who let themself in, where nobody treated the client any more."""
KINDS = (Kind.READ, Kind.EXPORT, Kind.EMERGENCY)
YOURS = {
    "record": gettext_lazy("opened your record"),
    "contacts": gettext_lazy("looked at your contact details"),
    "runs": gettext_lazy("looked at your log"),
    "measures": gettext_lazy("looked at your measures"),
    "questions": gettext_lazy("looked at your questions"),
    "session": gettext_lazy("looked at a session of yours"),
    "booking": gettext_lazy("looked at your record to book a session"),
    "summaries": gettext_lazy("looked at your summaries"),
    "sessions": gettext_lazy("looked at your sessions that are on hold"),
    "note": gettext_lazy("looked at the notes of a session"),
    "agreements": gettext_lazy("looked at your agreements"),
    "changes": gettext_lazy("looked at what you said has changed"),
    "results": gettext_lazy("looked at results from elsewhere"),
    "details": gettext_lazy("looked at your details"),
    "care_team": gettext_lazy("looked at who treats you"),
    "copies": gettext_lazy("looked at the copies of your record"),
    "keeping": gettext_lazy("looked at how long your record is kept"),
    "told": gettext_lazy("looked at what you told about yourself"),
    "seen-by": gettext_lazy("looked at who has seen your record"),
}
"""What a client reads about the parts of their record. Whoever reads another part has opened the record."""
THEIRS = {
    "record": gettext_lazy("opened the record"),
    "contacts": gettext_lazy("looked at the contact details"),
    "runs": gettext_lazy("looked at the log"),
    "measures": gettext_lazy("looked at the measures"),
    "questions": gettext_lazy("looked at the questions"),
    "session": gettext_lazy("looked at a session"),
    "booking": gettext_lazy("looked at the record to book a session"),
    "summaries": gettext_lazy("looked at the summaries"),
    "sessions": gettext_lazy("looked at the sessions on hold"),
    "note": gettext_lazy("looked at the notes of a session"),
    "agreements": gettext_lazy("looked at the agreements"),
    "changes": gettext_lazy("looked at what the client said has changed"),
    "results": gettext_lazy("looked at results from elsewhere"),
    "details": gettext_lazy("looked at the details"),
    "care_team": gettext_lazy("looked at the care team"),
    "copies": gettext_lazy("looked at the copies of the record"),
    "keeping": gettext_lazy("looked at how long the record is kept"),
    "told": gettext_lazy("looked at what the client told about themself"),
    "seen-by": gettext_lazy("looked at who has seen the record"),
    "own": gettext_lazy("looked at their own pages"),
}
"""The same for the care team."""


@dataclass(frozen=True, kw_only=True)
class SeenRow:
    """Somebody did the same thing `times` times on a day, last at `at`."""

    at: datetime
    who: str
    role: str
    what: str
    times: int
    is_emergency: bool


@dataclass(frozen=True, kw_only=True)
class SeenDay:
    day: date
    rows: Sequence[SeenRow]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A page of it, newest day first. `next` is the place where it goes on, "" at its beginning."""

    days: Sequence[SeenDay]
    next: str


def seen_by(client: Client, after: str, *, to_client: bool) -> Seen:
    """Who looked at the record, took a copy of it or opened it in an emergency. A client does not read about themself."""
    rows = _looking(client)
    if to_client:
        rows = rows.exclude(member_roles=Role.CLIENT)
    place = place_of(after)
    found = list((rows.before(*place) if place else rows)[: PAGE + 1])
    shown = found[:PAGE]
    return Seen(
        days=[
            SeenDay(day=day, rows=list(_rows(list(lines), to_client=to_client)))
            for day, lines in groupby(shown, key=lambda line: timezone.localdate(line.at))
        ],
        next=mark_of(shown[-1]) if len(found) > PAGE else "",
    )


def _looking(client: Client) -> AuditQuerySet:
    actions = [*(action for kind in KINDS for action in actions_of(kind)), TAKEN_OVER]
    lines = AuditEvent.objects.about(reference=client.reference, uid=client.uid).acts()
    return lines.filter(action__in=actions, outcome=AuditEvent.Outcome.DONE).newest_first()


def _rows(lines: Sequence[AuditEvent], *, to_client: bool) -> Iterator[SeenRow]:
    """The same person doing the same thing is one row a day, wherever in the day it was."""
    alike: dict[tuple[object, str], list[AuditEvent]] = {}
    for line in lines:
        alike.setdefault((line.member_uid, _what(line, to_client=to_client)), []).append(line)
    emergencies = actions_of(Kind.EMERGENCY)
    for (_member, what), same in alike.items():
        yield SeenRow(
            at=same[0].at,
            who=_who(same[0]),
            role=role_words(same[0].member_roles),
            what=what,
            times=len(same),
            is_emergency=same[0].action in {*emergencies, TAKEN_OVER},
        )


def _who(line: AuditEvent) -> str:
    if line.member_roles == Role.CLIENT:
        return _("The client")
    return line.member_name or _("Not known")


def _what(line: AuditEvent, *, to_client: bool) -> str:
    if line.action != READ:
        return words_of(line.action)
    words = YOURS if to_client else THEIRS
    return str(words.get(str(line.detail.get("part", "")), words["record"]))
