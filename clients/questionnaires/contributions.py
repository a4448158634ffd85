"""What this room contributes: results to the timeline, exports and erasures; the practice's shelf to the questionnaires."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.instruments import use_shelf
from clients.questionnaires import lifecycle
from clients.questionnaires.models import OutsideResult
from clients.questionnaires.shelf import SHELF
from practice import contributions
from practice.contributions import TimelineItem
from practice.people.roles import Permission

if TYPE_CHECKING:
    from clients.record.models import Client
    from practice.people.models import Member


def register() -> None:
    """Registers the room's givers and its shelf, once."""
    use_shelf(SHELF)
    contributions.timeline.register(timeline)
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
    contributions.practice_exports.register(lifecycle.practice_exported)


def timeline(client: "Client", member: "Member", since: datetime, until: datetime) -> list[TimelineItem]:
    """Results from elsewhere, when they were entered; nothing for those who may not read answers."""
    if not member.may(Permission.READ_SCREENING):
        return []
    rows = OutsideResult.objects.visible_to(member).standing().filter(client=client)
    entered = rows.filter(entered_at__range=(since, until)).select_related("entered_by")
    return [
        TimelineItem(
            at=row.entered_at,
            kind="screening",
            icon="clipboard-list",
            title=_("%(name)s: %(score)s") % {"name": row.name, "score": row.score},
            text=_("A result from elsewhere, entered by %s.") % row.entered_by.name,
            url=reverse("outside_results", args=[client.uid]),
        )
        for row in entered
    ]
