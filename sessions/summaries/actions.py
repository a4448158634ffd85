"""Ask for a summary, make it, hand it out."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.consents.standing import covers, withheld_since
from clients.record.models import Client
from clients.record.querysets import Reach
from practice.audit import read, record
from practice.encryption import Unreadable
from practice.jobs import actions as jobs
from practice.jobs.models import Job
from practice.people.acting import acting_as
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.refusals import Refused, refusing
from sessions.summaries import pdf
from sessions.summaries.document import frozen
from sessions.summaries.models import Summary
from sessions.summaries.rules import MOST_DAYS, kinds_in
from sessions.summaries.screens import documents, gathered

KIND = "summary"
Tell = Callable[[int, str], None]


class EndsBeforeItBegins(Refused):
    code = "period_ends_before_it_begins"
    message = gettext_lazy("The last day lies before the first day.")
    field = "until"


class EndsInTheFuture(Refused):
    code = "period_ends_in_the_future"
    message = gettext_lazy("The last day has not come yet. Choose today or a day before.")
    field = "until"


class TooLong(Refused):
    code = "period_too_long"
    message = gettext_lazy("A summary covers two years at most. Choose a later first day.")
    field = "since"


class UnknownAudience(Refused):
    code = "unknown_audience"
    message = gettext_lazy("Choose whom the summary is for.")
    field = "audience"


class NoLongerYours(Refused):
    code = "client_not_in_your_care"
    message = gettext_lazy("This client is not in your care any more, so the summary was not made.")


class SupervisorKeptOut(Refused):
    code = "supervisor_kept_out"
    message = gettext_lazy("The client does not want a supervisor to read about them. Choose another reader.")
    field = "audience"


class ConsentTakenBack(Refused):
    """What it shows, the client keeps to themself now: it stays closed, for the care team, on every page and as a file."""

    code = "summary_consent_taken_back"
    message = gettext_lazy(
        "The client has taken back their consent to something in this summary, so it stays closed. "
        "Ask for a new version without it."
    )


class AlreadyMade(Refused):
    code = "already_made"
    message = gettext_lazy("This summary is finished and stays as it is. Ask for a new version.")


class NotMadeYet(Refused):
    code = "summary_not_made_yet"
    message = gettext_lazy("This summary is still being made.")


@transaction.atomic
def ask_summary(
    *,
    client: Client,
    since: date,
    until: date,
    audience: str,
    questions: str = "",
    plan: str = "",
    by: Member,
    now: datetime,
) -> tuple[Summary, Job]:
    """Ask for the next version of a client's summary; both days are included. A worker makes it.

    Asking for the same again while it is being made answers the one under way. Raises SupervisorKeptOut and those
    about the period.
    """
    words = {"since": since, "until": until, "audience": audience, "questions": questions, "plan": plan}
    client = Client.objects.select_for_update().get(pk=client.pk)
    _check_reader(client, audience, now)
    same = _same_again(client, by, words)
    under_way = job_of(same) if same else None
    if same and under_way and not under_way.has_ended:
        return same, under_way
    summary = begin_summary(client=client, **words, by=by, now=now)  # type: ignore[arg-type]
    return summary, jobs.ask(kind=KIND, subject_uid=summary.uid, by=by, now=now)


def _same_again(client: Client, by: Member, asked: Mapping[str, object]) -> Summary | None:
    """The newest unfinished one that was asked for in the same words."""
    unfinished = Summary.objects.filter(client=client, asked_by=by, made_at=None).order_by("-pk")
    return next((one for one in unfinished if all(getattr(one, word) == asked[word] for word in asked)), None)


@transaction.atomic
def begin_summary(
    *,
    client: Client,
    since: date,
    until: date,
    audience: str,
    questions: str,
    plan: str,
    by: Member,
    now: datetime,
) -> Summary:
    """The row of the next version, with nobody set to work on it yet."""
    _check_period(since, until, audience, now)
    client = Client.objects.select_for_update().get(pk=client.pk)
    newest = (
        Summary.objects.filter(client=client).order_by("-version").values_list("version", flat=True).first()
    )
    with refusing(summary_period_ends_after_it_begins=EndsBeforeItBegins):
        summary = Summary.objects.create(
            client=client,
            version=(newest or 0) + 1,
            since=since,
            until=until,
            audience=audience,
            questions=questions.strip(),
            plan=plan.strip(),
            asked_by=by,
            asked_at=now,
        )
    record(
        "summary_asked", on=summary, by=by, at=now, client=client, audience=audience, version=summary.version
    )
    return summary


def _check_period(since: date, until: date, audience: str, now: datetime) -> None:
    if audience not in Summary.Audience.values:
        raise UnknownAudience
    if until < since:
        raise EndsBeforeItBegins
    if until > timezone.localdate(now):
        raise EndsInTheFuture
    if (until - since).days >= MOST_DAYS:
        raise TooLong


@transaction.atomic
def ask_again(*, summary: Summary, by: Member, now: datetime) -> Job:
    """Set a worker to a summary whose job failed. One that is under way is left alone."""
    summary = Summary.objects.select_for_update(of=("self",)).get(pk=summary.pk)
    if summary.made_at is not None:
        raise AlreadyMade
    job = job_of(summary)
    if job is not None and not job.has_ended:
        return job
    return jobs.ask(kind=KIND, subject_uid=summary.uid, by=by, now=now)


def job_of(summary: Summary) -> Job | None:
    """The newest job for this summary."""
    return Job.objects.filter(kind=KIND, subject_uid=summary.uid).order_by("-pk").first()


class NotWhole(Refused):
    """A summary is never made from half a record."""

    code = "record_is_damaged"
    message = gettext_lazy("A part of the record cannot be read, so no summary was made.")


def make_summary(summary: Summary, tell: Tell, *, now: datetime | None = None) -> Summary:
    """Read the period, print it, keep it. Made once: a summary that is finished is answered as it is.

    Acts as the asker while it reads and while it keeps; nothing is held open while it prints, so `tell`, which
    hears how far it is, is seen by others at once. `now` is when it was made, else the moment of asking.
    """
    if summary.made_at is not None:
        return summary
    now, by = now or summary.asked_at, summary.asked_by
    try:
        tell(10, _("Reading the period"))
        with acting_as(by, now=now):
            if not may_have_it(member=by, summary=summary):
                raise NoLongerYours
            found = gathered(summary)
        tell(45, _("Drawing and printing"))
        paper = pdf.fitted(documents(found))
    except Unreadable as part:
        raise NotWhole(_("%(why)s %(part)s") % {"why": NotWhole.message, "part": part}) from part
    tell(90, _("Keeping it safe"))
    with acting_as(by, now=now):
        return _keep(summary, paper, now)


def may_have_it(*, member: Member, summary: Summary) -> bool:
    """Whether the member still may: the right and the care team are asked again when the work is done."""
    mine = Client.objects.in_care_of(member, Reach.HAND_OUT).filter(pk=summary.client_id)
    return member.may(Permission.EXPORT_SUMMARY) and mine.exists()


@transaction.atomic
def _keep(summary: Summary, paper: pdf.Paper, now: datetime) -> Summary:
    standing = Summary.objects.select_for_update(of=("self",)).get(pk=summary.pk)
    if standing.made_at is not None:
        return standing
    standing.snapshot, standing.pdf = frozen(paper.document), paper.content
    standing.pages, standing.sha256, standing.made_at = paper.pages, paper.sha256, now
    standing.save(update_fields=["snapshot", "pdf", "pages", "sha256", "made_at"])
    record(
        "summary_made",
        on=standing,
        by=standing.asked_by,
        at=now,
        client=standing.client,
        sha256=paper.sha256,
        pages=paper.pages,
    )
    return standing


def check_consented(*, summary: Summary) -> None:
    """Raise ConsentTakenBack where it shows what the client keeps from staff by now.

    What was withheld already when it was made is not in it.
    """
    if _is_withheld(summary):
        raise ConsentTakenBack


def _is_withheld(summary: Summary) -> bool:
    since = withheld_since(summary.client, summary.asked_at) if summary.made_at else frozenset()
    return bool(since & kinds_in(summary.audience))


def _check_reader(client: Client, audience: str, now: datetime) -> None:
    if audience == Summary.Audience.SUPERVISION and not covers(client, "supervisor", timezone.localdate(now)):
        raise SupervisorKeptOut


@transaction.atomic
def hand_out(*, summary: Summary, by: Member, now: datetime) -> bytes:
    """The bytes of a finished summary, with a line in the trail of who took them. Raises NotMadeYet, ConsentTakenBack."""
    if summary.pdf is None:
        raise NotMadeYet
    check_consented(summary=summary)
    record("summary_downloaded", on=summary, by=by, at=now, client=summary.client, version=summary.version)
    return summary.pdf


def may_still_have(*, summary: Summary, member: Member) -> bool:
    """Whether a PDF that is being handed out to this member may go on."""
    rows = Summary.objects.visible_to(member).filter(pk=summary.pk)
    return member.may(Permission.EXPORT_SUMMARY) and rows.exists() and not _is_withheld(summary)


def open_summary(*, summary: Summary, by: Member, now: datetime) -> None:
    """Leave a line that a finished summary was read on the screen. Raises ConsentTakenBack."""
    check_consented(summary=summary)
    read("summary_read", on=summary, by=by, at=now, client=summary.client, version=summary.version)
