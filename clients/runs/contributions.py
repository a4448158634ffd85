"""What the log contributes: lines on the timeline, news for the care team, the last entries on a client's Home."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.record.models import Client
from clients.runs import lifecycle
from clients.runs.models import RunLog
from clients.runs.screens import EntryRow, entry_row
from practice import contributions
from practice.contributions import Attention, PortalCard, TimelineItem
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.charts import mood_words
from practice.web.templatetags.towpath import duration_words

BELOW_THE_DAYS = 60
ON_HOME = 3
BACKDATED = timedelta(days=14)
MOST_NEWS = 200


def timeline(client: Client, member: Member, since: datetime, until: datetime) -> list[TimelineItem]:
    """The entries of the period that the member may see."""
    if not member.may(Permission.READ_RUNS):
        return []
    rows = RunLog.objects.visible_to(member).filter(client=client).between(since, until)
    return [_item(run, client, member) for run in rows.select_related("logged_by").newest_first()]


def attention(member: Member, now: datetime) -> list[Attention]:
    """What clients in the member's care have shared since yesterday morning: one line for each client, newest first."""
    if member.is_client or not member.may(Permission.READ_RUNS):
        return []
    yesterday = timezone.localdate(now) - timedelta(days=1)
    since = timezone.make_aware(datetime.combine(yesterday, time.min))
    rows = RunLog.objects.visible_to(member).between(since - BACKDATED, now + BACKDATED)
    fresh = rows.filter(created_at__gte=since, created_at__lte=now).exclude(logged_by=member)
    ordered = fresh.select_related("client", "logged_by").order_by("client", "-started_at", "-pk")[:MOST_NEWS]
    news = [_news(client, list(runs)) for client, runs in groupby(ordered, key=lambda run: run.client)]
    return sorted(news, key=lambda item: item.at or since, reverse=True)


def portal_cards(client: Client, now: datetime) -> list[PortalCard]:
    """The client's last entries, to read again or to change."""
    rows = RunLog.objects.filter(client=client, started_at__lte=now + BACKDATED)
    last = rows.select_related("logged_by").newest_first()[:ON_HOME]
    shown = [entry_row(run, client.member_id) for run in last]
    if not shown:
        return []
    return [
        PortalCard(order=BELOW_THE_DAYS, template="clients/runs/portal_card.html", values={"rows": shown})
    ]


def register() -> None:
    """Registers the room's givers, once."""
    contributions.exports.register(lifecycle.exported)
    contributions.erasures.register(lifecycle.erased)
    contributions.timeline.register(timeline)
    contributions.attention.register(attention)
    contributions.portal_cards.register(portal_cards)


def _item(run: RunLog, client: Client, member: Member) -> TimelineItem:
    row = entry_row(run, member.pk)
    return TimelineItem(
        at=run.started_at,
        kind="run",
        icon=row.figure or row.icon,
        title=_in_short(row),
        text=row.journal,
        url="" if member.is_client else reverse("client_runs", args=[client.uid]),
        badge=_("logged by %(name)s") % {"name": row.logged_by} if row.logged_by else "",
    )


def _news(client: Client, runs: Sequence[RunLog]) -> Attention:
    first = entry_row(runs[0], None)
    if len(runs) == 1:
        said = _in_short(first)
    else:
        said = ngettext("%(count)d entry", "%(count)d entries", len(runs)) % {"count": len(runs)}
        said = _("%(count)s, the last: %(what)s") % {"count": said, "what": _in_short(first)}
    return Attention(
        urgency="news",
        icon=first.icon,
        title=client.name,
        text=said,
        url=reverse("client_runs", args=[client.uid]),
        at=runs[0].started_at,
    )


def _in_short(row: EntryRow) -> str:
    """Walk, 20 min, mood 2 low to 4 good."""
    parts = [row.what if row.minutes is not None else _("Rest, chosen")]
    if row.minutes is not None:
        parts.append(duration_words(row.minutes))
    if row.mood_before and row.mood_after:
        moods = {"before": _mood(row.mood_before), "after": _mood(row.mood_after)}
        parts.append(_("mood %(before)s to %(after)s") % moods)
    elif row.mood_after:
        parts.append(_("mood %s") % _mood(row.mood_after))
    return ", ".join(parts)


def _mood(value: int) -> str:
    return f"{value} {mood_words(value)}"
