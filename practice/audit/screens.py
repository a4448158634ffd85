"""The trail as a page: newest day first, what repeats folded into one line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practice.audit.faults import words_of as fault_words
from practice.audit.models import AuditEvent, TrailCheck
from practice.audit.querysets import AuditQuerySet
from practice.audit.words import ACTS, Kind, reason_words, words_of
from practice.jobs.models import Job
from practice.people.roles import Role

PAGE = 50
BADGES = {"done": "", "refused": "hold", "failed": "late", "cut": "hold"}
FOLDED = {Kind.READ, Kind.TRAIL}


@dataclass(frozen=True, kw_only=True)
class TrailRow:
    """One line, or several alike that followed each other: `times` of them, from `first` to `at`."""

    at: datetime
    first: datetime
    at_utc: str
    times: int
    who: str
    role: str
    what: str
    client: str
    detail: str
    reason: str
    origin: str
    outcome: str
    badge: str


@dataclass(frozen=True, kw_only=True)
class TrailDay:
    day: date
    rows: Sequence[TrailRow]


@dataclass(frozen=True, kw_only=True)
class CheckLine:
    """What the last look at the whole trail found, in a sentence."""

    at: datetime
    is_intact: bool
    words: str


@dataclass(frozen=True, kw_only=True)
class CheckWork:
    """A look at the whole trail that is under way, for components/job_progress.html."""

    id: str
    state: str
    progress: int
    step: str
    poll_url: str


@dataclass(frozen=True, kw_only=True)
class Trail:
    """A page of the trail. `next` is the place where it goes on, "" at its beginning."""

    days: Sequence[TrailDay]
    next: str
    count: int


def trail_page(rows: AuditQuerySet, after: str) -> Trail:
    """Fifty lines at a time; one question to the database however long the trail is."""
    place = place_of(after)
    rows = rows.newest_first()
    found = list((rows.before(*place) if place else rows)[: PAGE + 1])
    shown = found[:PAGE]
    return Trail(
        days=[
            TrailDay(day=day, rows=list(folded(lines)))
            for day, lines in groupby(shown, key=lambda line: timezone.localdate(line.at))
        ],
        next=mark_of(shown[-1]) if len(found) > PAGE else "",
        count=len(shown),
    )


def mark_of(line: AuditEvent) -> str:
    """A place in the trail, for an address."""
    return f"{(line.at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)}_{line.uid.hex}"


def place_of(mark: str) -> tuple[datetime, UUID] | None:
    """The place that `mark_of` wrote; None for anything else."""
    moment, _underscore, uid = mark.partition("_")
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(moment[:17])), UUID(hex=uid)
    except (ValueError, OverflowError):
        return None


def folded(lines: Iterator[AuditEvent] | Sequence[AuditEvent]) -> Iterator[TrailRow]:
    """Lines alike that follow each other as one, where they say that somebody looked at the same thing again."""
    for _key, group in groupby(lines, key=_alike):
        same = list(group)
        yield _row(same[0], same[-1], len(same))


def check_line(check: TrailCheck | None) -> CheckLine | None:
    """ "Checked 02:00: intact", or what is wrong and where."""
    if check is None:
        return None
    local = timezone.localtime(check.at)
    is_today = local.date() == timezone.localdate()
    at = date_format(local, "H:i" if is_today else "j F Y, H:i")
    if check.fault:
        words = _("Checked %(at)s: not intact. %(fault)s")
        said = words % {"at": at, "fault": fault_words(check.fault, check.where)}
    else:
        said = _("Checked %s: intact") % at
    return CheckLine(at=check.at, is_intact=not check.fault, words=said)


def check_work(job: Job | None) -> CheckWork | None:
    if job is None:
        return None
    url = reverse("trail_check_progress")
    return CheckWork(id=str(job.uid), state=job.state, progress=job.progress, step=job.step, poll_url=url)


def role_words(roles: str) -> str:
    """The roles that somebody had then, as people call them."""
    known = dict(Role.choices)
    return ", ".join(str(known.get(role, role)) for role in roles.split(",") if role)


def who_words(line: AuditEvent) -> str:
    if line.member_name:
        return line.member_name
    return _("Not known") if line.stream == AuditEvent.Stream.CHANGE else _("Not signed in")


def _alike(line: AuditEvent) -> tuple[object, ...]:
    act = ACTS.get(line.action)
    if act is None or act.kind not in FOLDED:
        return (line.pk,)
    told = (
        line.member_uid,
        line.member_name,
        line.action,
        line.client_reference,
        line.subject_uid,
        line.outcome,
    )
    return (*told, str(line.detail.get("list", "")), line.address)


def _row(newest: AuditEvent, oldest: AuditEvent, times: int) -> TrailRow:
    return TrailRow(
        at=newest.at,
        first=oldest.at,
        at_utc=f"{newest.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
        times=times,
        who=who_words(newest),
        role=role_words(newest.member_roles),
        what=words_of(newest.action),
        client=newest.client_reference,
        detail=" · ".join(_details(newest)),
        reason=reason_words(newest.reason),
        origin=" · ".join(part for part in (newest.device, newest.address) if part),
        outcome=newest.get_outcome_display(),
        badge=BADGES.get(newest.outcome, ""),
    )


def _details(line: AuditEvent) -> Iterator[str]:
    """What the codes of a line say to a person; those that say nothing to one are for the export."""
    said = line.detail
    if "list" in said:
        yield f"{said['list']}: " + ngettext("%d row", "%d rows", said.get("count", 0)) % said.get("count", 0)
    elif line.stream == AuditEvent.Stream.CHANGE:
        yield line.subject
    if "part" in said:
        yield str(said["part"])
    if "page" in said:
        yield f"{said.get('method', '')} {said['page']}".strip()
    if "rows" in said:
        yield ngettext("%d row", "%d rows", said["rows"]) % said["rows"]
    if said.get("columns"):
        yield ", ".join(said["columns"])
    if "roles" in said:
        yield role_words(str(said["roles"]))
