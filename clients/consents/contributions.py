"""What agreements contribute: lines on the timeline, word to the clinician, a card for the client, copies and erasure."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.consents import lifecycle, tasks, wall
from clients.consents.actions.publishing import KIND
from clients.consents.choices import SPOKEN, About, Step
from clients.consents.models import Consent
from clients.consents.querysets import ConsentQuerySet
from clients.consents.screens import lines_of
from clients.consents.screens.own import about_moving, waits_for_signature
from clients.record.models import Client
from practice import contributions
from practice.contributions import Attention, PortalCard, TimelineItem
from practice.jobs import actions as jobs
from practice.people.models import Member
from practice.people.roles import Permission, Role

AMONG_THE_FIRST = 15
MOST_NEWS = 50
ICONS = {
    Step.GIVEN: "file-text",
    Step.WITHDRAWN: "circle-pause",
    Step.TALK: "circle-alert",
    Step.ASKED: "send",
}


def timeline(client: Client, member: Member, since: datetime, until: datetime) -> list[TimelineItem]:
    """What was asked, signed, allowed and taken back in the period, for who may read this client's record."""
    if member.is_client or not member.may(Permission.READ_CONSENTS):
        return []
    return [
        TimelineItem(
            at=line.at,
            kind="consent",
            icon="file-text",
            title=_("%(about)s: %(step)s") % {"about": line.about, "step": line.step.lower()},
            text=" · ".join(filter(None, [line.who, line.words])),
            url=reverse("client_agreements", args=[client.uid]),
        )
        for line in lines_of(client, since, until)
    ]


def attention(member: Member, now: datetime) -> list[Attention]:
    """Who would like to talk about a point, and what clients signed or took back since yesterday morning."""
    rows = news(member, now)
    if rows is None:
        return []
    shown = rows.select_related("client").defer("text", "answers").newest_first()[:MOST_NEWS]
    return [_word(row) for row in shown]


def news(member: Member, now: datetime) -> ConsentQuerySet | None:
    if member.is_client or not member.may(Permission.KEEP_CONSENTS):
        return None
    yesterday = timezone.localdate(now) - timedelta(days=1)
    since = timezone.make_aware(datetime.combine(yesterday, time.min))
    later = Consent.objects.filter(client=OuterRef("client"), about=OuterRef("about"), pk__gt=OuterRef("pk"))
    waiting = Q(step=Step.TALK) & ~Exists(later)
    fresh = Q(step__in=SPOKEN, at__gte=since, at__lte=now, by__roles=[Role.CLIENT])
    return Consent.objects.visible_to(member).filter(waiting | fresh)


def portal_cards(client: Client, now: datetime) -> list[PortalCard]:
    """A card while there is something to sign."""
    lines, agreed = about_moving(client, timezone.localdate(now))
    if not waits_for_signature(lines, agreed):
        return []
    values = {"is_again": agreed.code != "unsigned"}
    return [PortalCard(order=AMONG_THE_FIRST, template="clients/consents/portal_card.html", values=values)]


def register() -> None:
    """Registers the room's givers, once."""
    wall.put_up()
    contributions.exports.register(lifecycle.exported)
    contributions.practice_exports.register(lifecycle.texts_exported)
    contributions.erasures.register(lifecycle.erased)
    contributions.timeline.register(timeline)
    contributions.attention.register(attention, rows=news)
    contributions.portal_cards.register(portal_cards)
    jobs.register(KIND, tasks.work)


def _word(row: Consent) -> Attention:
    step, about = Step(row.step), About(row.about)
    said = {"about": about.label, "step": str(step.label).lower()}
    text = _("%(about)s: %(step)s") % said
    return Attention(
        urgency="waiting" if step == Step.TALK else "news",
        icon=ICONS[step],
        title=row.client.name,
        text=f"{text} – {row.words}" if step == Step.TALK else text,
        url=reverse("client_agreements", args=[row.client.uid]),
        action=_("Open") if step == Step.TALK else "",
        at=row.at,
    )
