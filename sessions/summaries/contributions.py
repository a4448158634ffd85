"""What this room contributes to the pages about a client, and the work it does in the background."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.record.models import Client
from practice import contributions
from practice.contributions import TimelineItem
from practice.jobs import actions as jobs
from practice.people.models import Member
from practice.people.roles import Permission
from sessions.summaries import actions, lifecycle, pdf, tasks
from sessions.summaries.models import Summary


def made_summaries(client: Client, member: Member, since: datetime, until: datetime) -> list[TimelineItem]:
    """Summaries finished in the period."""
    if not member.may(Permission.EXPORT_SUMMARY):
        return []
    rows = Summary.objects.visible_to(member).filter(client=client, made_at__range=(since, until))
    return [_item(summary) for summary in rows.light()]


def _item(summary: Summary) -> TimelineItem:
    return TimelineItem(
        at=summary.made_at or summary.asked_at,
        kind="summary",
        icon="file-text",
        title=_("Progress summary, version %d") % summary.version,
        text=_("For: %(audience)s. By %(name)s")
        % {"audience": summary.get_audience_display(), "name": summary.asked_by.name},
        url=reverse("summary", args=[summary.uid]),
    )


def register() -> None:
    """Registers the room's givers, once."""
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
    contributions.timeline.register(made_summaries)
    jobs.register(actions.KIND, tasks.work, warm=pdf.warm)
