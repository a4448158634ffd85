"""What the pages say about changes, already in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.record.models import Client
from clients.record.reach import Reach, reaches
from clients.rescreening import rules
from clients.rescreening.models import Kind, Rescreen
from clients.rescreening.querysets import RescreenQuerySet
from clients.rescreening.team import responsible
from clients.screening.models import Clearance
from clients.screening.rules import MOVING_MODES
from clients.screening.standing import DOING, Standing, standings
from clients.screening.wording import in_words
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.refusals import Words

MOST_CLOSED = 20

CLIENT_WORDS: dict[str, Words] = {
    Kind.INJURY: gettext_lazy("I am hurt, or something is newly painful"),
    Kind.ILLNESS: gettext_lazy("I am ill, or had a fever"),
    Kind.PREGNANCY: gettext_lazy("I am pregnant, or gave birth in the last 12 weeks"),
    Kind.MEDICINE: gettext_lazy("A medicine is new, changed or stopped"),
    Kind.ADMISSION: gettext_lazy("I was in hospital"),
    Kind.RELAPSE: gettext_lazy("Something that was behind me is back"),
    Kind.WALK_TO_RUN: gettext_lazy("I would like to run, not only walk"),
    Kind.ASKED: gettext_lazy("Something else: I would like to talk about moving together"),
}
"""The same kinds as a client says them, in the order in which they are offered."""

EVIDENCE: dict[str, Words] = {
    "before": gettext_lazy("lowest since the decision"),
    "before_on": gettext_lazy("on"),
    "after": gettext_lazy("now"),
}
"""What the values behind a new look are called. Their order is the one in which they were noticed."""


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """One reason for a new look. `evidence` are the plain values behind it, named; `who` told or noticed it; `waits` says which ways of moving wait for a decision."""

    uid: str
    what: str
    words: str
    evidence: tuple[tuple[str, str], ...]
    who: str
    raised_at: datetime
    named: str
    waits: str
    closed_by: str
    closed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ChangesPage:
    """A client's open and closed reasons for a new look, and where walking and running stand."""

    client: Client
    modes: Sequence[Standing]
    waiting: Sequence[TaskLine]
    closed: Sequence[TaskLine]
    may_tell: bool
    may_decide: bool


@dataclass(frozen=True, kw_only=True)
class MyChangesPage:
    """What a client has told, and with whom it will be talked about. `moving_waits`: we sit until then."""

    name_of_clinician: str
    moving_waits: bool
    waiting: Sequence[TaskLine]


def changes_page(client: Client, member: Member, today: date) -> ChangesPage:
    rows = Rescreen.objects.visible_to(member).filter(client=client).newest_first()
    tasks = list(rows.select_related("assigned_to", "raised_by", "closed_by"))
    named = responsible([client.pk], today).get(client.pk)
    keeps = reaches(member, client.pk, Reach.KEEP)
    return ChangesPage(
        client=client,
        modes=standings(client, today),
        waiting=[_line(task, named) for task in tasks if task.is_open],
        closed=[_line(task, named) for task in tasks if not task.is_open][:MOST_CLOSED],
        may_tell=keeps and member.may(Permission.CHANGE_RECORD),
        may_decide=keeps and member.may(Permission.DECIDE_CLEARANCE),
    )


def my_changes_page(client: Client, member: Member, today: date) -> MyChangesPage:
    rows = Rescreen.objects.visible_to(member).filter(client=client).still_open().newest_first()
    named = responsible([client.pk], today).get(client.pk)
    return MyChangesPage(
        name_of_clinician=named.name if named else "",
        moving_waits=any(task.kind in rules.HOLDS for task in rows),
        waiting=[_own_line(task) for task in rows],
    )


def open_tasks(member: Member) -> RescreenQuerySet:
    """The open tasks of everybody in the member's care, whoever is named for them."""
    return Rescreen.objects.visible_to(member).still_open().exclude(client__status=Client.Status.ENDED)


def named_tasks(member: Member, today: date) -> list[Rescreen]:
    """The open tasks for which the member is named today: the client's primary clinician, else a covering one.

    A task follows the client: who has it changes with the care team.
    """
    tasks = list(open_tasks(member).select_related("client").order_by("raised_at", "pk"))
    named = responsible([task.client_id for task in tasks], today) if tasks else {}
    return [task for task in tasks if task.client_id in named and named[task.client_id].pk == member.pk]


def clients_moving() -> list[Client]:
    """Whom a date may call for: clients in the work who are cleared for walking or running."""
    allowing = Clearance.objects.current().filter(
        mode__in=MOVING_MODES, decision__in=[Clearance.Decision.CLEARED, Clearance.Decision.CONDITIONS]
    )
    in_the_work = Client.objects.exclude(status=Client.Status.ENDED)
    return list(in_the_work.filter(pk__in=allowing.values("client")).order_by("pk"))


def evidence_of(task: Rescreen) -> tuple[tuple[str, str], ...]:
    """The values that something noticed, by name; one that has no name here keeps its own."""
    return tuple((str(EVIDENCE.get(key, key)), _value(value)) for key, value in task.evidence.items())


def _value(value: object) -> str:
    """A day is kept as 2026-05-03 and read as 3 May 2026."""
    try:
        return in_words(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _line(task: Rescreen, named: Member | None) -> TaskLine:
    return TaskLine(
        uid=str(task.uid),
        what=task.get_kind_display(),
        words=task.why,
        evidence=evidence_of(task),
        who=_who(task),
        raised_at=task.raised_at,
        named=named.name if task.is_open and named else "",
        waits=_(" and ").join(str(DOING[mode]) for mode in task.waits_for),
        closed_by=task.closed_by.name if task.closed_by else "",
        closed_at=task.closed_at,
    )


def _own_line(task: Rescreen) -> TaskLine:
    return TaskLine(
        uid=str(task.uid),
        what=str(CLIENT_WORDS.get(task.kind, task.get_kind_display())),
        words=task.why,
        evidence=(),
        who="",
        raised_at=task.raised_at,
        named="",
        waits="",
        closed_by="",
        closed_at=None,
    )


def _who(task: Rescreen) -> str:
    if task.raised_by is None:
        return _("noticed by Towpath")
    if task.raised_by.is_client:
        return _("told by the client")
    return _("noted by %s") % task.raised_by.name
